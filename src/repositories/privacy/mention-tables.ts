// The tables whose texts may mention somebody's address: which columns, and by which index the rows are found.
import type {QueryResultRow} from 'pg';
import {INQUIRY_COLUMNS} from '../inquiry/inquiry-list';
import {searchedInquiry, type SearchedInquiry} from '../inquiry/inquiry-search';
import {addressVector} from './mention-keys';

/** A table with texts that may mention an address. */
export interface MentionTable {
  table: string;
  resource: 'inquiry' | 'activity' | 'subscription' | 'consent' | 'audit';
  /** Field names as the API has them, with their columns. */
  columns: Readonly<Record<string, string>>;
  jsonColumns?: readonly string[];
  /** What else changes in a row that mentions the address. */
  also?: string;
  inquiryId: string;
  /** The address that a row is of; undefined where rows are of nobody, or say it in another way. */
  ownAddress?: string;
  /** Columns that are made of the texts, anew when these change, with what is made of them. The first, if any, has their addresses. */
  derived: {
    types: Readonly<Record<string, string>>;
    from: readonly string[];
    make: (row: QueryResultRow) => unknown[];
  };
  /** A column that may hold an address which is not in the first of those: of few values, which an index begins with. */
  ofFewValues?: {column: string; condition?: string};
}

// The address of an inquiry says whose it is: such a row goes as a whole.
const MENTIONING = Object.entries(INQUIRY_COLUMNS).filter(
  ([field, {kind}]) => field !== 'email' && (kind === 'text' || kind === 'phone' || kind === 'json'),
);

/** Inquiries, which are a person's own where their address is. */
export const INQUIRY_TABLE: MentionTable = {
  table: 'inquiry',
  resource: 'inquiry',
  columns: Object.fromEntries(MENTIONING.map(([field, {name}]) => [field, name])),
  jsonColumns: MENTIONING.filter(([, {kind}]) => kind === 'json').map(([, {name}]) => name),
  also: 'version = version + 1, updated_at = now()',
  inquiryId: 'id',
  ownAddress: 'email',
  derived: {
    types: {search_words: 'tsvector', search_text: 'text'},
    from: ['email'],
    make: row => {
      const {words, text} = searchedInquiry(row as SearchedInquiry); // its fields are those of `columns`
      return [words, text];
    },
  },
  ofFewValues: {column: 'assignee'},
};
const ACTIVITY: MentionTable = {
  table: 'inquiry_activity',
  resource: 'activity',
  columns: {note: 'note', from: 'from_value', to: 'to_value', actor: 'actor'},
  inquiryId: 'inquiry_id',
  derived: addressesOf('note', 'from', 'to', 'actor'),
  // A change of the assignee is logged without the address of the one before, whom it does not know until it is made.
  ofFewValues: {column: 'from_value', condition: "kind = 'assignee'"},
};
const SUBSCRIPTION: MentionTable = {
  table: 'subscription',
  resource: 'subscription',
  columns: {locale: 'locale', consentVersion: 'consent_version', sourceUrl: 'source_url'},
  inquiryId: 'NULL::uuid',
  derived: addressesOf('locale', 'consentVersion', 'sourceUrl'),
};
const CONSENT: MentionTable = {
  table: 'subscription_consent',
  resource: 'consent',
  columns: {consentVersion: 'consent_version', actor: 'actor', reason: 'reason'},
  inquiryId: 'NULL::uuid',
  derived: addressesOf('consentVersion', 'actor', 'reason'),
};

/** Where an address may be mentioned, but for the audit. */
export const MENTION_TABLES = [INQUIRY_TABLE, ACTIVITY, SUBSCRIPTION, CONSENT] as const;
/** The audit, whose actors may be addresses. */
export const AUDIT_TABLE: MentionTable = {
  table: 'privacy_audit',
  resource: 'audit',
  columns: {actor: 'actor'},
  inquiryId: 'NULL::uuid',
  derived: {types: {}, from: [], make: () => []},
  ofFewValues: {column: 'actor'},
};
/** All of them. */
export const ALL_MENTION_TABLES = [...MENTION_TABLES, AUDIT_TABLE] as const;

function addressesOf(...fields: string[]): MentionTable['derived'] {
  const make = (row: QueryResultRow) => [addressVector(fields.map(field => row[field] as string | null))];
  return {types: {addresses: 'tsvector'}, from: [], make};
}
