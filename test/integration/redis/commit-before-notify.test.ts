// The order of steps: commit, then answer, then notify. Shown by holding the commit back, not by a clock.
import {Client} from 'pg';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenEmitter, type TestEmitter} from '../../helpers/emitter';
import {eventually} from '../../helpers/eventually';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestObserver} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let rest: TestRest;
let observer: TestObserver;
let emitter: TestEmitter;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  const [created, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  database = created;
  rest = await givenRest({databaseUrl: database.url, issuer, ...redis});
  const gateway = await givenGateway({issuer, ...redis});
  observer = await givenObserver(gateway.url, await issuer.sign());
  emitter = await givenEmitter(redis);
});

beforeEach(() => {
  observer.events.length = 0;
});

/** Holds every commit of an inquiry back until it is called. */
async function holdCommits(): Promise<() => Promise<void>> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE inquiry IN SHARE MODE');
  let ended: Promise<void> | undefined;
  const release = () => (ended ??= client.end());
  onTeardown(release);
  return release;
}

async function waitingInserts(): Promise<number> {
  const rows = await database.query(
    `SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach' AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}

/** Whatever was published before now has reached the observer when this resolves; it removes its own event. */
async function barrier(): Promise<void> {
  const id = await emitter.send('sales');
  await observer.receives(id);
  observer.events.splice(
    observer.events.findIndex(({data}) => data.inquiryId === id),
    1,
  );
}

const WAYS: readonly [string, Record<string, string>][] = [
  ['without a key', {}],
  ['with an Idempotency-Key', {'Idempotency-Key': 'held-back'}],
];

test.each(WAYS)('nobody is answered or notified before the commit (%s)', async (_way, headers) => {
  const release = await holdCommits();
  let answered = false;
  const posting = rest.post('/inquiries', givenSubmission(), headers).finally(() => (answered = true));
  await eventually(async () => expect(await waitingInserts()).toBe(1));
  await barrier();
  expect([answered, observer.events]).toEqual([false, []]);
  await release();
  const response = await posting;
  expect(response.status).toBe(201);
  const {id} = (await response.json()) as {id: string};
  expect(await database.query('SELECT FROM inquiry WHERE id = $1', [id])).toHaveLength(1);
  await observer.receives(id);
  await barrier();
  expect(observer.events).toHaveLength(1);
});

test.each(WAYS)('what PostgreSQL refuses is emitted to nobody (%s)', async (_way, headers) => {
  await database.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
     CREATE TRIGGER refuse BEFORE INSERT ON inquiry FOR EACH ROW EXECUTE FUNCTION refuse();`,
  );
  const response = await rest.post('/inquiries', givenSubmission(), headers);
  await database.query('DROP FUNCTION refuse CASCADE');
  expect(response.status).toBe(500);
  await eventually(() => expect(rest.socketEvents.pending).toBe(0));
  await barrier();
  expect(observer.events).toEqual([]);
});
