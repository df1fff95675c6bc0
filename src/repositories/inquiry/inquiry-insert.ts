// The INSERTs of inquiries: one row by its values, and many from one JSON text. For one row the first takes a third less
// of PostgreSQL's time; for many the second is one statement whatever their number.
import type {QueryConfig} from 'pg';
import {type InquirySubmission, inquirySubmissionSchema} from '../../contract/inquiry';
import type {InquiryStatus} from '../../contract/status';
import {type Column, columnsOf, type Row} from '../../models/column';
import {Inquiry} from '../../models/inquiry.model';
import {searchedInquiry} from './inquiry-search';

/**
 * An inquiry that is about to be stored; the application makes id and time, so nothing is read back. The time is ISO 8601
 * here already: row, answer and event have it, and each would write it anew.
 */
export type NewInquiry = InquirySubmission & {id: string; createdAt: string};

// What a new inquiry has by the table's defaults, or as another column.
type Later = 'status' | 'assignee' | 'spamReasons' | 'version' | 'updatedAt';
type Stored = Exclude<keyof Row<Inquiry>, Later>;
const STORED = columnsOf(Inquiry, {
  id: true,
  ...inquirySubmissionSchema.shape,
  createdAt: true,
} satisfies Readonly<Record<Stored, unknown>>);
const FIELDS = Object.entries(STORED) as [Stored, Column][]; // Object.entries forgets them

/** What is stored of one submission. */
export interface Submission {
  inquiry: NewInquiry;
  /** Of one that may be repeated (services/idempotency.ts). */
  digest?: Buffer;
  /** Why it is stored as spam, with at least one reason; as new without. */
  spamReasons?: readonly string[];
}

/** Each column that is stored, in the order of the parameters; `member` is its name in a row's JSON. */
const COLUMNS = [
  ...FIELDS.map(([field, {name, type}]) => ({name, type, member: `"${field}"`})),
  {name: 'search_words', type: 'tsvector', member: 'search_words'},
  {name: 'search_text', type: 'text', member: 'search_text'},
];

const NAMES = COLUMNS.map(({name}) => name);
const MEMBERS = [...COLUMNS.map(({member}) => member), '"createdAt"'].join(', ');
const parameter = (column: string) => `$${NAMES.indexOf(column) + 1}`;
const into = (rows: string) => `INSERT INTO inquiry (${NAMES.join(', ')}, updated_at) ${rows}`;
const claim = (rows: string) => `claimed AS (
  INSERT INTO idempotency_record (digest, id) ${rows} ON CONFLICT (digest) DO NOTHING RETURNING id
)`;
const record = (...more: string[]) =>
  `json_to_recordset($1) AS row (${[...COLUMNS.map(({member, type}) => `${member} ${type}`), ...more].join(', ')})`;

const ONE = into(`VALUES (${NAMES.map(parameter).join(', ')}, ${parameter('created_at')})`);
const MANY = into(`SELECT ${MEMBERS} FROM ${record()}`);
// The same where some have a digest: a row is stored when its digest is new.
const ONE_ONCE = `WITH ${claim(`VALUES ($${NAMES.length + 1}, ${parameter('id')})`)}
${into(
  `SELECT ${COLUMNS.map(({name, type}) => `${parameter(name)}::${type}`).join(', ')}, ${parameter('created_at')} FROM claimed`,
)}`;
const MANY_ONCE = `WITH submitted AS (SELECT * FROM ${record('digest bytea')}),
${claim('SELECT digest, id FROM submitted WHERE digest IS NOT NULL')}
${into(`SELECT ${MEMBERS} FROM submitted WHERE digest IS NULL OR id IN (SELECT id FROM claimed)`)}`;
// The same where some are quarantined: what others have by the table's defaults is named for each.
const MANY_JUDGED = `WITH submitted AS (
  SELECT * FROM ${record('status inquiry_status', 'spam_reasons jsonb', 'digest bytea')}
),
${claim('SELECT digest, id FROM submitted WHERE digest IS NOT NULL')}
INSERT INTO inquiry (${NAMES.join(', ')}, updated_at, status, spam_reasons)
SELECT ${MEMBERS}, status, spam_reasons FROM submitted
WHERE digest IS NULL OR id IN (SELECT id FROM claimed)`;

/** About how many bytes PostgreSQL gets of it: of the long texts exactly, of the short ones what is usual. */
export function sizeOfSubmission({inquiry: {message, metadata, sourceUrl}}: Submission): number {
  const metadataBytes = metadata ? JSON.stringify(metadata).length : 0;
  return Buffer.byteLength(message) + (sourceUrl?.length ?? 0) + metadataBytes + SHORT_FIELDS_BYTES;
}
const SHORT_FIELDS_BYTES = 250;

/** Stores the submissions, but for those whose digest is known. */
export function insertStatement(submissions: readonly Submission[]): QueryConfig {
  if (submissions.some(({spamReasons}) => spamReasons)) return judgedStatement(submissions);
  const [first] = submissions;
  if (first && submissions.length === 1) {
    const {words, text} = searchedInquiry(first.inquiry);
    const values: unknown[] = [...FIELDS.map(([field]) => first.inquiry[field]), words, text];
    if (!first.digest) return {name: 'insert_inquiry', text: ONE, values};
    return {name: 'insert_inquiry_once', text: ONE_ONCE, values: [...values, first.digest]};
  }
  if (submissions.every(({digest}) => digest === undefined)) {
    const rows = submissions.map(({inquiry}) => toRow(inquiry));
    return {name: 'insert_inquiries', text: MANY, values: [JSON.stringify(rows)]};
  }
  return {name: 'insert_inquiries_once', text: MANY_ONCE, values: [JSON.stringify(byDigest(submissions, toRow))]};
}

function judgedStatement(submissions: readonly Submission[]): QueryConfig {
  const rows = byDigest(submissions, (inquiry, spamReasons) => ({
    ...toRow(inquiry),
    status: (spamReasons ? 'spam' : 'new') satisfies InquiryStatus,
    spam_reasons: spamReasons ?? [],
  }));
  return {name: 'insert_judged_inquiries', text: MANY_JUDGED, values: [JSON.stringify(rows)]};
}

// Two statements that share digests wait for each other's in the same order, and so not for each other.
function byDigest(
  submissions: readonly Submission[],
  toRow: (inquiry: NewInquiry, spamReasons?: readonly string[]) => Record<string, unknown>,
) {
  const rows = submissions.map(({inquiry, digest, spamReasons}) => ({
    ...toRow(inquiry, spamReasons),
    digest: digest && `\\x${digest.toString('hex')}`,
  }));
  return rows.sort((one, other) => ((one.digest ?? '') < (other.digest ?? '') ? -1 : 1));
}

// The inquiry as it is, with no column renamed: every visitor waits for it. What is undefined is null in PostgreSQL, as a
// parameter and in a record.
function toRow(inquiry: NewInquiry) {
  const {words, text} = searchedInquiry(inquiry);
  return {...inquiry, search_words: words, search_text: text};
}
