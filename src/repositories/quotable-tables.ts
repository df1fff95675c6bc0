// The tables whose texts may quote somebody's address: which columns, and by which index the rows are found.
import type {QueryResultRow} from 'pg';
import {searchedInquiry, type SearchedInquiry} from './inquiry-search';
import {addressVector} from './mentioned-addresses';

/** A table with texts that may quote an address. */
export interface QuotableTable {
  table: string;
  resource: 'inquiry' | 'activity' | 'subscription' | 'audit';
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

/** Inquiries, whose visitors and colleagues write what they like. */
export const INQUIRY: QuotableTable = {
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
/** The audit, whose actors may be addresses. */
export const AUDIT_TABLE: QuotableTable = {
  table: 'privacy_audit',
  resource: 'audit',
  columns: {actor: 'actor'},
  inquiryId: 'NULL::uuid',
  candidates: '$2::tsquery IS NOT NULL',
};

/** Where an address may be quoted, but for the audit. */
export const QUOTABLE_TABLES = [INQUIRY, ACTIVITY, SUBSCRIPTION] as const;
/** All of them. */
export const ALL_QUOTABLE_TABLES = [...QUOTABLE_TABLES, AUDIT_TABLE] as const;

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
