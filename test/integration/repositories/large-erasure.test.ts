// An address that very many rows quote is erased and exported in one transaction all the same, in statements of bounded size.
import type {QueryResultRow} from 'pg';
import type {PostgresDataSource} from '../../../src/datasources/postgres/postgres.datasource';
import type {Query} from '../../../src/datasources/postgres/transaction';
import {addressVector} from '../../../src/repositories/privacy/mention-keys';
import {searchedInquiry} from '../../../src/repositories/inquiry/inquiry-search';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {idOf} from '../../helpers/ids';
import {givenRest, type TestRest} from '../../helpers/rest';
import {columnsThatHold} from '../../helpers/text-columns';
import {givenTokenIssuer} from '../../helpers/tokens';

const EMAIL = 'ann.quoted@example.org';
const ROWS = 1250; // of each kind
const MOST_ROWS = 100; // of a statement

let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  const [issuer, given] = await Promise.all([givenTokenIssuer(), givenDatabase()]);
  database = given;
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: 'privacy:erase privacy:export', subject: EMAIL});
  for (const [email, message] of [
    [EMAIL, 'Hello'],
    ['other@example.org', `Ask ${EMAIL}`],
  ] as const) {
    const {words, text} = searchedInquiry({name: 'Somebody', email, message});
    await database.query(
      `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
       SELECT ${idOf('at')}, 'sales', 'Somebody', $2, $3, at, at, $4::tsvector, $5
       FROM generate_series(1, $1) AS n, LATERAL (SELECT now() - n * interval '1 minute' AS at) AS times`,
      [ROWS, email, message, words, text],
    );
  }
  await database.query(
    `INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at, addresses)
     SELECT gen_random_uuid(), id, 'note', 'agent', $1, created_at, $2 FROM inquiry`,
    [`See ${EMAIL}`, addressVector([EMAIL])],
  );
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, consent_version, consent_text_sha256, consented_at, created_at,
                               updated_at, addresses)
     SELECT id, id || '@example.com', id || '@example.com', $1::text, repeat('a', 64), created_at, created_at, created_at, $2
     FROM inquiry WHERE email <> $1::text`,
    [EMAIL, addressVector([EMAIL])],
  );
  await database.query(
    `INSERT INTO privacy_audit (id, kind, actor, counts, created_at) SELECT id, 'erasure', $1, '{}', now() FROM subscription`,
    [EMAIL],
  );
}, 60_000);

/** The most rows that a statement of a transaction answered or was given, from now on. */
async function mostRowsOfStatements(): Promise<() => number> {
  const postgres = await rest.app.get<PostgresDataSource>('datasources.postgres');
  let most = 0;
  const recorded =
    (query: Query): Query =>
    async <Row extends QueryResultRow>(statement: Parameters<Query>[0]) => {
      const result = await query<Row>(statement);
      const lists = (statement.values ?? []).filter(Array.isArray);
      most = Math.max(most, result.rows.length, ...lists.map(({length}) => length));
      return result;
    };
  const transaction = postgres.transaction.bind(postgres);
  postgres.transaction = (work, options) => transaction(query => work(recorded(query)), options);
  return () => most;
}

const ask = (path: string) => rest.post(path, {email: EMAIL}, {Authorization: `Bearer ${token}`});

test('its export has as much of each list as one may have, oldest first', async () => {
  const held = (await (await ask('/subject-exports')).json()) as Record<string, {createdAt: string}[]>;
  expect(held.complete).toBe(false);
  const {inquiries = [], activity = [], quotes = []} = held;
  expect([inquiries.length, activity.length, quotes.length]).toEqual([1000, 1000, 1000]);
  const times = quotes.map(({createdAt}) => createdAt);
  expect(times).toEqual([...times].sort());
  expect(quotes).toContainEqual(expect.objectContaining({resource: 'inquiry', text: `Ask ${EMAIL}`}));
});

test('its erasure reads and writes a bounded number of rows at a time, and leaves none out', async () => {
  const most = await mostRowsOfStatements();
  const answer = await ask('/erasures');
  expect(await answer.json()).toEqual({
    inquiries: ROWS,
    activities: ROWS,
    notesRedacted: 3 * ROWS,
    subscriptions: 0,
  });
  expect(await columnsThatHold(database, EMAIL)).toEqual([]);
  expect(most()).toBeLessThanOrEqual(MOST_ROWS);
  const marked = await database.query<{count: number}>(
    `SELECT count(*)::int AS count FROM inquiry WHERE message = 'Ask [gone]' AND version = 2 AND NOT search_words @@ $1::tsquery`,
    [addressVector([EMAIL])],
  );
  expect(marked).toEqual([{count: ROWS}]);
});
