// Commits that land out of order, on purpose: the feed loses nothing, and the usual cursors do.
import {Client} from 'pg';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {type FeedReader, givenFeedReader, insertInquiry, inWords, settled} from '../../helpers/feed';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeEach(async () => {
  const issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign();
});

async function givenClient(): Promise<Client> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  return client;
}

/** A reader that asks again and again; `read` resolves with the ids that it had not seen. */
interface Reader {
  read(): Promise<string[]>;
}

async function feedReader(): Promise<Reader> {
  const reader = await givenFeedReader(rest, token);
  return {
    read: async () => (await reader.readAll()).flatMap(change => (change.kind === 'gone' ? [] : change.inquiry.id)),
  };
}

/** What is commonly done instead: remember the last row, ask for those after it. */
function naiveReader(column: 'created_at' | 'sequence'): () => Promise<Reader> {
  return async () => {
    await database.query('ALTER TABLE inquiry ADD COLUMN sequence bigserial');
    let last = {at: column === 'sequence' ? '0' : '-infinity', id: '00000000-0000-0000-0000-000000000000'};
    return {
      read: async () => {
        const rows = await database.query<{at: string; id: string}>(
          `SELECT ${column}::text AS at, id FROM inquiry WHERE (${column}, id) > ($1, $2) ORDER BY ${column}, id`,
          [last.at, last.id],
        );
        last = rows.at(-1) ?? last;
        return rows.map(({id}) => id);
      },
    };
  };
}

/** A stores, B stores and commits, the reader reads, A commits, the reader reads on. */
async function interleave(givenReader: () => Promise<Reader>) {
  const reader = await givenReader();
  const [a, b] = [await givenClient(), await givenClient()];
  await a.query('BEGIN');
  const first = await insertInquiry(a);
  await b.query('BEGIN');
  const second = await insertInquiry(b);
  await b.query('COMMIT');
  const between = await reader.read();
  await a.query('COMMIT');
  await settled(database);
  const after = await reader.read();
  return {first, second, seen: [...between, ...after]};
}

test('a row that is committed late is returned', async () => {
  const {first, second, seen} = await interleave(feedReader);
  expect(seen).toEqual([first, second]);
});

test.each(['created_at', 'sequence'] as const)('a cursor of %s and id loses it', async column => {
  const {second, seen} = await interleave(naiveReader(column));
  expect(seen).toEqual([second]);
});

test('an old transaction holds back what is newer, and nothing that is older', async () => {
  const reader = await givenFeedReader(rest, token);
  const older = await insertInquiry(database);
  const holder = await givenClient();
  await holder.query('BEGIN');
  await insertInquiry(holder);
  const newer = await insertInquiry(database);
  await settled(database, older);
  expect(inWords(await reader.readAll())).toEqual([`new ${older}`]);
  expect(inWords(await reader.readAll())).toEqual([]);
  await holder.query('ROLLBACK');
  await settled(database);
  expect(inWords(await reader.readAll())).toEqual([`new ${newer}`]); // and never what was rolled back
});

test('an inquiry that is changed while its change is held back is returned as new, once', async () => {
  const reader = await givenFeedReader(rest, token);
  const id = await insertInquiry(database);
  await settled(database);
  const holder = await givenClient();
  await holder.query('BEGIN');
  await insertInquiry(holder);
  await database.query("UPDATE inquiry SET status = 'in_progress' WHERE id = $1", [id]);
  const [change] = await reader.readAll();
  expect(change).toMatchObject({kind: 'inquiry', isNew: true, inquiry: {id, status: 'in_progress'}});
  await holder.query('ROLLBACK');
  await settled(database);
  expect(inWords(await reader.readAll())).toEqual([`changed ${id}`]);
  expect(inWords(await reader.readAll())).toEqual([]);
});

describe('each inquiry is returned as new exactly once, however soon it is changed', () => {
  const change = (sql: {query(text: string, values: string[]): Promise<unknown>}, id: string) =>
    sql.query("UPDATE inquiry SET status = 'in_progress', version = version + 1 WHERE id = $1", [id]);
  const inTransaction = async (run: (client: Client) => Promise<unknown>, end = 'COMMIT') => {
    const client = await givenClient();
    await client.query('BEGIN');
    await run(client);
    await client.query(end);
  };
  const read = async (reader: FeedReader, limit: number) => {
    await settled(database);
    return inWords(await reader.readAll(`limit=${limit}`));
  };

  test.each([1, 100])('in the transaction that stored it, read by %d', async limit => {
    const reader = await givenFeedReader(rest, token);
    let id = '';
    await inTransaction(async client => {
      id = await insertInquiry(client);
      await change(client, id);
      await change(client, id);
    });
    expect(await read(reader, limit)).toEqual([`new ${id}`]);
    await change(database, id);
    expect(await read(reader, limit)).toEqual([`changed ${id}`]);
  });

  test.each([
    [1, ['new', 'changed']],
    [100, ['new']], // one entry says both
  ])('before anybody has read it, read by %d', async (limit, expected) => {
    const reader = await givenFeedReader(rest, token);
    const id = await insertInquiry(database);
    await change(database, id);
    await change(database, id);
    expect(await read(reader, limit)).toEqual(expected.map(word => `${word} ${id}`));
    expect(await read(reader, limit)).toEqual([]);
  });

  test.each([1, 100])('after it was read, and again, read by %d', async limit => {
    const reader = await givenFeedReader(rest, token);
    const id = await insertInquiry(database);
    expect(await read(reader, limit)).toEqual([`new ${id}`]);
    for (const times of [1, 2]) {
      for (let time = 0; time < times; time += 1) await change(database, id);
      expect(await read(reader, limit)).toEqual([`changed ${id}`]);
    }
  });

  test('while it is read', async () => {
    const reader = await givenFeedReader(rest, token);
    const id = await insertInquiry(database);
    await settled(database);
    await inTransaction(async client => {
      await change(client, id);
      expect(inWords(await reader.readAll())).toEqual([`new ${id}`]);
    });
    expect(await read(reader, 100)).toEqual([`changed ${id}`]);
  });

  test('and then not after all', async () => {
    const reader = await givenFeedReader(rest, token);
    const id = await insertInquiry(database);
    await inTransaction(client => change(client, id), 'ROLLBACK');
    expect(await read(reader, 1)).toEqual([`new ${id}`]);
    expect(await read(reader, 1)).toEqual([]);
  });
});
