// outreach_feed_horizon_age_seconds: how long somebody has held back the feed.
import {Client} from 'pg';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {insertInquiry} from '../../helpers/feed';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTcpProxy} from '../../helpers/tcp-proxy';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

const NAME = 'outreach_feed_horizon_age_seconds';

/** The gauge as it is scraped; undefined when it is absent. */
async function scrape(rest: TestRest): Promise<number | undefined> {
  const port = rest.lines.find(({msg}) => msg === 'metrics.listening')?.port as number;
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(text).toContain(`# TYPE ${NAME} gauge`);
  expect(text).toMatch(/^outreach_postgres_connections\{/m); // the rest is there, whatever PostgreSQL does
  const value = new RegExp(`^${NAME} (\\S+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}

async function givenClient({url}: TestDatabase): Promise<Client> {
  const client = new Client({connectionString: url});
  await client.connect();
  onTeardown(() => client.end());
  return client;
}

test('grows while a transaction that has written is open, and not for one that only reads', async () => {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
  // The transactions of tests that run beside this one count too, but they end.
  const ageAtMost = (seconds: number) =>
    eventually(async () => expect(await scrape(rest)).toBeLessThan(seconds), 20_000);
  await ageAtMost(0.5);
  const reader = await givenClient(database);
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await reader.query('SELECT count(*) FROM inquiry');
  await eventually(async () => {
    const {rows} = await reader.query<{age: number}>(
      'SELECT extract(epoch FROM clock_timestamp() - now())::float AS age',
    );
    expect(rows[0]?.age).toBeGreaterThan(1);
  });
  await ageAtMost(0.5);
  const writer = await givenClient(database);
  await writer.query('BEGIN');
  await insertInquiry(writer);
  await eventually(async () => expect(await scrape(rest)).toBeGreaterThan(1));
  await writer.query('COMMIT');
  await ageAtMost(0.5);
});

test('is absent, and the scrape quick, while PostgreSQL hangs or is away', async () => {
  const database = await givenDatabase();
  const url = new URL(database.url);
  const proxy = await givenTcpProxy({host: url.hostname, port: Number(url.port || 5432)});
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  const rest = await givenRest({databaseUrl: url.href, issuer: await givenTokenIssuer()});
  expect(await scrape(rest)).toBeGreaterThanOrEqual(0);
  proxy.blackHole();
  const started = performance.now();
  expect(await scrape(rest)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
  await proxy.refuse();
  expect(await scrape(rest)).toBeUndefined();
  await proxy.pass();
  await eventually(async () => expect(await scrape(rest)).toBeGreaterThanOrEqual(0));
});
