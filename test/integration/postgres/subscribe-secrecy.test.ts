// POST /subscriptions does the same for every address, in the same time: nobody learns from it who is on a list, who has left
// one, and whose data was erased.
import {randomUUID} from 'node:crypto';
import {Agent, request as httpRequest} from 'node:http';
import type {PostgresDataSource} from '../../../src/datasources/postgres/postgres.datasource';
import {newId} from '../../../src/platform/time-ordered-id';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

const KINDS = ['new', 'active', 'pending', 'unsubscribed', 'erased'] as const;
type Kind = (typeof KINDS)[number];

/** Of each kind. */
const SAMPLES = 100;
/** The first requests compile code and plans. */
const WARM_UP = 10;
/**
 * How far the probability that one kind takes longer than another may be from one half (Mann and Whitney's U over the number of
 * pairs). By chance alone it is beyond this once in some 100,000 runs: its standard error is 0.041. Answers that are sent as soon
 * as they are there have 0.5 here.
 */
const MOST_APART = 0.2;
/** How much longer PostgreSQL takes for a known address here, so that what hides it has something to hide. */
const SLOWER_S = 0.005;

let database: TestDatabase;
let rest: TestRest;
let privacy: {Authorization: string};

beforeAll(async () => {
  const [cloned, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  database = cloned;
  rest = await givenRest({databaseUrl: database.url, issuer});
  privacy = {Authorization: `Bearer ${await issuer.sign({scope: 'privacy:erase'})}`};
});

const CONSENT = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};

/** So many addresses, each with a subscription in this state. */
async function givenAddresses(kind: Kind, count: number): Promise<string[]> {
  const addresses = Array.from({length: count}, () => `${randomUUID()}@example.org`);
  if (kind === 'new') return addresses;
  const status = kind === 'erased' ? 'active' : kind;
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, status, consent_version, consent_text_sha256, consented_at,
                               unsubscribed_at, created_at, updated_at)
     SELECT id, email, email, $3::subscription_status, '2026-11', repeat('a', 64), now(),
            CASE WHEN $3 = 'unsubscribed' THEN now() END, now(), now()
     FROM unnest($1::uuid[], $2::text[]) AS given (id, email)`,
    [addresses.map(newId), addresses, status],
  );
  if (kind !== 'erased') return addresses;
  for (const email of addresses) expect((await rest.post('/erasures', {email}, privacy)).status).toBe(200);
  return addresses;
}

test('each request is one statement, the same, that writes one row of subscriptions and one of their history', async () => {
  const postgres = rest.app.getSync<PostgresDataSource>('datasources.postgres');
  const query = postgres.query.bind(postgres);
  const sent: unknown[] = [];
  postgres.query = statement => {
    sent.push([statement.name, statement.text, statement.values?.length]);
    return query(statement);
  };
  const statements = new Map<Kind, unknown[]>();
  for (const kind of KINDS) {
    const [email] = await givenAddresses(kind, 1);
    sent.length = 0;
    await rest.post('/subscriptions', {email, ...CONSENT});
    statements.set(kind, [...sent]);
    const written = await database.query(
      `SELECT count(*)::int AS entries, bool_and(entry.xmin = subscription.xmin) AS "isOneTransaction"
       FROM subscription JOIN subscription_consent AS entry ON subscription_id = subscription.id WHERE email = $1`,
      [email],
    );
    expect([kind, written]).toEqual([kind, [{entries: 1, isOneTransaction: true}]]);
  }
  postgres.query = query;
  expect(statements.get('new')).toHaveLength(1);
  for (const kind of KINDS) expect([kind, statements.get(kind)]).toEqual([kind, statements.get('new')]);
});

test('an answer comes after the same time whatever the address is, also where PostgreSQL takes longer for known ones', async () => {
  const addresses = new Map<Kind, string[]>();
  for (const kind of KINDS) addresses.set(kind, await givenAddresses(kind, SAMPLES + WARM_UP));
  await database.query(
    `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(${SLOWER_S}); RETURN NEW; END'`,
  );
  await database.query('CREATE TRIGGER slow BEFORE UPDATE ON subscription FOR EACH ROW EXECUTE FUNCTION slow()');
  const lanes = KINDS.map(kind => ({kind, post: givenConnection(), times: [] as number[]}));
  for (let round = 0; round < SAMPLES + WARM_UP; round += 1) {
    // One of each kind at a time, in another order each time: what else the machine does meets all of them.
    const work = shuffled(lanes).map(async ({kind, post, times}) => {
      const time = await post(JSON.stringify({email: addresses.get(kind)?.[round], ...CONSENT}));
      if (round >= WARM_UP) times.push(time);
    });
    await Promise.all(work);
  }
  const apart = lanes.flatMap(({kind, times}, index) =>
    lanes
      .slice(index + 1)
      .map(other => ({kinds: [kind, other.kind], apart: Math.abs(probabilityOfLonger(times, other.times) - 0.5)})),
  );
  expect(apart.filter(pair => pair.apart > MOST_APART)).toEqual([]);
});

/** Posts over one connection; resolves with the milliseconds until the whole answer is there. */
function givenConnection(): (body: string) => Promise<number> {
  const agent = new Agent({keepAlive: true, maxSockets: 1});
  onTeardown(() => {
    agent.destroy();
    return Promise.resolve();
  });
  const headers = {'Content-Type': 'application/json'};
  return body =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const asked = httpRequest(`${rest.url}/subscriptions`, {method: 'POST', agent, headers}, answer => {
        answer.resume().once('end', () => resolve(performance.now() - begun));
        expect(answer.statusCode).toBe(202);
      });
      asked.once('error', reject).end(body);
    });
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map(item => ({item, place: Math.random()}))
    .sort((one, other) => one.place - other.place)
    .map(({item}) => item);
}

/** The probability that one of the first takes longer than one of the second; ties count one half. */
function probabilityOfLonger(first: readonly number[], second: readonly number[]): number {
  let longer = 0;
  for (const one of first) for (const other of second) longer += one > other ? 1 : one === other ? 0.5 : 0;
  return longer / (first.length * second.length);
}
