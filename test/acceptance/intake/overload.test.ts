// One client cannot hold up another: who floods waits behind themselves, is refused first, and costs little.
import {Client} from 'pg';
import {InquiryRepository} from '../../../src/repositories/inquiry/inquiry.repository';
import {MAX_UNDER_WAY_PER_CLIENT} from '../../../src/rest/server/unread-connections';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenHttpClient, type HttpAnswer, type HttpClient} from '../../helpers/http-client';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type RestOptions, type TestRest} from '../../helpers/rest';
import {openRaw, type RawConnection} from '../../helpers/raw-connection';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

const LIMITS = {
  concurrency: 4,
  sharedConcurrency: 4,
  concurrentBytes: 64 * 1024,
  turnBytes: 64 * 1024,
  queueLimit: 20,
  maxWaitMs: 60_000,
};
const WIDE_LIMITS = {...LIMITS, queueLimit: 200};

interface TestService {
  database: TestDatabase;
  rest: TestRest;
  flood: HttpClient;
  visitor: HttpClient;
}

async function givenService(options: Partial<RestOptions> = {}): Promise<TestService> {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer(), ...options});
  return {
    database,
    rest,
    flood: givenHttpClient(rest.url, '127.0.0.2'),
    visitor: givenHttpClient(rest.url, '127.0.0.3'),
  };
}

/** Lets nothing be stored until the function that this resolves with is called. */
async function holdBack(database: TestDatabase): Promise<() => Promise<unknown>> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  await client.query('BEGIN; LOCK TABLE inquiry IN SHARE MODE');
  return () => client.query('COMMIT');
}

const statusesOf = (answers: readonly HttpAnswer[]) => answers.map(({status}) => status).sort();
const many = <T>(count: number, make: (index: number) => T) => Array.from({length: count}, (_, index) => make(index));
const metric = async (rest: TestRest, name: string) => {
  const line = rest.lines.find(({msg}) => msg === 'metrics.listening');
  const text = await (await fetch(`http://127.0.0.1:${String(line?.port)}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
};
const waitingAre = (rest: TestRest, count: number) =>
  eventually(async () => expect(await metric(rest, 'outreach_submissions_queued')).toBe(count));

describe('when more submissions wait than may', () => {
  let service: TestService;
  let letGo: () => Promise<unknown>;
  let flooded: Promise<HttpAnswer>[];

  beforeEach(async () => {
    service = await givenService({submissionLimits: LIMITS});
    letGo = await holdBack(service.database);
    const answered: HttpAnswer[] = [];
    flooded = many(40, async () => {
      const answer = await service.flood.post('/inquiries', givenSubmission());
      answered.push(answer);
      return answer;
    });
    await eventually(() => expect(answered).toHaveLength(16)); // 4 are being stored, 20 wait
    expect(answered.map(({status, retryAfter}) => [status, retryAfter])).toEqual(many(16, () => [503, '2']));
  });

  test('the client that floods is refused, and a visitor is not: one more of the flood makes room', async () => {
    const visits = many(3, () => service.visitor.post('/inquiries', givenSubmission({name: 'Visitor'})));
    await eventually(async () => expect(await metric(service.rest, 'outreach_submissions_refused_total')).toBe(19));
    expect(await metric(service.rest, 'outreach_submissions_queued')).toBe(20);
    await letGo();
    expect(statusesOf(await Promise.all(visits))).toEqual([201, 201, 201]);
    const statuses = statusesOf(await Promise.all(flooded));
    expect(statuses).toEqual([...many(21, () => 201), ...many(19, () => 503)]);
    const rows = await service.database.query<{name: string}>('SELECT name FROM inquiry ORDER BY created_at, id');
    const places = rows.flatMap(({name}, place) => (name === 'Visitor' ? [place] : []));
    expect(places.every(place => place < 4 + 2 * 3 + 1)).toBe(true); // in turns with the flood that came before it
  });

  test('it is refused before its body is read', async () => {
    const socket = service.flood.connect();
    const answer = new Promise<string>(resolve => socket.once('data', chunk => resolve(chunk.toString())));
    socket.write(
      'POST /inquiries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 30000\r\n\r\n',
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 503 /);
    await letGo();
    await Promise.all(flooded);
  });

  test('probes and other routes are answered', async () => {
    for (const path of ['/live', '/ready', '/openapi.json']) {
      expect((await service.flood.get(path)).status).toBe(200);
    }
    await letGo();
    await Promise.all(flooded);
  });

  test('the log has one line a second with a count, and no line has a stack', async () => {
    await letGo();
    await Promise.all(flooded);
    await service.rest.stop(); // writes what is held back
    const lines = () => service.rest.lines.filter(({msg}) => msg === 'request.unavailable');
    expect(lines().reduce((sum, {count}) => sum + Number(count), 0)).toBe(16);
    expect(lines().length).toBeLessThan(4);
    expect(lines()[0]).toMatchObject({level: 'warn', reason: 'overload', count: 1});
    expect(JSON.stringify(lines())).not.toContain(' at ');
  });
});

test('a visitor is stored while a client sends 6,000 submissions ahead on one connection, and all are answered', async () => {
  const {rest, flood, visitor, database} = await givenService();
  const body = JSON.stringify(givenSubmission());
  const head = `POST /inquiries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = flood.connect();
  const statuses = new Map<string, number>();
  let cut = ''; // of a status line that two chunks share
  socket.on('data', chunk => {
    const text = cut + chunk.toString('latin1');
    for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3})/g)) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    cut = /HTTP\/1\.1 \d{3}$/.test(text) ? '' : text.slice(-11).replace(/^.*HTTP\/1\.1 \d{3}/, '');
  });
  socket.write((head + body).repeat(6000));
  const visits: number[] = [];
  while ((statuses.get('201') ?? 0) < 5900) {
    visits.push((await visitor.post('/inquiries', givenSubmission())).status);
  }
  await eventually(() => expect(Object.fromEntries(statuses)).toEqual({201: 6000}), 60_000);
  expect(new Set(visits)).toEqual(new Set([201]));
  expect(await database.query('SELECT FROM inquiry')).toHaveLength(6000 + visits.length);
  rest.lines.forEach(({level}) => expect(level).not.toBe('error'));
});

test('of one connection only 4 requests are under way, whatever is sent ahead on it', async () => {
  const {rest, flood, visitor, database} = await givenService();
  const inquiries = await rest.app.getRepository(InquiryRepository);
  const letGo = await holdBack(database);
  const body = JSON.stringify(givenSubmission());
  const head = `POST /inquiries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  flood.connect().write((head + body).repeat(100));
  await eventually(() => expect(inquiries.waiting).toBe(2)); // and 2 are being stored
  const visit = visitor.post('/inquiries', givenSubmission());
  await eventually(() => expect(inquiries.waiting).toBe(3)); // what came before it on the other connection still waits
  await letGo();
  expect((await visit).status).toBe(201);
  await eventually(async () => expect(await database.query('SELECT FROM inquiry')).toHaveLength(101));
});

test('a connection on which too much is sent ahead is cut off', async () => {
  const {rest, flood, visitor} = await givenService();
  const socket = flood.connect();
  const closed = new Promise(resolve => socket.once('close', resolve));
  socket.resume().write('GET /nope HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20_000));
  await closed;
  expect(
    await metric(rest, 'outreach_http_connections_refused_total{reason="written_ahead"}'.replace(/[{}]/g, '\\$&')),
  ).toBe(1);
  expect((await visitor.get('/live')).status).toBe(200);
});

describe('connections', () => {
  const refused = (reason: string) => `outreach_http_connections_refused_total\\{reason="${reason}"\\}`;
  // Resolves with whether the connection still stands once the service has answered on it.
  const isServed = (client: HttpClient) =>
    new Promise<boolean>(resolve => {
      const socket = client.connect();
      socket.once('data', () => resolve(true));
      socket.once('close', () => resolve(false));
      socket.write('GET /live HTTP/1.1\r\nHost: a\r\n\r\n');
    });

  test('one client may have half of them', async () => {
    const {rest, flood, visitor} = await givenService({env: {MAX_CONNECTIONS: '20'}});
    const served = await Promise.all(many(12, () => isServed(flood)));
    expect(served.filter(Boolean)).toHaveLength(10);
    expect(await isServed(visitor)).toBe(true);
    expect(await metric(rest, refused('client_connections'))).toBe(2);
    expect(rest.lines.filter(({msg}) => msg === 'http.connection.refused')).not.toEqual([]);
  });

  test('behind a proxy its connections are everybody’s, and all together have a limit', async () => {
    const {rest, flood} = await givenService({env: {MAX_CONNECTIONS: '20', TRUST_PROXY_HOPS: '1'}});
    const served = await Promise.all(many(23, () => isServed(flood)));
    expect(served.filter(Boolean)).toHaveLength(20);
    expect(await metric(rest, refused('connections'))).toBe(3);
  });
});

test('behind a proxy, clients are told apart by what it has added to X-Forwarded-For', async () => {
  const service = await givenService({env: {TRUST_PROXY_HOPS: '1'}});
  const {rest, database} = service;
  const letGo = await holdBack(database);
  const inquiries = await rest.app.getRepository(InquiryRepository);
  const post = (client: string, name: string) =>
    rest.post('/inquiries', givenSubmission({name}), {'X-Forwarded-For': `198.51.100.1, ${client}`});
  const flooded = many(300, () => post('192.0.2.1', 'Flood'));
  await eventually(() => expect(inquiries.waiting).toBe(126)); // 128 are being worked on, the others wait at the door
  const visit = post('192.0.2.2', 'Visitor');
  await eventually(async () => expect(await metric(rest, 'outreach_submissions_queued')).toBe(173));
  await letGo();
  expect((await visit).status).toBe(201);
  await Promise.all(flooded);
  const rows = await database.query<{name: string}>('SELECT name FROM inquiry ORDER BY created_at, id');
  expect(rows.findIndex(({name}) => name === 'Visitor')).toBeLessThan(128 + 64);
});

describe('a client with many requests under way', () => {
  const nothing = 'GET /nothing HTTP/1.1\r\nHost: rest.test\r\n\r\n';
  let service: TestService;
  let letGo: () => Promise<unknown>;
  let waiting: Promise<HttpAnswer>[];
  let others: RawConnection[];

  beforeEach(async () => {
    service = await givenService({submissionLimits: WIDE_LIMITS});
    letGo = await holdBack(service.database);
    const client = givenHttpClient(service.rest.url, '127.0.0.1');
    waiting = many(MAX_UNDER_WAY_PER_CLIENT, () => client.post('/inquiries', givenSubmission()));
    await waitingAre(service.rest, MAX_UNDER_WAY_PER_CLIENT - WIDE_LIMITS.concurrency);
    others = await Promise.all(many(5, () => openRaw(service.rest.url)));
    for (const each of others) each.send(nothing);
    await Promise.all(others.map(each => each.receives(1)));
  });

  afterEach(async () => {
    await letGo();
    await Promise.all(waiting); // whether it is stored, or refused since that was held back for too long
  });

  test('has its other connections read later, and loses nothing of what they sent', async () => {
    for (const each of others) each.send(nothing);
    expect(await metric(service.rest, 'outreach_http_connections_unread')).toBe(others.length);
    expect((await service.visitor.get('/nothing')).status).toBe(404);
    await expect(Promise.all(others.map(each => each.receives(1)))).resolves.toEqual(others.map(() => 1));
    await Promise.all(others.map(each => each.receives(2))); // although it is as busy as before
  });

  test('is asked about its health on any connection', async () => {
    const {scheduler} = service.rest.app.restServer;
    const balancer = await openRaw(service.rest.url);
    for (let count = 1; count <= 3; count += 1) {
      balancer.send('GET /live HTTP/1.1\r\nHost: rest.test\r\n\r\n');
      await balancer.receives(count);
      expect(scheduler.unreadConnections).toBeLessThanOrEqual(others.length); // none of them the balancer's
    }
  });
});

test('behind a proxy every connection is read, since it is not one client’s', async () => {
  const {database, rest} = await givenService({submissionLimits: WIDE_LIMITS, env: {TRUST_PROXY_HOPS: '1'}});
  const letGo = await holdBack(database);
  const proxy = givenHttpClient(rest.url, '127.0.0.1');
  const waiting = many(MAX_UNDER_WAY_PER_CLIENT + 1, () => proxy.post('/inquiries', givenSubmission()));
  await waitingAre(rest, MAX_UNDER_WAY_PER_CLIENT + 1 - WIDE_LIMITS.concurrency);
  const other = await openRaw(rest.url);
  for (let count = 1; count <= 3; count += 1) {
    other.send('GET /nothing HTTP/1.1\r\nHost: rest.test\r\n\r\n');
    await other.receives(count);
    expect(rest.app.restServer.scheduler.unreadConnections).toBe(0);
  }
  await letGo();
  expect(new Set(statusesOf(await Promise.all(waiting)))).toEqual(new Set([201]));
});
