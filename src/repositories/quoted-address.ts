// Somebody's address in the texts of other people's rows: how it is found, by the keys of what texts mention
// (mentioned-addresses.ts), and how it is taken out. Only the address goes: the rest of a note or a message is somebody else's record. Words that name
// the person without the address cannot be found.
import {domainToUnicode} from 'node:url';
import type {QueryConfig, QueryResultRow} from 'pg';
import {addressPattern} from './address-pattern';
import {mentionQuery} from './mentioned-addresses';
import {INQUIRY, type QuotableTable} from './quotable-tables';

/** What stands where an erased address stood. No longer than any spelling of it, so that no length check can fail. */
const markFor = (address: string) => (toUnicode(address).length < 6 ? '[...]' : '[gone]');

/** Longest list of quoting texts that one statement reads. */
export interface QuoteOptions {
  limit: number;
}

/** A text of somebody else's row that holds the address. */
export interface Quote {
  resource: QuotableTable['resource'];
  id: string;
  /** The inquiry that it belongs to, if any. */
  inquiryId: string | null;
  field: string;
  text: string;
  createdAt: Date;
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

function toUnicode(address: string): string {
  const at = address.indexOf('@') + 1;
  return address.slice(0, at) + domainToUnicode(address.slice(at));
}
