// A submission with an Idempotency-Key that is sent again: while the first one is still being stored, after the process that
// stored it has died without an answer, on another replica, and after the key has expired.
import {randomUUID} from 'node:crypto';
import {Client} from 'pg';
import {boundOfTime} from '../../src/platform/time-ordered-id';
import {IDEMPOTENCY_KEY_DAYS} from '../../src/services/retention.service';
import {runCommand} from '../helpers/command';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {givenTcpProxy} from '../helpers/tcp-proxy';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

interface Repeatable {
  email: string;
  /** Sends it; resolves with the id of the answer. */
  to(rest: TestProcess): Promise<string>;
}

function givenRepeatable(): Repeatable {
  const [body, headers] = [givenSubmission(), {'Idempotency-Key': randomUUID()}];
  return {
    email: String(body.email),
    to: async rest => {
      const response = await rest.post('/inquiries', body, headers);
      expect(response.status).toBe(201);
      return ((await response.json()) as {id: string}).id;
    },
  };
}

async function storedIds(email: string): Promise<string[]> {
  const rows = await database.query<{id: string}>('SELECT id FROM inquiry WHERE email = $1', [email]);
  return rows.map(({id}) => id);
}

test('the process dies between the commit and its answer: a repeat gets the stored inquiry', async () => {
  const {hostname, port} = new URL(database.url);
  const proxy = await givenTcpProxy({host: hostname, port: Number(port)});
  const throughProxy = new URL(database.url);
  throughProxy.port = String(proxy.port);
  const first = await givenRestProcess({databaseUrl: throughProxy.href, issuer});
  await givenRepeatable().to(first); // prepares the statement
  const submission = givenRepeatable();
  proxy.holdAnswers();
  const unanswered = submission.to(first).catch(() => 'no answer');
  const [stored] = await eventually(async () => {
    const ids = await storedIds(submission.email);
    expect(ids).toHaveLength(1);
    return ids;
  });
  first.signal('SIGKILL');
  expect(await unanswered).toBe('no answer');
  const second = await givenRestProcess({databaseUrl: database.url, issuer});
  expect(await submission.to(second)).toBe(stored);
  expect(await storedIds(submission.email)).toEqual([stored]);
});

test('a repeat on another replica while the first one is being stored waits for it, and gets its answer', async () => {
  const replicas = await Promise.all([1, 2].map(() => givenRestProcess({databaseUrl: database.url, issuer})));
  const submission = givenRepeatable();
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  await client.query('BEGIN');
  await client.query('LOCK TABLE inquiry IN SHARE MODE'); // no row is stored meanwhile
  const answers = replicas.map(replica => submission.to(replica));
  await eventually(async () => {
    const waiting = await database.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(waiting).toHaveLength(2);
  });
  await client.query('COMMIT');
  const [id, sameId] = await Promise.all(answers);
  expect(sameId).toBe(id);
  expect(await storedIds(submission.email)).toEqual([id]);
});

test('a key that has expired is forgotten: the same submission is another inquiry', async () => {
  const rest = await givenRestProcess({databaseUrl: database.url, issuer});
  const submission = givenRepeatable();
  const id = await submission.to(rest);
  expect(await submission.to(rest)).toBe(id);
  const age = (days: number) =>
    database.query('UPDATE idempotency_record SET id = $1', [
      boundOfTime(new Date(Date.now() - days * 86_400_000), 'first'),
    ]);
  const forget = () => runCommand('retention', {env: {DATABASE_URL: database.url}});
  await age(IDEMPOTENCY_KEY_DAYS - 1);
  await forget();
  expect(await database.query('SELECT FROM idempotency_record')).not.toHaveLength(0);
  await age(IDEMPOTENCY_KEY_DAYS + 1);
  await forget();
  const another = await submission.to(rest);
  expect(another).not.toBe(id);
  expect((await storedIds(submission.email)).sort()).toEqual([id, another].sort());
});
