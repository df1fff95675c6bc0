// The SQL of the inquiry list: filters and keyset pagination over (created_at, id). Every value is a parameter;
// the text has one form per set of filters, so it is prepared once for each.
import type {QueryConfig} from 'pg';
import type {INQUIRY_STATUSES} from '../contract/inquiry';

/** What a list is narrowed to; an absent field does not narrow. */
export interface InquiryFilter {
  /** The topics that the caller may see; absent when all. An empty array matches nothing. */
  visibleTopics?: readonly string[];
  status?: (typeof INQUIRY_STATUSES)[number];
  topic?: string;
  assignee?: string;
  /** Inclusive. */
  createdFrom?: Date;
  /** Exclusive. */
  createdTo?: Date;
  order: 'newest' | 'oldest';
}

/** The last row of a page: the next one starts after it. */
export interface ListPosition {
  createdAt: Date;
  id: string;
}

const COLUMNS = `id, topic, name, email, phone, company, subject, message, locale, source_url AS "sourceUrl", metadata,
  privacy_notice_version AS "privacyNoticeVersion", status, assignee, spam_reasons AS "spamReasons", version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** One page of the list, prepared under a name that says which filters it has. */
export function listStatement(asked: InquiryFilter, page: {limit: number; after?: ListPosition}): QueryConfig {
  const {limit} = page;
  const {filter, after} = withOneStart(asked, page.after);
  const {conditions, values, names} = conditionsOf(filter);
  const [comparison, direction] = filter.order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  if (after) {
    values.push(after.createdAt, after.id);
    conditions.push(`(created_at, id) ${comparison} ($${values.length - 1}, $${values.length}::uuid)`);
    names.push('after');
  }
  values.push(limit);
  return {
    name: `list_inquiries_${filter.order}_${names.join('_')}`,
    text: `SELECT ${COLUMNS} FROM inquiry ${where(conditions)}
ORDER BY created_at ${direction}, id ${direction} LIMIT $${values.length}`,
    values,
  };
}

// A page starts at the time range's bound or after the last row, whichever comes later. With both as conditions
// PostgreSQL would start at the bound and read everything up to the row, so that deep pages cost more.
function withOneStart(filter: InquiryFilter, after?: ListPosition): {filter: InquiryFilter; after?: ListPosition} {
  const bound = filter.order === 'newest' ? 'createdTo' : 'createdFrom';
  const time = filter[bound];
  if (!after || !time) return {filter, after};
  const isInside = filter.order === 'newest' ? after.createdAt < time : after.createdAt >= time;
  return isInside ? {filter: {...filter, [bound]: undefined}, after} : {filter};
}

/** One inquiry, in the same columns. */
export function findStatement(id: string): QueryConfig {
  return {name: 'find_inquiry', text: `SELECT ${COLUMNS} FROM inquiry WHERE id = $1`, values: [id]};
}

/** The number of matching rows, whatever the page. */
export function countStatement(filter: InquiryFilter): QueryConfig {
  const {conditions, values, names} = conditionsOf(filter);
  return {
    name: `count_inquiries_${names.join('_')}`,
    text: `SELECT count(*) AS count FROM inquiry ${where(conditions)}`,
    values,
  };
}

function conditionsOf(filter: InquiryFilter): {conditions: string[]; values: unknown[]; names: string[]} {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const names: string[] = [];
  const add = (name: string, value: unknown, condition: (parameter: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
    names.push(name);
  };
  add('visible', filter.visibleTopics, parameter => `topic = ANY (${parameter}::text[])`);
  add('status', filter.status, parameter => `status = ${parameter}`);
  add('topic', filter.topic, parameter => `topic = ${parameter}`);
  add('assignee', filter.assignee, parameter => `assignee = ${parameter}`);
  add('from', filter.createdFrom, parameter => `created_at >= ${parameter}`);
  add('to', filter.createdTo, parameter => `created_at < ${parameter}`);
  return {conditions, values, names};
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
