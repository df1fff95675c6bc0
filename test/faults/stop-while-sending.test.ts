// SIGTERM while clients are still sending: each request that was read is answered, none is stored without an answer,
// and once the port is closed every answer says that its connection ends.
import {randomUUID} from 'node:crypto';
import {Client} from 'pg';
import {searchedInquiry} from '../../src/repositories/inquiry/inquiry-search';
import {MAX_UNDER_WAY_PER_CLIENT} from '../../src/rest/server/unread-connections';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {idOf} from '../helpers/ids';
import {givenSubmission} from '../helpers/inquiries';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {openRaw, type RawConnection} from '../helpers/raw-connection';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const CONNECTIONS = 30;

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

const givenRest = (env: Record<string, string> = {}) => givenRestProcess({databaseUrl: database.url, issuer, env});
const openMany = (rest: TestProcess) => Promise.all(Array.from({length: CONNECTIONS}, () => openRaw(rest.url)));

function postOf(path: string, value: unknown, headers = ''): string {
  const body = JSON.stringify(value);
  const length = Buffer.byteLength(body);
  return `POST ${path} HTTP/1.1\r\nHost: rest.test\r\nContent-Type: application/json\r\n${headers}Content-Length: ${length}\r\n\r\n${body}`;
}

const submission = () => postOf('/inquiries', givenSubmission());

/** The process has read everything that was sent to it before. */
async function hasRead(rest: TestProcess): Promise<void> {
  for (let round = 0; round < 2; round += 1) expect((await rest.get('/live')).status).toBe(200);
}

/** Resolves once the process no longer listens. */
const isClosed = (rest: TestProcess) => eventually(() => expect(openRaw(rest.url)).rejects.toThrow('ECONNREFUSED'));

async function storedIds(): Promise<unknown[]> {
  return (await database.query<{id: string}>('SELECT id FROM inquiry')).map(({id}) => id).sort();
}

/** The ids that these connections were answered; fails on any other answer than 201. */
async function acknowledgedIds(connections: RawConnection[]): Promise<string[]> {
  const answers = (await Promise.all(connections.map(each => each.answers))).flat();
  expect(answers.filter(({status}) => status !== 201)).toEqual([]);
  return Promise.all(answers.map(async answer => (JSON.parse(await answer.text()) as {id: string}).id));
}

const closing = async (connection: RawConnection) =>
  (await connection.answers).map(({headers}) => headers.get('Connection'));

beforeEach(() => database.query('DELETE FROM inquiry'));

test.each([
  ['nothing', () => 0],
  ['half of its headers', (request: string) => request.indexOf('Content-Type')],
  ['its headers and half of its body', (request: string) => request.length - 40],
])('each client that had sent %s at SIGTERM is answered', async (_name, bytesBefore) => {
  const rest = await givenRest();
  const connections = await openMany(rest);
  const requests = connections.map(submission);
  const cut = bytesBefore(requests[0] ?? '');
  connections.forEach((each, index) => each.send(requests[index]?.slice(0, cut) ?? ''));
  await hasRead(rest);
  rest.signal('SIGTERM');
  await isClosed(rest);
  connections.forEach((each, index) => each.send(requests[index]?.slice(cut) ?? ''));
  const ids = await acknowledgedIds(connections);
  expect(ids).toHaveLength(CONNECTIONS);
  expect(ids.sort()).toEqual(await storedIds());
  for (const each of connections) expect(await closing(each)).toEqual(['close']);
  expect(await rest.exited).toBe(0);
});

test('each client that sends another request right at SIGTERM, on an idle connection, is answered', async () => {
  const rest = await givenRest();
  const connections = await openMany(rest);
  for (const each of connections) each.send(submission());
  await Promise.all(connections.map(each => each.receives(1)));
  rest.signal('SIGTERM');
  for (const each of connections) each.send(submission());
  const ids = await acknowledgedIds(connections);
  expect(ids).toHaveLength(2 * CONNECTIONS);
  expect(ids.sort()).toEqual(await storedIds());
  expect(await rest.exited).toBe(0);
});

test('requests that were sent together are all answered, and the last answer says that the connection ends', async () => {
  const rest = await givenRest();
  const connections = await openMany(rest);
  const requests = connections.map(() => submission() + submission() + submission());
  connections.forEach((each, index) => each.send(requests[index]?.slice(0, 20) ?? ''));
  await hasRead(rest);
  rest.signal('SIGTERM');
  await isClosed(rest);
  connections.forEach((each, index) => each.send(requests[index]?.slice(20) ?? ''));
  const ids = await acknowledgedIds(connections);
  expect(ids).toHaveLength(3 * CONNECTIONS);
  expect(ids.sort()).toEqual(await storedIds());
  for (const each of connections) {
    expect((await closing(each)).map(value => value === 'close')).toEqual([false, false, true]);
  }
  expect(await rest.exited).toBe(0);
});

test('what a client has sent on connections that were not read any more is answered', async () => {
  const rest = await givenRest();
  const holding = new Client({connectionString: database.url});
  await holding.connect();
  onTeardown(() => holding.end());
  await holding.query('BEGIN; LOCK TABLE inquiry IN SHARE MODE'); // every submission stays under way
  const busy = await Promise.all(Array.from({length: MAX_UNDER_WAY_PER_CLIENT}, () => openRaw(rest.url)));
  for (const each of busy) each.send(submission());
  await hasRead(rest);
  const unread = await Promise.all(Array.from({length: 5}, () => openRaw(rest.url)));
  for (const answers of [1, 2]) {
    for (const each of unread) each.send('GET /nothing HTTP/1.1\r\nHost: rest.test\r\n\r\n');
    if (answers === 2) rest.signal('SIGTERM');
    await Promise.all(unread.map(each => each.receives(answers)));
  }
  await holding.query('COMMIT');
  expect(await acknowledgedIds(busy)).toHaveLength(busy.length);
  expect(await rest.exited).toBe(0);
});

test('a connection that has sent nothing does not hold up the stop', async () => {
  const rest = await givenRest({SHUTDOWN_TIMEOUT_MS: '600000'});
  const silent = await openRaw(rest.url);
  await hasRead(rest);
  rest.signal('SIGTERM');
  expect(await silent.answers).toEqual([]);
  expect(await rest.exited).toBe(0);
});

test('a request that was refused before all of its body had come does not hold up the stop', async () => {
  const rest = await givenRest({SHUTDOWN_TIMEOUT_MS: '600000'});
  const connection = await openRaw(rest.url);
  const request = submission().replace('application/json', 'text/plain');
  connection.send(request.slice(0, -40));
  await connection.receives(1);
  connection.send(request.slice(-40));
  await hasRead(rest);
  rest.signal('SIGTERM');
  expect((await connection.answers).map(({status}) => status)).toEqual([415]);
  expect(await rest.exited).toBe(0);
});

/** A reader that has taken the first bytes of an answer of 13 MB, which is complete; it takes the rest in `readsAll`. */
async function givenSlowReader(rest: TestProcess): Promise<{readsAll(): Promise<void>}> {
  const email = `${randomUUID()}@example.org`;
  const {words, text} = searchedInquiry({name: 'Ada', email, message: ''}); // by which its inquiries are found
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, created_at, updated_at, message, search_words, search_text)
     SELECT ${idOf('now()')}, 'sales', 'Ada', $1, now(), now(), repeat('中', 5000), $2::tsvector, $3 FROM generate_series(1, 900)`,
    [email, words, text],
  );
  const token = await issuer.sign({scope: 'privacy:export'});
  const reader = await openRaw(rest.url);
  reader.send(postOf('/subject-exports', {email}, `Authorization: Bearer ${token}\r\n`));
  await reader.pausesAtFirstByte();
  const readsAll = async () => {
    reader.resume();
    const [answer] = await reader.answers;
    const length = Number(answer?.headers.get('Content-Length'));
    expect(Buffer.byteLength((await answer?.text()) ?? '', 'latin1')).toBe(length);
  };
  return {readsAll};
}

test('a reader that is slow gets the whole of an answer that was complete at SIGTERM', async () => {
  const rest = await givenRest();
  const reader = await givenSlowReader(rest);
  rest.signal('SIGTERM');
  await isClosed(rest);
  await reader.readsAll();
  expect(await rest.exited).toBe(0);
});

test('a reader that takes nothing holds up its own connection only, and still gets all of its answer', async () => {
  const rest = await givenRest({SHUTDOWN_TIMEOUT_MS: '600000'});
  const reader = await givenSlowReader(rest);
  const idle = await openRaw(rest.url);
  idle.send(submission());
  await idle.receives(1);
  rest.signal('SIGTERM');
  expect(await acknowledgedIds([idle])).toHaveLength(1); // once it is closed
  await reader.readsAll();
  expect(await rest.exited).toBe(0);
});
