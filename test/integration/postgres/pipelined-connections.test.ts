// Connections that carry many statements at a time: each caller gets its own rows, errors stay with who made them, and
// nobody waits for ever for a PostgreSQL that is lost, slow, silent or away.
import {randomUUID} from 'node:crypto';
import {
  PipelinedConnections,
  type PipelinedConnectionsOptions,
} from '../../../src/datasources/postgres/pipelined-connections';
import {PostgresDataSource} from '../../../src/datasources/postgres/postgres.datasource';
import {UnavailableError} from '../../../src/platform/errors';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenLogger} from '../../helpers/logger';
import {givenTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy';
import {onTeardown} from '../../helpers/teardown';

let database: TestDatabase;
let proxy: TcpProxy;
let proxied: string;

beforeAll(async () => {
  database = await givenDatabase();
  await database.query('CREATE TABLE written (id text PRIMARY KEY)');
  const url = new URL(database.url);
  proxy = await givenTcpProxy({host: url.hostname, port: Number(url.port || 5432)});
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  proxied = url.href;
});
beforeEach(() => proxy.pass());

interface TestReads extends PipelinedConnections {
  errors: Error[];
  /** By which PostgreSQL knows its connections. */
  application: string;
  /** How many connections it has, as PostgreSQL sees it. */
  backends: () => Promise<number>;
}

function givenReads(options: Partial<PipelinedConnectionsOptions> = {}): TestReads {
  const errors: Error[] = [];
  const application = `pipelined-${randomUUID()}`;
  const reads = new PipelinedConnections({
    // The time-out is the service's own.
    client: {connectionString: proxied, application_name: application, connectionTimeoutMillis: 2000},
    connections: 2,
    depth: 100,
    timeoutMs: 5000,
    onConnectionError: error => void errors.push(error),
    ...options,
  });
  onTeardown(() => reads.close());
  const backends = async () =>
    (await database.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [application])).length;
  return Object.assign(reads, {errors, application, backends});
}

const BACKENDS = 'SELECT pid FROM pg_stat_activity WHERE application_name = $1 ORDER BY pid';
const ECHO = {name: 'echo', text: 'SELECT $1::int, $2::text, NULL'};
const echoOf = (number: number) => ({...ECHO, values: [number, `text ${number}`]});
const echo = async (reads: PipelinedConnections, number: number) => (await reads.run(echoOf(number)))?.rows;
const sleep = async (reads: PipelinedConnections, seconds: number) =>
  (await reads.run({name: 'sleep', text: 'SELECT pg_sleep($1), 1', values: [seconds]}))?.rows;

test('many at once share the connections, and each gets its own rows as text', async () => {
  const reads = givenReads();
  const numbers = Array.from({length: 200}, (_, index) => index);
  const answers = await Promise.all(numbers.map(number => echo(reads, number)));
  expect(answers).toEqual(numbers.map(number => [[String(number), `text ${number}`, null]]));
  expect(await reads.backends()).toBe(2);
});

test('values keep the text of PostgreSQL, of every type', async () => {
  const text = `SELECT true, 1.50::numeric, '{"b": 1, "a": [2]}'::jsonb, '{1,2}'::int[], '\\x00ff'::bytea, 'Zoë – 😀'`;
  expect((await givenReads().run({name: 'types', text}))?.rows).toEqual([
    ['t', '1.50', '{"a": [2], "b": 1}', '{1,2}', '\\x00ff', 'Zoë – 😀'],
  ]);
});

test('an error rejects what caused it, and nothing behind it', async () => {
  const reads = givenReads({connections: 1});
  const failing = (divisor: number) => reads.run({name: 'divide', text: 'SELECT 1 / $1::int', values: [divisor]});
  const settled = await Promise.allSettled([echo(reads, 1), failing(0), echo(reads, 2), failing(1), echo(reads, 3)]);
  expect(settled.map(({status}) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(settled[1]).toMatchObject({reason: {code: '22012'}});
  expect(settled[4]).toMatchObject({value: [['3', 'text 3', null]]});
  expect(reads.errors).toEqual([]);
});

test('when all are full nothing is sent, and the answer is at once', async () => {
  const reads = givenReads({depth: 3});
  const underWay = Array.from({length: 6}, (_, number) => echo(reads, number));
  expect(reads.run(echoOf(6))).toBeUndefined();
  expect(await Promise.all(underWay)).toHaveLength(6);
  expect(await echo(reads, 7)).toEqual([['7', 'text 7', null]]);
});

test('what is under way on a lost connection rejects, and the next connects anew', async () => {
  const reads = givenReads({connections: 1});
  await echo(reads, 1);
  const underWay = Promise.allSettled([sleep(reads, 20), echo(reads, 2), echo(reads, 3)]);
  await eventually(async () => expect(await reads.backends()).toBe(1));
  proxy.cut();
  expect((await underWay).map(({status}) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await echo(reads, 4)).toEqual([['4', 'text 4', null]]);
  expect(reads.errors).toHaveLength(1);
});

test('a statement that takes too long costs its connection, and the next one works', async () => {
  const reads = givenReads({connections: 1, timeoutMs: 1000});
  await echo(reads, 1);
  const began = performance.now();
  const settled = await Promise.allSettled([sleep(reads, 20), echo(reads, 2)]);
  expect(settled.map(({status}) => status)).toEqual(['rejected', 'rejected']);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await echo(reads, 3)).toEqual([['3', 'text 3', null]]);
});

test('a statement before which nothing is slow may take its time again and again', async () => {
  const reads = givenReads({connections: 1, timeoutMs: 1000});
  for (let count = 0; count < 8; count++) expect(await sleep(reads, 0.3)).toEqual([['', '1']]);
});

test('a connection that carries nothing for a while is closed, and the next statement connects anew', async () => {
  const reads = givenReads({connections: 1});
  await echo(reads, 1);
  await eventually(async () => expect(await reads.backends()).toBe(0), 20_000);
  expect(await echo(reads, 2)).toEqual([['2', 'text 2', null]]);
  expect(reads.errors).toEqual([]);
});

test('connections that are kept warm are there before the first statement, and stay although nothing is asked', async () => {
  const reads = givenReads({areWarm: true});
  reads.open();
  await eventually(async () => expect(await reads.backends()).toBe(2));
  const pids = async () => (await database.query<{pid: number}>(BACKENDS, [reads.application])).map(({pid}) => pid);
  const before = await pids();
  const isAsked = async () => {
    const rows = await database.query('SELECT FROM pg_stat_activity WHERE application_name = $1 AND query = $2', [
      reads.application,
      'SELECT 1',
    ]);
    expect(rows).toHaveLength(2);
  };
  await eventually(isAsked, 25_000); // after the time in which others are closed
  expect(await pids()).toEqual(before);
  expect(reads.errors).toEqual([]);
});

test('a connection that is kept warm is opened again after it was lost, before anything is asked', async () => {
  const reads = givenReads({areWarm: true});
  reads.open();
  await eventually(async () => expect(await reads.backends()).toBe(2));
  proxy.cut();
  await eventually(async () => expect(await reads.backends()).toBe(0));
  await eventually(async () => expect(await reads.backends()).toBe(2));
  await reads.close();
  await eventually(async () => expect(await reads.backends()).toBe(0));
});

test('nothing is sent behind a statement that is slow', async () => {
  const reads = givenReads({connections: 1});
  await echo(reads, 1);
  const slow = sleep(reads, 1);
  await eventually(() => expect(reads.run(echoOf(2))).toBeUndefined());
  expect(await slow).toEqual([['', '1']]);
  // What was sent before it was slow is answered right after it, and only then is nothing held up any more.
  await eventually(async () => expect(await echo(reads, 3)).toEqual([['3', 'text 3', null]]));
});

test('closing says goodbye to a PostgreSQL that has fallen silent, and waits for no answer', async () => {
  const reads = givenReads();
  await Promise.all([echo(reads, 1), echo(reads, 2)]);
  proxy.blackHole();
  await reads.close();
});

test('closing waits for what is under way and takes nothing more', async () => {
  const reads = givenReads();
  const underWay = [sleep(reads, 0.3), echo(reads, 1)];
  const closed = reads.close();
  expect(reads.run(echoOf(2))).toBeUndefined();
  await closed;
  expect(await Promise.all(underWay)).toEqual([[['', '1']], [['1', 'text 1', null]]]);
  await eventually(async () => expect(await reads.backends()).toBe(0));
});

describe('through the datasource', () => {
  function givenDataSource(): PostgresDataSource {
    const postgres = new PostgresDataSource({url: proxied, poolSize: 6, logger: givenLogger().logger});
    onTeardown(() => postgres.stop());
    return postgres;
  }
  const read = (postgres: PostgresDataSource, number: number) => postgres.readText(echoOf(number));

  test('more than all connections carry are read through the pool', async () => {
    const postgres = givenDataSource();
    const answers = await Promise.all(Array.from({length: 200}, (_, number) => read(postgres, number)));
    expect(answers.map(([row]) => row?.[0])).toEqual(Array.from({length: 200}, (_, number) => String(number)));
  });

  test('where a table is not there, who asks first gets its error, and all behind are refused for now', async () => {
    const postgres = givenDataSource();
    await Promise.all([1, 2].map(number => read(postgres, number)));
    const missing = {name: 'missing', text: 'SELECT 1 FROM not_there_yet'};
    const settled = await Promise.allSettled(Array.from({length: 20}, () => postgres.readText(missing)));
    const reasons = settled.map(outcome => (outcome as PromiseRejectedResult).reason as Error & {code?: string});
    const [own, behind] = [reasons.filter(({code}) => code === '42P01'), reasons.filter(({code}) => code !== '42P01')];
    expect(own.length).toBeGreaterThan(0);
    for (const reason of behind) expect(reason).toBeInstanceOf(UnavailableError);
    expect(await read(postgres, 3)).toEqual([['3', 'text 3', null]]);
  });

  test.each([1, 2, 3, 5, 6, 10])(
    'with %d connections in all, many reads and writes at once are done',
    async poolSize => {
      const postgres = new PostgresDataSource({url: proxied, poolSize, logger: givenLogger().logger});
      onTeardown(() => postgres.stop());
      const numbers = Array.from({length: 40}, (_, number) => number);
      const write = (number: number) =>
        postgres.write({name: 'write', text: 'INSERT INTO written VALUES ($1)', values: [`${poolSize}-${number}`]});
      const [rows, counts] = await Promise.all([
        Promise.all(numbers.map(number => read(postgres, number))),
        Promise.all(numbers.map(write)),
      ]);
      expect(rows.map(([row]) => row?.[0])).toEqual(numbers.map(String));
      expect(counts).toEqual(numbers.map(() => 1));
    },
  );

  test('a statement without a name is read through the pool', async () => {
    const rows = await givenDataSource().readText({text: `SELECT 1, current_setting('application_name'), NULL`});
    expect(rows).toEqual([['1', 'outreach', null]]);
  });

  test.each([
    ['refused', 'refuse'],
    ['accepted and never answered', 'blackHole'],
  ] as const)('while a connection is %s, reads are unavailable; then they work', async (_, outage) => {
    const postgres = givenDataSource();
    if (outage === 'refuse') await proxy.refuse();
    else proxy.blackHole();
    const settled = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(number => read(postgres, number)));
    for (const outcome of settled) {
      expect(outcome).toMatchObject({status: 'rejected', reason: expect.any(UnavailableError) as UnavailableError});
    }
    await proxy.pass();
    expect(await read(postgres, 7)).toEqual([['7', 'text 7', null]]);
  });

  test('a PostgreSQL that falls silent makes reads unavailable in bounded time; then they work', async () => {
    const postgres = givenDataSource();
    await Promise.all([1, 2, 3, 4].map(number => read(postgres, number)));
    proxy.blackHole();
    const settled = await Promise.allSettled(Array.from({length: 40}, (_, number) => read(postgres, number)));
    expect(settled.filter(({status}) => status === 'fulfilled')).toEqual([]);
    await proxy.pass();
    await eventually(async () => expect(await read(postgres, 7)).toEqual([['7', 'text 7', null]]));
  });
});
