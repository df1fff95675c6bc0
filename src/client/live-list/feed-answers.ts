// Reads the bodies of the feed's answers. They are outreach's own, so this looks only at what the feed itself relies
// on; anything else, such as a proxy's page, is FeedError `unexpected`.
import {FeedError} from './feed-error';
import type {Inquiry} from '../feed-types';
import type {RowChange} from './inquiry-list';

/** `isNew` since the cursor that was asked for. */
export type Change = RowChange & {isNew: boolean};

export interface Changes {
  /** In the order in which they are to be applied. */
  data: Change[];
  feed: string;
  hasMore: boolean;
}

/** The rows of a list. */
export function readRows(body: unknown): Inquiry[] {
  if (!Array.isArray(body) || !body.every(isInquiry)) throw new FeedError('unexpected');
  return body;
}

/** The answer of GET /inquiries/changes; an inquiry of none of these topics is gone for whoever watches them. */
export function readChanges(body: unknown, topics: readonly string[] | undefined): Changes {
  const {data, feed, hasMore} = Object(body) as Partial<Record<keyof Changes, unknown>>;
  if (!Array.isArray(data) || typeof feed !== 'string' || typeof hasMore !== 'boolean')
    throw new FeedError('unexpected');
  return {data: data.map(change => readChange(change, topics)), feed, hasMore};
}

function readChange(change: unknown, topics: readonly string[] | undefined): Change {
  const {kind, id, inquiry, isNew} = Object(change) as Partial<Record<'kind' | 'id' | 'inquiry' | 'isNew', unknown>>;
  if (kind === 'gone' && typeof id === 'string') return {removed: id, isNew: false};
  if (kind !== 'inquiry' || !isInquiry(inquiry)) throw new FeedError('unexpected');
  const isOurs = topics === undefined || topics.includes(inquiry.topic);
  return isOurs ? {inquiry, isNew: isNew === true} : {removed: inquiry.id, isNew: false};
}

function isInquiry(row: unknown): row is Inquiry {
  const {id, createdAt, updatedAt, version} = Object(row) as Partial<Record<keyof Inquiry, unknown>>;
  return [id, createdAt, updatedAt].every(text => typeof text === 'string') && typeof version === 'number';
}
