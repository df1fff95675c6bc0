// PostgreSQL is away at start, lost under load, silent, and back: what cannot be stored is answered 503 with Retry-After,
// a 201 is always a row, the process of dist/ lives and recovers by itself.
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';
import {type Answer, submit, submitMany} from '../helpers/load';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {givenTcpProxy, type TcpProxy} from '../helpers/tcp-proxy';
import {givenTokenIssuer} from '../helpers/tokens';

const NO_ONE = '01900000-0000-7000-8000-000000000000';

let database: TestDatabase;
let proxy: TcpProxy;
let token: string;
let givenProcess: () => Promise<TestProcess>;
let rest: TestProcess;

beforeAll(async () => {
  const [ownDatabase, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  [database, token] = [ownDatabase, await issuer.sign()];
  const url = new URL(database.url);
  proxy = await givenTcpProxy({host: url.hostname, port: Number(url.port || 5432)});
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  givenProcess = () => givenRestProcess({databaseUrl: url.href, issuer});
  rest = await givenProcess();
});

beforeEach(() => proxy.pass());

async function expectUnavailable(response: Response): Promise<void> {
  expect(await response.json()).toMatchObject({type: '/problems/unavailable', status: 503});
  expect(response.status).toBe(503);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
}

/** Every route that needs the database says 503, also when many ask at once. */
async function expectEverythingUnavailable(process: TestProcess): Promise<void> {
  const subscription = {email: 'ada@example.org', consentVersion: '1', consentTextSha256: 'a'.repeat(64)};
  const requests = [
    ...Array.from({length: 10}, () => process.post('/inquiries', givenSubmission())),
    ...Array.from({length: 10}, () => process.get(`/inquiries/${NO_ONE}`, token)),
    process.post('/inquiries', givenSubmission(), {'Idempotency-Key': 'only-once'}),
    process.post('/subscriptions', subscription),
    process.get('/inquiries?total=true', token),
    ...Array.from({length: 90}, (_, index) => process.get(`/inquiries?limit=${index + 1}`, token)),
  ];
  for (const response of await Promise.all(requests)) await expectUnavailable(response);
  await eventually(() => expectReadiness(process, 503, {status: 'not-ready', postgres: 'down'}));
  expect((await process.get('/live')).status).toBe(200);
}

/** The pool serves again: many POSTs in a row are 201, and each way to read works. */
async function expectRecovery(process: TestProcess): Promise<void> {
  await eventually(() => expectReadiness(process, 200, {status: 'ready', postgres: 'up'}), 20_000);
  await eventually(async () => expectStored(await submitMany(process, 40)));
  const {id} = await submit(process);
  const one = await process.get(`/inquiries/${id}`, token);
  expect(one.status).toBe(200);
  expect(await one.json()).toMatchObject({id});
  expect((await process.get('/inquiries', token)).status).toBe(200);
  process.expectHealthy();
}

async function expectReadiness(process: TestProcess, status: number, body: object): Promise<void> {
  const response = await process.get('/ready');
  expect(await response.json()).toMatchObject(body);
  expect(response.status).toBe(status);
}

function expectStored(answers: readonly Answer[]): void {
  expect(answers.map(({status}) => status).filter(status => status !== 201)).toEqual([]);
}

/** Each answer is a 201 whose row is there, or a 503 problem that says when to come back; there are both. */
async function expectRowOrProblem(answers: readonly Answer[]): Promise<void> {
  const ids = answers.filter(({status}) => status === 201).map(({id}) => id);
  const [row] = await database.query<{count: string}>('SELECT count(*) FROM inquiry WHERE id = ANY ($1::uuid[])', [
    ids,
  ]);
  expect(Number(row?.count)).toBe(ids.length);
  const others = answers.filter(({status}) => status !== 201);
  for (const other of others) {
    expect(other).toMatchObject({status: 503, contentType: 'application/problem+json', retryAfter: '2'});
  }
  expect(Math.min(ids.length, others.length)).toBeGreaterThan(0);
}

test('a process that starts without PostgreSQL serves as soon as it comes, the first request by id included', async () => {
  await proxy.refuse();
  const early = await givenProcess();
  await expectEverythingUnavailable(early);
  await proxy.pass();
  await eventually(async () => expect((await early.get(`/inquiries/${NO_ONE}`, token)).status).toBe(404));
  await expectRecovery(early);
});

test('a process that starts on a PostgreSQL that never answers serves as soon as it does', async () => {
  proxy.blackHole();
  const early = await givenProcess();
  await expectEverythingUnavailable(early);
  await proxy.pass();
  await eventually(async () => expect((await early.get(`/inquiries/${NO_ONE}`, token)).status).toBe(404));
  await expectRecovery(early);
});

test('PostgreSQL refused under load: 201 with a row or 503, and recovery', async () => {
  const outage = async (answered: number) => {
    if (answered === 100) await proxy.refuse();
    if (answered === 250) await proxy.pass();
  };
  await expectRowOrProblem(await submitMany(rest, 400, outage));
  await proxy.refuse();
  await expectEverythingUnavailable(rest);
  await proxy.pass();
  await expectRecovery(rest);
});

test('connections cut again and again under load: 201 with a row or 503, and recovery', async () => {
  const answers = await submitMany(rest, 400, answered => (answered % 20 === 0 ? proxy.cut() : undefined));
  await expectRowOrProblem(answers);
  await expectRecovery(rest);
});

test('PostgreSQL silent under load: 201 with a row or 503 in bounded time, and recovery', async () => {
  const answers = await submitMany(rest, 140, answered => (answered === 100 ? proxy.blackHole() : undefined));
  await expectRowOrProblem(answers);
  await expectEverythingUnavailable(rest);
  await proxy.pass();
  await expectRecovery(rest);
});

const BACKENDS = `FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'outreach'`;

const countOf = (event: string) => rest.lines.filter(({msg}) => msg === event).length;

/** How many outages the log has seen; resolves when it has seen the end of each. */
async function endedOutages(): Promise<number> {
  return eventually(async () => {
    await rest.get('/ready');
    const outages = countOf('postgres.connection.lost') + countOf('postgres.unavailable');
    expect(countOf('postgres.connection.restored')).toBe(outages);
    return outages;
  });
}

test('connections that an administrator terminates, idle ones too, cost no crash, and are one outage of the log', async () => {
  await expectRecovery(rest); // so that there are idle connections
  const outages = await endedOutages();
  const terminated = await database.query(`SELECT pg_terminate_backend(pid) ${BACKENDS}`);
  expect(terminated.length).toBeGreaterThan(1);
  await eventually(async () => expect(await endedOutages()).toBe(outages + 1));
  const lost = rest.lines.filter(({msg}) => msg === 'postgres.connection.lost').at(-1);
  expect(lost).toMatchObject({level: 'warn', err: {code: '57P01'}});
  await expectRecovery(rest);
  expect(await endedOutages()).toBe(outages + 1);
});

test('a PostgreSQL that has become read-only stores nothing, says so with 503, and can still be read', async () => {
  const [{name} = {name: ''}] = await database.query<{name: string}>('SELECT current_database() AS name');
  await database.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await database.query(`SELECT pg_terminate_backend(pid) ${BACKENDS}`);
  await eventually(async () => expect((await rest.get('/inquiries', token)).status).toBe(200));
  await expectUnavailable(await rest.post('/inquiries', givenSubmission()));
  await database.query(`BEGIN READ WRITE; ALTER DATABASE ${name} RESET default_transaction_read_only; COMMIT`);
  await database.query(`SELECT pg_terminate_backend(pid) ${BACKENDS}`);
  await expectRecovery(rest);
});
