// The INSERTs of inquiries: one row by its values, and many from one JSON text. For one row the first takes a third less
// of PostgreSQL's time; for many the second is one statement whatever their number.
import type {QueryConfig} from 'pg';
import type {Inquiry} from '../models/inquiry.model';

/** An inquiry that is about to be stored; the application makes id and time, so nothing is read back. */
export type NewInquiry = Pick<Inquiry, 'id' | 'topic' | 'name' | 'email' | 'message' | 'createdAt'> &
  Partial<
    Pick<Inquiry, 'phone' | 'company' | 'subject' | 'locale' | 'sourceUrl' | 'metadata' | 'privacyNoticeVersion'>
  >;

/** A visitor's key that makes a repeated submission harmless, with a hash of what was submitted. */
export interface Idempotency {
  key: string;
  requestHash: Buffer;
}

/** What is stored of one submission. */
export interface Submission {
  inquiry: NewInquiry;
  idempotency?: Idempotency;
}

/** Each column that is stored as it is given, with its type, in the order of the parameters. */
const COLUMNS = {
  id: 'uuid',
  topic: 'text',
  name: 'text',
  email: 'text',
  phone: 'text',
  company: 'text',
  subject: 'text',
  message: 'text',
  locale: 'text',
  source_url: 'text',
  metadata: 'jsonb',
  privacy_notice_version: 'text',
  idempotency_key: 'text',
  request_hash: 'bytea',
  created_at: 'timestamptz',
} as const;
type Column = keyof typeof COLUMNS;

const NAMES = Object.keys(COLUMNS) as Column[]; // Object.keys forgets them
const parameter = (column: Column) => `$${NAMES.indexOf(column) + 1}`;
const into = (rows: string) => `
INSERT INTO inquiry (${NAMES.join(', ')}, email_normalized, updated_at) ${rows}
ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING`;

const ONE = into(
  `VALUES (${NAMES.map(parameter).join(', ')}, lower(${parameter('email')}), ${parameter('created_at')})`,
);
const MANY = into(`SELECT ${NAMES.join(', ')}, lower(email), created_at
FROM json_to_recordset($1) AS row (${NAMES.map(name => `${name} ${COLUMNS[name]}`).join(', ')})`);

/** About how many bytes PostgreSQL gets of it: of the long texts exactly, of the short ones what is usual. */
export function sizeOfSubmission({inquiry: {message, metadata, sourceUrl}}: Submission): number {
  const metadataBytes = metadata ? JSON.stringify(metadata).length : 0;
  return Buffer.byteLength(message) + (sourceUrl?.length ?? 0) + metadataBytes + SHORT_FIELDS_BYTES;
}
const SHORT_FIELDS_BYTES = 250;

/** Stores the submissions, but for those whose idempotency key is taken. */
export function insertStatement(submissions: readonly Submission[]): QueryConfig {
  const [first] = submissions;
  if (first && submissions.length === 1) {
    const row = toRow(first);
    return {name: 'insert_inquiry', text: ONE, values: NAMES.map(name => row[name])};
  }
  return {name: 'insert_inquiries', text: MANY, values: [JSON.stringify(inOrderOfKeys(submissions).map(toRow))]};
}

// Two statements that share keys wait for each other's in the same order, and so not for each other.
function inOrderOfKeys(submissions: readonly Submission[]): readonly Submission[] {
  if (submissions.every(({idempotency}) => idempotency === undefined)) return submissions;
  const keyOf = ({idempotency}: Submission) => idempotency?.key ?? '';
  return submissions.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

// What is undefined is null in PostgreSQL, as a parameter and in a record.
function toRow({inquiry, idempotency}: Submission): Record<Column, unknown> {
  return {
    id: inquiry.id,
    topic: inquiry.topic,
    name: inquiry.name,
    email: inquiry.email,
    phone: inquiry.phone,
    company: inquiry.company,
    subject: inquiry.subject,
    message: inquiry.message,
    locale: inquiry.locale,
    source_url: inquiry.sourceUrl,
    metadata: inquiry.metadata,
    privacy_notice_version: inquiry.privacyNoticeVersion,
    idempotency_key: idempotency?.key,
    request_hash: idempotency && `\\x${idempotency.requestHash.toString('hex')}`,
    created_at: inquiry.createdAt,
  };
}
