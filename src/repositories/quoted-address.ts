// Somebody's address in the texts of other people's rows: how it is found, by the keys of what texts mention (mentioned-addresses.ts), and
// how it is taken out. Only the address goes: the rest of a note or a message is somebody else's record. Words that name
// the person without the address cannot be found.
import {domainToUnicode} from 'node:url';
import type {QueryConfig, QueryResultRow} from 'pg';
import {TYPOGRAPHIC_APOSTROPHES} from '../contract/email-address';
import {UNSEEN} from '../contract/safe-text';
import {searchedInquiry, type SearchedInquiry} from './inquiry-search';
import {addressVector, mentionQuery, unicodeLabel} from './mentioned-addresses';

/** What stands where an erased address stood. No longer than any spelling of it, so that no length check can fail. */
const markFor = (address: string) => (toUnicode(address).length < 6 ? '[...]' : '[gone]');

/** Longest list of quoting texts that one statement reads. */
export interface QuoteOptions {
  limit: number;
}

/** A text of somebody else's row that holds the address. */
export interface Quote {
  resource: 'inquiry' | 'activity' | 'subscription' | 'audit';
  id: string;
  /** The inquiry that it belongs to, if any. */
  inquiryId: string | null;
  field: string;
  text: string;
  createdAt: Date;
}

/** A table with texts that may quote an address. */
export interface QuotableTable {
  table: string;
  resource: Quote['resource'];
  /** Field names as the API has them, with their columns. */
  columns: Readonly<Record<string, string>>;
  jsonColumns?: readonly string[];
  /** What else changes in a row that quotes the address. */
  also?: string;
  inquiryId: string;
  /** Is the row one that may quote the address? By an index: $2 is the tsquery of the address. */
  candidates: string;
  /** Columns that are made of the texts, anew when these change, with what is made of them. */
  derived?: {
    types: Readonly<Record<string, string>>;
    from: readonly string[];
    make: (row: QueryResultRow) => unknown[];
  };
}

const INQUIRY: QuotableTable = {
  table: 'inquiry',
  resource: 'inquiry',
  columns: {
    name: 'name',
    phone: 'phone',
    company: 'company',
    subject: 'subject',
    message: 'message',
    locale: 'locale',
    sourceUrl: 'source_url',
    metadata: 'metadata',
    privacyNoticeVersion: 'privacy_notice_version',
    assignee: 'assignee',
    spamReasons: 'spam_reasons',
  },
  jsonColumns: ['metadata', 'spam_reasons'],
  also: 'version = version + 1, updated_at = now()',
  inquiryId: 'id',
  candidates: `(search_words @@ $2::tsquery OR assignee = ANY (ARRAY(${assigneesLike('$1')})))`, // IN would read all rows
  derived: {
    types: {search_words: 'tsvector', search_text: 'text'},
    from: ['email'],
    make: row => {
      const {words, text} = searchedInquiry(row as SearchedInquiry); // its fields are those of `columns`
      return [words, text];
    },
  },
};
const ACTIVITY: QuotableTable = {
  table: 'inquiry_activity',
  resource: 'activity',
  columns: {note: 'note', from: 'from_value', to: 'to_value', actor: 'actor'},
  inquiryId: 'inquiry_id',
  // What a change began with is what another one of the same inquiry ended with. With IN all rows may be read.
  candidates: 'inquiry_id = ANY (ARRAY(SELECT inquiry_id FROM inquiry_activity WHERE addresses @@ $2::tsquery))',
  derived: {
    types: {addresses: 'tsvector'},
    from: [],
    make: ({note, from, to, actor}) => [addressVector([note, from, to, actor] as (string | null)[])],
  },
};
const SUBSCRIPTION: QuotableTable = {
  table: 'subscription',
  resource: 'subscription',
  columns: {locale: 'locale', consentVersion: 'consent_version', sourceUrl: 'source_url'},
  inquiryId: 'NULL::uuid',
  candidates: 'addresses @@ $2::tsquery',
  derived: {
    types: {addresses: 'tsvector'},
    from: [],
    make: ({locale, consentVersion, sourceUrl}) => [
      addressVector([locale, consentVersion, sourceUrl] as (string | null)[]),
    ],
  },
};
const AUDIT: QuotableTable = {
  table: 'privacy_audit',
  resource: 'audit',
  columns: {actor: 'actor'},
  inquiryId: 'NULL::uuid',
  candidates: '$2::tsquery IS NOT NULL',
};

/** Where an address may be quoted, but for the audit. */
export const QUOTABLE_TABLES = [INQUIRY, ACTIVITY, SUBSCRIPTION] as const;
/** The audit, whose actors may be addresses. */
export const AUDIT_TABLE = AUDIT;
/** All of them. */
export const ALL_QUOTABLE_TABLES = [...QUOTABLE_TABLES, AUDIT] as const;

// Few people are assigned: each is looked up behind the one before. Any of them may have an address for a name.
function assigneesLike(pattern: string): string {
  return `
  WITH RECURSIVE listed AS (
    (SELECT assignee FROM inquiry WHERE assignee IS NOT NULL ORDER BY assignee LIMIT 1)
    UNION ALL
    SELECT (SELECT inquiry.assignee FROM inquiry WHERE inquiry.assignee > listed.assignee ORDER BY inquiry.assignee LIMIT 1)
    FROM listed WHERE listed.assignee IS NOT NULL
  ) SELECT listed.assignee FROM listed WHERE listed.assignee ~ ${pattern}`;
}

// All of these take an address in its canonical form (contract/email-address.ts).

/** The inquiries of the address and those that may quote it, as `{id, email}`; these are its own where the email is the address. */
export function inquiriesStatement(address: string): QueryConfig {
  return {
    text: `SELECT id, email FROM inquiry WHERE ${INQUIRY.candidates} ORDER BY id`,
    values: candidateValues(address),
  };
}

/**
 * The same, locked in the order of their ids, as a bulk change of them does: so the two wait for each other instead of
 * deadlocking.
 */
export function lockInquiriesStatement(address: string): QueryConfig {
  const {text, values} = inquiriesStatement(address);
  return {text: `${text} FOR UPDATE`, values};
}

/** Replaces the address wherever rows of this table quote it; answers them as `derivedStatement` takes them. */
export function redactStatement(quotable: QuotableTable, address: string): QueryConfig {
  const {table, columns, jsonColumns = [], also, candidates, derived} = quotable;
  const redacted = Object.values(columns).map(column => {
    const isJson = jsonColumns.includes(column);
    const text = `regexp_replace(${column}${isJson ? '::text' : ''}, $1, '\\1${markFor(address)}', 'g')`;
    return `${column} = ${isJson ? `(${text})::jsonb` : text}`;
  });
  const changes = [...redacted, ...(also ? [also] : [])];
  const answered = ['id', ...fieldsOf(quotable), ...(derived?.from ?? [])];
  return {
    text: `UPDATE ${table} SET ${changes.join(', ')} WHERE ${candidates} AND (${matches(quotable)}) RETURNING ${answered.join(', ')}`,
    values: candidateValues(address),
  };
}

/** What is made of the texts of redacted rows, made anew; undefined where nothing is. */
export function derivedStatement(
  {table, derived}: QuotableTable,
  rows: readonly QueryResultRow[],
): QueryConfig | undefined {
  if (!derived || rows.length === 0) return undefined;
  const names = Object.keys(derived.types);
  const made = rows.map(row => derived.make(row));
  const columns = names.map((_, index) => made.map(values => values[index] ?? null));
  return {
    text: `UPDATE ${table} SET ${names.map(name => `${name} = made.${name}::${derived.types[name]}`).join(', ')}
FROM unnest($1::uuid[], ${names.map((_, index) => `$${index + 2}::text[]`).join(', ')}) AS made (id, ${names.join(', ')})
WHERE ${table}.id = made.id`,
    values: [rows.map(({id}) => id as string), ...columns],
  };
}

/** The texts of other people's rows in this table that quote the address, oldest first; `own` are the person's inquiries. */
export function quotesStatement(
  quotable: QuotableTable,
  address: string,
  {limit, own}: QuoteOptions & {own: readonly string[]},
): QueryConfig {
  const fields = Object.entries(quotable.columns).map(([field, column]) => `('${field}', ${column}::text)`);
  return {
    text: `SELECT '${quotable.resource}' AS resource, id, ${quotable.inquiryId} AS "inquiryId", field, text,
  created_at AS "createdAt"
FROM ${quotable.table} CROSS JOIN LATERAL (VALUES ${fields.join(', ')}) AS quoted (field, text)
WHERE ${quotable.candidates} AND (${matches(quotable)}) AND text ~ $1 AND ${isOthers(quotable)}
ORDER BY created_at, id LIMIT $3`,
    values: [...candidateValues(address), limit, own, address],
  };
}

// A subscription says by itself whose it is.
function isOthers({resource, inquiryId}: QuotableTable): string {
  const isOwn =
    resource === 'subscription' ? 'email_normalized = $5' : `coalesce(${inquiryId} = ANY ($4::uuid[]), false)`;
  return `NOT (${isOwn}) AND $4::uuid[] IS NOT NULL AND $5::text IS NOT NULL`;
}

function fieldsOf({columns}: QuotableTable): string[] {
  return Object.entries(columns).map(([field, column]) => `${column} AS "${field}"`);
}

// The index finds candidates, the pattern decides.
function matches({columns, jsonColumns = []}: QuotableTable): string {
  return Object.values(columns)
    .map(column => `${column}${jsonColumns.includes(column) ? '::text' : ''} ~ $1`)
    .join(' OR ');
}

function candidateValues(address: string): string[] {
  return [addressPattern(address), mentionQuery(address)];
}

/**
 * A PostgreSQL pattern of the address in any case, plain or percent-encoded, its domain in Unicode or in ASCII, with any
 * apostrophe, also with characters in it that nobody sees. As a part of a longer address, such as `joann@example.org` for
 * `ann@example.org` or `ann@example.org.uk` for `ann@example.org`, it is another one. What no address has does not make it
 * longer: two dots or hyphens before it, the number of a list, the next sentence. What stands before the address is the
 * pattern's only group, and stays. Where an unseen character stands before or after the address, both readings count.
 * Linear in the text.
 */
export function addressPattern(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const labels = domain.split('.').map(label => {
    const unicode = unicodeLabel(label);
    return unicode === undefined ? spelled(label) : `(?:${spelled(label)}|${spelled(unicode)})`;
  });
  const dot = `${UNSEEN_OR_NOTHING}(?:[.\\u3002]|%2[eE])${UNSEEN_OR_NOTHING}`;
  // Consumed, not looked behind at: PostgreSQL looks behind from the text's start, anew for each match.
  const isNotLonger = `(?:^|[^a-zA-Z0-9.'+_${TYPOGRAPHIC_APOSTROPHES}-])[.'+_${TYPOGRAPHIC_APOSTROPHES}-]*`;
  const listNumber = `(?:^|[${BLANKS}"${UNSEEN}])[0-9]{1,3}[.]`; // the quote begins a text in JSON
  const before = `(%[0-9a-fA-F]{2}|[.][.]|--|${listNumber}|${isNotLonger})`;
  const countryOf = '[.](?:[a-z]{2}|[A-Z]{2})(?![a-zA-Z0-9])'; // not `.He`, which begins a sentence
  const after = `(?![a-zA-Z0-9]|-[a-zA-Z0-9]|${countryOf}|[.][a-zA-Z0-9-]+[.][a-zA-Z])`;
  return before + [spelled(local), spelled('@'), labels.join(dot)].join(UNSEEN_OR_NOTHING) + after;
}

// Not \s, of which the database's locale has a say.
const BLANKS = '\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
const UNSEEN_OR_NOTHING = `[${UNSEEN}]*`;
const IS_UNSEEN = new RegExp(`[${UNSEEN}]`, 'u');

// The text in any case and encoding, with unseen characters between its own.
function spelled(text: string): string {
  const seen = Array.from(text).filter(character => !IS_UNSEEN.test(character)); // as joiners in a domain
  return seen.map(anySpelling).join(UNSEEN_OR_NOTHING);
}

function anySpelling(character: string): string {
  if (/[0-9]/.test(character)) return character;
  if (/[a-z]/.test(character)) return `[${character}${character.toUpperCase()}]`;
  if (character === "'") {
    const apostrophes = `'${TYPOGRAPHIC_APOSTROPHES}`;
    return `(?:[${apostrophes}]|${Array.from(apostrophes, percentEncoded).join('|')})`;
  }
  if (character < '\u0080') return `(?:\\${character}|${percentEncoded(character)})`;
  const cases = [...new Set([character, character.toUpperCase(), character.toLowerCase()])].filter(
    each => Array.from(each).length === 1 && each >= '\u0080', // not ß, which is SS, and not ı, whose I is i as well
  );
  return `(?:${cases.join('|')}|${cases.map(percentEncoded).join('|')})`;
}

function percentEncoded(character: string): string {
  return Array.from(Buffer.from(character), byte => `%${byte.toString(16).padStart(2, '0')}`)
    .join('')
    .replace(/[a-f]/g, letter => `[${letter}${letter.toUpperCase()}]`);
}

function toUnicode(address: string): string {
  const at = address.indexOf('@') + 1;
  return address.slice(0, at) + domainToUnicode(address.slice(at));
}
