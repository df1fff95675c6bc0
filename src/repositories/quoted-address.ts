// Somebody's address in the texts of other people's rows: how it is found, by the indexes of what texts mention, and
// how it is taken out. Only the address goes: the rest of a note or a message is somebody else's record. Words that name
// the person without the address cannot be found.
import {domainToASCII, domainToUnicode} from 'node:url';
import type {QueryConfig} from 'pg';
import {TYPOGRAPHIC_APOSTROPHES} from '../contract/email-address';
import {UNSEEN} from '../contract/safe-text'; // outreach_visible() leaves the same ones out

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

interface QuotableTable {
  table: string;
  resource: Quote['resource'];
  /** Field names as the API has them, with their columns, in the order of the index's expression. */
  columns: Readonly<Record<string, string>>;
  jsonColumns?: readonly string[];
  /** What else changes in a row that quotes the address. */
  also?: string;
  inquiryId: string;
  /** Is the row the person's own? $3 is the canonical address. */
  own: string;
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
  own: 'email_normalized = $3',
};
const ACTIVITY: QuotableTable = {
  table: 'inquiry_activity',
  resource: 'activity',
  columns: {note: 'note', from: 'from_value', to: 'to_value', actor: 'actor'},
  inquiryId: 'inquiry_id',
  own: 'inquiry_id IN (SELECT id FROM inquiry WHERE email_normalized = $3)',
};
const SUBSCRIPTION: QuotableTable = {
  table: 'subscription',
  resource: 'subscription',
  columns: {locale: 'locale', consentVersion: 'consent_version', sourceUrl: 'source_url'},
  inquiryId: 'NULL::uuid',
  own: 'email_normalized = $3',
};
const AUDIT: QuotableTable = {
  table: 'privacy_audit',
  resource: 'audit',
  columns: {actor: 'actor'},
  inquiryId: 'NULL::uuid',
  own: 'false AND $3::text IS NULL',
};

/** Where an address may be quoted, but for the audit. */
export const QUOTABLE_TABLES = [INQUIRY, ACTIVITY, SUBSCRIPTION] as const;
/** The audit, whose actors may be addresses. */
export const AUDIT_TABLE = AUDIT;
/** All of them. */
export const ALL_QUOTABLE_TABLES = [...QUOTABLE_TABLES, AUDIT] as const;

// All of these take an address in its canonical form (contract/email-address.ts).

/**
 * Locks all inquiries that an erasure changes, in the order of their ids, as a bulk change of them does: so the two wait
 * for each other instead of deadlocking.
 */
export function lockInquiriesStatement(address: string): QueryConfig {
  return {
    text: `SELECT id FROM inquiry WHERE ${INQUIRY.own} OR (${quotes(INQUIRY)}) ORDER BY id FOR UPDATE`,
    values: [addressPattern(address), mentionQuery(address), address],
  };
}

/** Replaces the address wherever rows of this table quote it. Own rows must be gone already. */
export function redactStatement(quotable: QuotableTable, address: string): QueryConfig {
  const {columns, jsonColumns = [], also} = quotable;
  const redacted = Object.values(columns).map(column => {
    const isJson = jsonColumns.includes(column);
    const text = `regexp_replace(${column}${isJson ? '::text' : ''}, $1, '\\1${markFor(address)}', 'g')`;
    return `${column} = ${isJson ? `(${text})::jsonb` : text}`;
  });
  const changes = [...redacted, ...(also ? [also] : [])];
  return {
    text: `UPDATE ${quotable.table} SET ${changes.join(', ')} WHERE ${quotes(quotable)}`,
    values: [addressPattern(address), mentionQuery(address)],
  };
}

/** The texts of other people's rows in this table that quote the address, oldest first. */
export function quotesStatement(quotable: QuotableTable, address: string, {limit}: QuoteOptions): QueryConfig {
  const fields = Object.entries(quotable.columns).map(([field, column]) => `('${field}', ${column}::text)`);
  return {
    text: `SELECT '${quotable.resource}' AS resource, id, ${quotable.inquiryId} AS "inquiryId", field, text,
  created_at AS "createdAt"
FROM ${quotable.table} CROSS JOIN LATERAL (VALUES ${fields.join(', ')}) AS quoted (field, text)
WHERE ${quotes(quotable)} AND NOT (${quotable.own}) AND text ~ $1 ORDER BY created_at, id LIMIT $4`,
    values: [addressPattern(address), mentionQuery(address), address, limit],
  };
}

// The condition and the expression are those of the index, to the letter: the index finds candidates, the pattern decides.
function quotes({columns, jsonColumns = []}: QuotableTable): string {
  const parts = Object.values(columns).map(column => (jsonColumns.includes(column) ? `${column}::text` : column));
  const mayHoldOne = parts.map(part => `${part} LIKE '%@%' OR ${part} LIKE '%\\%40%'`).join(' OR ');
  const matches = parts.map(part => `${part} ~ $1`).join(' OR ');
  return `(${mayHoldOne}) AND outreach_mentions(${parts.join(', ')}) @@ $2::tsquery AND (${matches})`;
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
  const listNumber = `(?:^|[\\s"${UNSEEN}])[0-9]{1,3}[.]`; // the quote begins a text in JSON
  const before = `(%[0-9a-fA-F]{2}|[.][.]|--|${listNumber}|${isNotLonger})`;
  const countryOf = '[.](?:[a-z]{2}|[A-Z]{2})(?![a-zA-Z0-9])'; // not `.He`, which begins a sentence
  const after = `(?![a-zA-Z0-9]|-[a-zA-Z0-9]|${countryOf}|[.][a-zA-Z0-9-]+[.][a-zA-Z])`;
  return before + [spelled(local), spelled('@'), labels.join(dot)].join(UNSEEN_OR_NOTHING) + after;
}

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

// Undefined for a label that is ASCII in either spelling.
function unicodeLabel(label: string): string | undefined {
  if (!label.startsWith('xn--')) return undefined;
  const unicode = domainToUnicode(label);
  return domainToASCII(unicode) === label && unicode !== label ? unicode : undefined;
}

// Wider than the pattern, for the index: a key of outreach_mentions() for each text that the pattern may match.
function mentionQuery(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const [label = ''] = domain.split('.', 1);
  const [end = ''] = /[a-z0-9]{0,8}$/.exec(local) ?? [];
  const keys = [label, unicodeLabel(label) ?? label].map(spelling => {
    const [start = ''] = /^[a-z0-9]{0,12}/.exec(spelling) ?? [];
    return `'${start}@${Array.from(end).reverse().join('')}':*`;
  });
  return [...new Set(keys)].join(' | ');
}
