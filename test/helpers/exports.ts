// What tests of exports need: many rows made by SQL, readers that stop reading, and a look at the connections.
import {get, type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import {eventually} from './eventually';
import type {TestDatabase} from './database';
import {idOf} from './ids';
import {onTeardown} from './teardown';

const PART = 50_000;

/** Rows as inquiries, one millisecond apart; `bytes` is the length of each message. */
export async function givenManyInquiries(database: TestDatabase, count: number, bytes: number): Promise<void> {
  // In parts: while one long transaction is open, the feeds of tests that run beside this one stand still.
  for (let first = 1; first <= count; first += PART) await insertPart(database, {first, count, bytes});
}

async function insertPart(
  database: TestDatabase,
  {first, count, bytes}: {first: number; count: number; bytes: number},
): Promise<void> {
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
     SELECT ${idOf('at')}, 'sales', 'Ada ' || i, 'a' || i || '@example.org', repeat('x', $2), at, at, '', ''
     FROM generate_series($3::int, least($1, $3 + $4 - 1)) i, LATERAL (SELECT timestamptz '2026-01-01Z' + i * interval '1 ms' AS at) t`,
    [count, bytes, first, PART],
  );
}

export interface PausedReader {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  /** Reads what is left; rejects when the answer ends before its end. */
  readOn(): Promise<string>;
  /** Goes away without a word. */
  abort(): void;
}

/** Asks, and reads nothing of the body until `readOn` is called. */
export async function givenPausedReader(url: string, token: string): Promise<PausedReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = get(url, {headers: {Authorization: `Bearer ${token}`}, agent: false}, resolve);
    request.on('error', reject);
    onTeardown(() => Promise.resolve(request.destroy()));
  });
  response.on('error', () => undefined); // readOn rejects, if anybody asks
  return {
    status: response.statusCode,
    headers: response.headers,
    readOn: async () => {
      if (response.errored) throw response.errored;
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString();
    },
    abort: () => void response.destroy(),
  };
}

/** The connections of exports to this database, with what they wait for. */
export async function exportConnections(database: TestDatabase): Promise<{pid: number; waitsFor: string | null}[]> {
  return database.query<{pid: number; waitsFor: string | null}>(
    `SELECT pid, wait_event AS "waitsFor" FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach-export'
       AND backend_type = 'client backend'`,
  );
}

/** Resolves once no connection of an export is left. */
export async function expectNoExportConnections(database: TestDatabase): Promise<void> {
  await eventually(async () => expect(await exportConnections(database)).toEqual([]));
}

/** Resolves once PostgreSQL itself waits for the reader: nothing in between takes what nobody reads. */
export async function expectBackpressure(database: TestDatabase): Promise<void> {
  await eventually(async () => {
    for (let look = 0; look < 10; look += 1) {
      expect(await exportConnections(database)).toMatchObject([{waitsFor: 'ClientWrite'}]);
    }
  });
}
