// The three reads of the feed over REST: the newest inquiries, what changed since, and some by id. Each rejects with
// FeedError.
import {type Changes, readChanges, readRows} from './feed-answers';
import {FeedError} from './feed-error';
import {createRead, type RequestOptions} from './feed-request';
import type {Inquiry} from '../feed-types';

const PAGE_SIZE = 100;

export interface FirstPage {
  inquiries: Inquiry[];
  /** There are no older ones. */
  isAll: boolean;
  /** Where the changes begin. */
  feed: string;
}

export interface FeedSource {
  newest: (limit: number) => Promise<FirstPage>;
  /** Rejects with FeedExpiredError when the server does not know the cursor any more. */
  changesAfter: (feed: string) => Promise<Changes>;
  /** Those of these inquiries, at most 50, that exist and may be seen. */
  byIds: (ids: readonly string[]) => Promise<Inquiry[]>;
}

/** `topics`: undefined for all that the token allows. */
export function createFeedSource({
  topics,
  ...request
}: RequestOptions & {topics: readonly string[] | undefined}): FeedSource {
  const read = createRead(request);
  return {
    newest: async limit => {
      const query = {limit: String(Math.min(limit, PAGE_SIZE)), ...topicQuery(topics), ...severalTopicsQuery(topics)};
      const {body, headers} = await read('/inquiries', query);
      const feed = headers.get('Feed-Cursor'); // null too when CORS does not expose it
      if (feed === null) throw new FeedError('unexpected');
      return {inquiries: readRows(body), isAll: !(headers.get('Link') ?? '').includes('rel="next"'), feed};
    },
    changesAfter: async feed => {
      const query = {after: feed, limit: String(PAGE_SIZE), ...topicQuery(topics)};
      return readChanges((await read('/inquiries/changes', query)).body, topics);
    },
    byIds: async ids => {
      const filter = JSON.stringify({where: {id: {inq: ids}, ...(topics && {topic: {inq: topics}})}});
      return readRows((await read('/inquiries', {filter, limit: String(PAGE_SIZE)})).body);
    },
  };
}

// One topic narrows the feed of changes too; of several, the service narrows the list, and readChanges() the changes.
function topicQuery(topics: readonly string[] | undefined): {topic?: string} {
  const [topic, ...others] = topics ?? [];
  return topic !== undefined && others.length === 0 ? {topic} : {};
}

function severalTopicsQuery(topics: readonly string[] | undefined): {filter?: string} {
  return topics && topics.length > 1 ? {filter: JSON.stringify({where: {topic: {inq: topics}}})} : {};
}
