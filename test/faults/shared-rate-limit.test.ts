// The rate limit of two replicas that count together through Redis: what one has seen holds at the other; a Redis that is frozen,
// dead, full of errors or slow holds up nobody, and each replica counts on by itself from where it was.
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';
import {givenRedis, type PrivateRedis} from '../helpers/redis';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const LIMIT = 20;
let database: TestDatabase;
let issuer: TokenIssuer;
let redis: PrivateRedis;
let replicas: [TestRest, TestRest];
let clients = 0;

beforeAll(async () => {
  [database, issuer, redis] = await Promise.all([givenDatabase(), givenTokenIssuer(), givenRedis()]);
  replicas = await Promise.all([start(), start()]);
});

function start(store = 'redis'): Promise<TestRest> {
  const env = {
    RATE_LIMIT: 'on',
    RATE_LIMIT_STORE: store,
    RATE_LIMIT_PER_CLIENT: String(LIMIT),
    RATE_LIMIT_FLOOD_PER_CLIENT: '30',
    RATE_LIMIT_PER_EMAIL: '1000',
    TRUST_PROXY_HOPS: '1',
    LOG_LEVEL: 'trace',
  };
  return givenRest({databaseUrl: database.url, issuer, redisUrl: redis.url, redisKey: 'shared', env});
}

const newClient = () => `203.0.113.${(clients += 1)}`;
const post = (rest: TestRest, client: string) =>
  rest.post('/inquiries', givenSubmission({email: 'zqMark7@example.org'}), {'X-Forwarded-For': client});

async function verdictOf(answer: Response): Promise<string> {
  if (answer.status === 429) return 'refused';
  expect(answer.status).toBe(201);
  const {id} = (await answer.json()) as {id: string};
  const [row] = await database.query('SELECT status FROM inquiry WHERE id = $1', [id]);
  return String(row?.status);
}

async function verdictsOf(rest: TestRest, client: string, count: number): Promise<string[]> {
  const verdicts: string[] = [];
  for (let index = 0; index < count; index += 1) verdicts.push(await verdictOf(await post(rest, client)));
  return verdicts;
}

const countersAreConnected = (count: number) =>
  eventually(async () => {
    const list = String(await redis.command('CLIENT', 'LIST'));
    expect(list.match(/name=outreach-counters/g) ?? []).toHaveLength(count);
  });
const learned = (total: number) =>
  eventually(async () => {
    const keys = (await redis.command('KEYS', 'shared#rate:client:*')) as string[];
    const counts = await Promise.all(keys.map(async key => Number(await redis.command('GET', key))));
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(total);
  });

test('what one replica has counted holds at the other, but for one submission and those of the moment', async () => {
  await countersAreConnected(2);
  const [one, other] = replicas;
  const client = newClient();
  expect(await verdictsOf(one, client, LIMIT)).toEqual(Array(LIMIT).fill('new'));
  await learned(LIMIT);
  expect(await verdictOf(await post(other, client))).toBe('new'); // it learns of the others by this one
  await learned(LIMIT + 1);
  expect((await verdictsOf(other, client, 4)).slice(1)).toEqual(['spam', 'spam', 'spam']);
  expect((await verdictsOf(other, client, 8)).at(-1)).toBe('refused');
  expect(await verdictOf(await post(other, newClient()))).toBe('new');
});

test('a replica that starts knows what the others have counted, and one that counts for itself does not', async () => {
  const client = newClient();
  await verdictsOf(replicas[0], client, LIMIT + 5);
  const [fresh, alone] = await Promise.all([start(), start('memory')]);
  await countersAreConnected(3);
  await post(fresh, client);
  await eventually(async () => expect(await verdictOf(await post(fresh, client))).toBe('spam'));
  expect(new Set(await verdictsOf(alone, client, 5))).toEqual(new Set(['new']));
  await Promise.all([fresh.stop(), alone.stop()]);
});

test('what is in Redis leads to nobody, and does not stay', async () => {
  await post(replicas[0], newClient());
  await learned(1);
  const keys = (await redis.command('KEYS', '*')) as string[];
  expect(keys.length).toBeGreaterThan(2);
  for (const key of keys) {
    expect(key).toMatch(/^shared#rate:(client|email|all):\d+:[0-9a-f]{16,32}$/);
    const [value, ttl] = [await redis.command('GET', key), Number(await redis.command('PTTL', key))];
    expect(value).toMatch(/^\d+$/);
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(1_200_000);
  }
});

test.each<[string, () => unknown, () => unknown]>([
  ['frozen', () => redis.freeze(), () => redis.thaw()],
  ['killed', () => redis.kill(), () => redis.start()],
  [
    'without the right to count',
    () => redis.command('ACL', 'SETUSER', 'default', '-incrby'),
    () => redis.command('ACL', 'SETUSER', 'default', '+incrby'),
  ],
])(
  'while Redis is %s, each replica counts on from what it knew, and they count together again after',
  async (_, begin, end) => {
    const [one, other] = replicas;
    const client = newClient();
    await verdictsOf(one, client, LIMIT - 5);
    await post(other, client);
    await learned(LIMIT - 4);
    await begin();
    // Redis answers nothing until the end of this block: who waited for it would wait for ever.
    expect(await verdictsOf(one, client, 7)).toEqual([...Array<string>(5).fill('new'), 'spam', 'spam']);
    expect((await verdictsOf(other, client, 7)).at(-1)).toBe('spam'); // it had learned of all
    const stranger = newClient();
    expect((await verdictsOf(other, stranger, LIMIT + 1)).at(-1)).toBe('spam');
    await end();
    await eventually(async () => {
      const fresh = newClient();
      await verdictsOf(one, fresh, LIMIT + 2);
      // Three alone are far below the limit: what the third one meets, this replica has learned of the other.
      expect((await verdictsOf(other, fresh, 3)).at(-1)).toBe('spam');
    });
    const logged = replicas.map(rest => rest.text()).join('');
    expect(logged).not.toMatch(/203\.0\.113|zqmark7/i);
  },
);

test('a right that is missing is an error of the log, since it stays', () => {
  const failed = replicas.flatMap(({lines}) => lines.filter(({msg}) => msg === 'rate_limit.store.failed'));
  expect(failed).toContainEqual(expect.objectContaining({level: 'error', reason: 'NOPERM'}));
});
