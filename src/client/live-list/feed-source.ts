// The three reads of the feed over REST: the newest inquiries, what changed since, and some by id. Each rejects with
// FeedError. A 401 is tried once more with a fresh token. Of an answer's body only what the feed relies on is checked: the
// answers are outreach's own, and anything else, such as a proxy's page, is FeedError `unexpected`.
import {MAX_PAGE_ROWS} from '../../contract/limits';
import {FeedError, FeedExpiredError} from './feed-error';
import type {RowChange} from './feed-state';
import type {Inquiry} from '../feed-types';
import type {Clock} from '../runtime/clock';
import type {Tokens} from '../runtime/tokens';

const ANSWER_TIMEOUT_MS = 20_000;
const MAX_RETRY_AFTER_MS = 5 * 60_000; // a clock that differs, or a mistake of the server, must not silence the feed for a day

export interface FirstPage {
  inquiries: Inquiry[];
  /** There are no older ones. */
  isAll: boolean;
  /** Where the changes begin. */
  cursor: string;
}

/** `isNew` since the cursor of the request. */
export type Change = RowChange & {isNew: boolean};

export interface Changes {
  /** In the order in which they are to be applied. */
  data: Change[];
  /** Where the next read begins. */
  cursor: string;
  hasMore: boolean;
}

export interface RequestOptions {
  restUrl: string;
  tokens: Tokens;
  clock: Clock;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Ends every request. */
  signal: AbortSignal;
}

export interface FeedSource {
  newest: (limit: number) => Promise<FirstPage>;
  /** Rejects with FeedExpiredError when the server does not know the cursor any more. */
  changesAfter: (cursor: string) => Promise<Changes>;
  /** Those of these inquiries that exist and that the token opens; at most 50 ids. */
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
      const query = {
        limit: String(Math.min(limit, MAX_PAGE_ROWS)),
        ...topicQuery(topics),
        ...severalTopicsQuery(topics),
      };
      const {body, headers} = await read('/inquiries', query);
      const cursor = headers.get('Feed-Cursor'); // null too when CORS does not expose it
      if (cursor === null) throw new FeedError('unexpected');
      return {inquiries: readRows(body), isAll: !(headers.get('Link') ?? '').includes('rel="next"'), cursor};
    },
    changesAfter: async cursor => {
      const query = {after: cursor, limit: String(MAX_PAGE_ROWS), ...topicQuery(topics)};
      return readChanges((await read('/inquiries/changes', query)).body, topics);
    },
    byIds: async ids => {
      const filter = JSON.stringify({where: {id: {inq: ids}, ...(topics && {topic: {inq: topics}})}});
      return readRows((await read('/inquiries', {filter, limit: String(MAX_PAGE_ROWS)})).body);
    },
  };
}

// The service narrows the change feed to one topic at most; several narrow the list there, and the changes in readChanges().
function topicQuery(topics: readonly string[] | undefined): {topic?: string} {
  const [topic, ...others] = topics ?? [];
  return topic !== undefined && others.length === 0 ? {topic} : {};
}

function severalTopicsQuery(topics: readonly string[] | undefined): {filter?: string} {
  return topics && topics.length > 1 ? {filter: JSON.stringify({where: {topic: {inq: topics}}})} : {};
}

interface Answer {
  body: unknown;
  headers: Headers;
}

type Read = (path: string, query: Record<string, string>) => Promise<Answer>;

function createRead({tokens, ...options}: RequestOptions): Read {
  return async (path, query) => {
    const target = `${path}?${new URLSearchParams(query).toString()}`;
    let refused: string | undefined;
    for (;;) {
      const token = await tokens.get();
      if (token === refused) throw new FeedError('unauthorized');
      const answer = await send(target, token, options);
      if (answer !== 'refused') {
        tokens.accept(token);
        return answer;
      }
      tokens.refuse(token);
      if (refused !== undefined) throw new FeedError('unauthorized'); // the fresh one too
      refused = token;
    }
  };
}

async function send(
  target: string,
  token: string,
  {restUrl, clock, fetch, signal}: Omit<RequestOptions, 'tokens'>,
): Promise<Answer | 'refused'> {
  const request = new AbortController();
  const cancelTimeout = clock.after(ANSWER_TIMEOUT_MS, () => request.abort());
  const end = () => {
    cancelTimeout();
    request.abort();
  };
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) end();
    const response = await fetch(restUrl + target, {
      headers: {Authorization: `Bearer ${token}`, Accept: 'application/json'},
      signal: request.signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error', // the token is for this address and no other
    });
    return await toAnswer(response, clock);
  } catch (error) {
    if (error instanceof FeedError || error instanceof FeedExpiredError) throw error;
    throw new FeedError('network', undefined, {cause: error});
  } finally {
    cancelTimeout();
    signal.removeEventListener('abort', end);
  }
}

async function toAnswer(response: Response, clock: Clock): Promise<Answer | 'refused'> {
  const {status, headers, ok} = response;
  if (ok) return {body: parse(await response.text()), headers};
  await response.body?.cancel(); // frees the connection; the body is not read
  switch (status) {
    case 401:
      return 'refused';
    case 403:
      throw new FeedError('forbidden');
    case 400: // the cursor is of another filter, as after a change of the token's topics
    case 410: // the cursor is of another database, or too old
      throw new FeedExpiredError();
  }
  const isPassing = status >= 500 || status === 429 || status === 408;
  throw new FeedError(isPassing ? 'unavailable' : 'unexpected', retryAfterMs(headers, clock));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FeedError('unexpected', undefined, {cause: error});
  }
}

// Retry-After (RFC 9110, 10.2.3), seconds or a date, in milliseconds; undefined when it is missing or malformed.
function retryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - clock.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

function readRows(body: unknown): Inquiry[] {
  if (!Array.isArray(body) || !body.every(isInquiry)) throw new FeedError('unexpected');
  return body;
}

// An inquiry that has left all of these topics counts as removed.
function readChanges(body: unknown, topics: readonly string[] | undefined): Changes {
  const {data, feed, hasMore} = Object(body) as Partial<Record<'data' | 'feed' | 'hasMore', unknown>>;
  if (!Array.isArray(data) || typeof feed !== 'string' || typeof hasMore !== 'boolean')
    throw new FeedError('unexpected');
  return {data: data.map(change => readChange(change, topics)), cursor: feed, hasMore};
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
