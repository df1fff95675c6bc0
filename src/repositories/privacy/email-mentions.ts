// Somebody's address in the texts of other people's rows: how it is found, by the keys of what texts mention
// (mention-keys.ts), and how it is taken out. Only the address goes: the rest of a note or a message is somebody
// else's record. Words that name the person without the address cannot be found.
import {domainToUnicode} from 'node:url';
import type {QueryConfig, QueryResultRow} from 'pg';
import {addressPattern} from './address-pattern';
import {mentionQuery} from './mention-keys';
import type {MentionTable} from './mention-tables';

/** What stands where an erased address stood. No longer than any spelling of it, so that no length check can fail. */
const markFor = (address: string) => (toUnicode(address).length < 6 ? '[...]' : '[gone]');

/** A text of somebody else's row that holds the address. */
export interface Mention {
  resource: MentionTable['resource'];
  id: string;
  /** The inquiry that it belongs to, if any. */
  inquiryId: string | null;
  field: string;
  text: string;
  createdAt: Date;
}

// All of these take an address in its canonical form (contract/email-address.ts).

/** A row that may mention the address; `ownAddress` is null where rows are of nobody. */
export interface Candidate extends QueryResultRow {
  id: string;
  ownAddress: string | null;
}

/**
 * The rows that may mention the address, as `Candidate`. `toErase` locks each as it is read, in the order of ids, as a bulk change
 * of inquiries does: so the two wait for each other instead of deadlocking. Otherwise they come oldest first.
 */
export function candidatesStatement(
  {table, derived, ofFewValues, ownAddress = 'NULL'}: MentionTable,
  address: string,
  {toErase}: {toErase: boolean},
): QueryConfig {
  const [vector] = Object.keys(derived.types);
  const values: string[] = [];
  const either: string[] = [];
  if (vector !== undefined) either.push(`${vector} @@ $${values.push(mentionQuery(address))}::tsquery`);
  if (ofFewValues) {
    const {column, condition = 'true'} = ofFewValues;
    const pattern = `$${values.push(addressPattern(address))}`;
    either.push(`(${condition} AND ${column} = ANY (ARRAY(${valuesLike(pattern, table, ofFewValues)})))`); // IN would read all rows
  }
  const order = toErase ? 'ORDER BY id FOR UPDATE' : 'ORDER BY created_at, id';
  return {
    text: `SELECT id, ${ownAddress} AS "ownAddress" FROM ${table} WHERE ${either.join(' OR ')} ${order}`,
    values,
  };
}

// Few people are assigned: each is looked up behind the one before. Any of them may have an address for a name.
function valuesLike(
  pattern: string,
  table: string,
  {column, condition = 'true'}: {column: string; condition?: string},
): string {
  return `
  WITH RECURSIVE listed AS (
    (SELECT ${column} AS value FROM ${table} WHERE ${condition} AND ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
    UNION ALL
    SELECT (SELECT ${column} FROM ${table} WHERE ${condition} AND ${column} > listed.value ORDER BY ${column} LIMIT 1)
    FROM listed WHERE listed.value IS NOT NULL
  ) SELECT listed.value FROM listed WHERE listed.value ~ ${pattern}`;
}

/** Those of these rows that do mention the address, with their texts as they are without it, as `redactStatement` takes them. */
export function redactedStatement(source: MentionTable, address: string, ids: readonly string[]): QueryConfig {
  const {table, columns, derived} = source;
  const fields = Object.entries(columns).map(([field, column]) => `${redacted(source, column, address)} AS "${field}"`);
  return {
    text: `SELECT ${['id', ...fields, ...derived.from].join(', ')} FROM ${table}
WHERE id = ANY ($2::uuid[]) AND (${matches(source)})`,
    values: [addressPattern(address), ids],
  };
}

/** A row without the address, and what is made of its texts then. */
export interface RedactedRow {
  id: string;
  made: readonly unknown[];
}

/** Replaces the address in these rows. */
export function redactStatement(source: MentionTable, address: string, rows: readonly RedactedRow[]): QueryConfig {
  const {table, columns, also, derived} = source;
  const names = Object.keys(derived.types);
  const changes = [
    ...Object.values(columns).map(column => `${column} = ${redacted(source, column, address)}`),
    ...(also ? [also] : []),
    ...names.map(name => `${name} = made.made_${name}::${derived.types[name]}`),
  ];
  const made = names.map((_, index) => rows.map(row => row.made[index] ?? null));
  return {
    text: `UPDATE ${table} SET ${changes.join(', ')}
FROM unnest(${['$2::uuid[]', ...names.map((_, index) => `$${index + 3}::text[]`)].join(', ')}) AS made (${['id', ...names].map(name => `made_${name}`).join(', ')})
WHERE id = made_id`,
    values: [addressPattern(address), rows.map(({id}) => id), ...made],
  };
}

function redacted({jsonColumns = []}: MentionTable, column: string, address: string): string {
  const isJson = jsonColumns.includes(column);
  const text = `regexp_replace(${column}${isJson ? '::text' : ''}, $1, '\\1${markFor(address)}', 'g')`;
  return isJson ? `(${text})::jsonb` : text;
}

/** The texts of these rows that mention the address, oldest first; none of the person's own, whose inquiries are `own`. */
export function mentionsStatement(
  source: MentionTable,
  address: string,
  {ids, own}: {ids: readonly string[]; own: readonly string[]},
): QueryConfig {
  const fields = Object.entries(source.columns).map(([field, column]) => `('${field}', ${column}::text)`);
  return {
    text: `SELECT '${source.resource}' AS resource, id, ${source.inquiryId} AS "inquiryId", field, text,
  created_at AS "createdAt"
FROM ${source.table} CROSS JOIN LATERAL (VALUES ${fields.join(', ')}) AS quoted (field, text)
WHERE id = ANY ($2::uuid[]) AND text ~ $1 AND ${isOthers(source)}
ORDER BY created_at, id`,
    values: [addressPattern(address), ids, own, address],
  };
}

// A subscription says by itself whose it is, and whose its history is.
const OWN_SUBSCRIPTION: Readonly<Partial<Record<MentionTable['resource'], string>>> = {
  subscription: 'email_normalized = $4',
  consent: 'subscription_id = ANY (ARRAY(SELECT id FROM subscription WHERE email_normalized = $4))',
};

function isOthers({resource, inquiryId}: MentionTable): string {
  const isOwn = OWN_SUBSCRIPTION[resource] ?? `coalesce(${inquiryId} = ANY ($3::uuid[]), false)`;
  return `NOT (${isOwn}) AND $3::uuid[] IS NOT NULL AND $4::text IS NOT NULL`;
}

// The index finds candidates, the pattern decides.
function matches({columns, jsonColumns = []}: MentionTable): string {
  return Object.values(columns)
    .map(column => `${column}${jsonColumns.includes(column) ? '::text' : ''} ~ $1`)
    .join(' OR ');
}

function toUnicode(address: string): string {
  const at = address.indexOf('@') + 1;
  return address.slice(0, at) + domainToUnicode(address.slice(at));
}
