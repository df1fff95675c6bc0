// A reader of the feed: takes its place from a list and follows through HTTP.
import {escapeLiteral} from 'pg';
import {uuidv7} from 'uuidv7';
import {HORIZON} from '../../src/repositories/change-feed/feed-position';
import {searchedInquiry} from '../../src/repositories/inquiry/inquiry-search';
import {createCursorCipher, type CursorCipher} from '../../src/services/cursor-cipher';
import type {TestDatabase} from './database';
import {eventually} from './eventually';
import {type Change, type Changes, changesSchema, FEED_CURSOR_HEADER} from '../../src/contract/feed';

/** What a reader asks: a REST application under test. */
interface Target {
  get(path: string, token?: string): Promise<Response>;
}

export interface FeedReader {
  /** Its place; set it to go back. */
  feed: string;
  /** One request; throws unless it is answered with 200. */
  read(query?: string): Promise<Changes>;
  /** All until there is no more. */
  readAll(query?: string): Promise<Change[]>;
}

/** What seals the feeds of this database. */
export async function givenCursorCipher(database: TestDatabase): Promise<CursorCipher> {
  const [row] = await database.query<{secret: Buffer}>('SELECT secret FROM feed_secret');
  if (!row) throw new Error('the migration stores a secret');
  return createCursorCipher(row.secret);
}

/** The `Feed-Cursor` of a list of one row at most. */
export async function feedOfList(rest: Target, token: string, query = ''): Promise<string> {
  const response = await rest.get(`/inquiries?limit=1&${query}`, token);
  const feed = response.headers.get(FEED_CURSOR_HEADER);
  if (response.status !== 200 || feed === null) throw new Error(`the list was answered with ${response.status}`);
  return feed;
}

/** A reader that starts where the feed ends now; `query` holds a topic, if any. */
export async function givenFeedReader(rest: Target, token: string, query = ''): Promise<FeedReader> {
  const reader: FeedReader = {
    feed: await feedOfList(rest, token, query),
    read: async (more = '') => {
      const response = await rest.get(`/inquiries/changes?after=${reader.feed}&${query}&${more}`, token);
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      const changes = changesSchema.parse(await response.json());
      reader.feed = changes.feed;
      return changes;
    },
    readAll: async more => {
      const all: Change[] = [];
      for (let hasMore = true; hasMore;) {
        const {data, ...rest} = await reader.read(more);
        all.push(...data);
        ({hasMore} = rest);
      }
      return all;
    },
  };
  return reader;
}

/** In one word each: `new <id>`, `changed <id>` or `gone <id>`. */
export function inWords(changes: readonly Change[]): string[] {
  return changes.map(change => {
    if (change.kind === 'gone') return `gone ${change.id}`;
    return `${change.isNew ? 'new' : 'changed'} ${change.inquiry.id}`;
  });
}

const SEARCHED = searchedInquiry({name: 'Ada', email: 'ada@example.org', message: 'Hello'});
/** SQL that stores an inquiry with this id and topic: $1 and $2. */
export const INSERT_INQUIRY = `
INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
VALUES ($1, $2, 'Ada', 'ada@example.org', 'Hello', clock_timestamp(), clock_timestamp(),
  ${escapeLiteral(SEARCHED.words)}, ${escapeLiteral(SEARCHED.text)})`;

/** Something that runs SQL: a client, a pool, or a test database. */
interface Sql {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** Stores an inquiry by SQL, in the transaction that the client has open, if any. */
export async function insertInquiry(sql: Sql, topic = 'sales'): Promise<string> {
  const id = uuidv7();
  await sql.query(INSERT_INQUIRY, [id, topic]);
  return id;
}

/** How long a transaction of a test that runs beside may hold the horizon back. */
export const LONGEST_NEIGHBOUR_MS = 90_000;

/**
 * Waits until the horizon has passed what is written: of this inquiry, or of all. Transactions of other databases hold
 * it back as well, so tests that run beside this one do.
 */
export async function settled(database: TestDatabase, id?: string): Promise<void> {
  await eventually(async () => {
    const open = await database.query(
      `SELECT FROM inquiry WHERE changed_xid >= ${HORIZON} AND ($1::uuid IS NULL OR id = $1) UNION ALL
       SELECT FROM inquiry_tombstone WHERE changed_xid >= ${HORIZON} AND ($1::uuid IS NULL OR inquiry_id = $1)`,
      [id],
    );
    if (open.length > 0) throw new Error('an older transaction is still open');
  }, LONGEST_NEIGHBOUR_MS);
}
