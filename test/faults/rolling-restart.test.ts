// Two REST processes and two gateways behind a proxy as deploy/proxy/ configures it, restarted one after the other under
// load: no request fails, each that was acknowledged is stored, and every socket is soon back.
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenRedisKey, sharedRedisUrl} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import {startOpenLoad} from '../helpers/open-load';
import {givenGatewayProcess, givenRestProcess, type TestProcess} from '../helpers/process';
import {givenReverseProxy} from '../helpers/reverse-proxy';
import {steadyPort} from '../helpers/tcp-proxy';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';
import {givenWatchers} from '../helpers/watchers';

const PER_SECOND = 200;
const SOCKETS = 100;
const BACK_WITHIN_MS = 10_000;
/** One inquiry in so many is of the topic that the sockets observe: each of those is sent a hundred times. */
const WATCHED_SHARE = 20;

let database: TestDatabase;
let issuer: TokenIssuer;

beforeEach(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

const ports = () => Promise.all([steadyPort(), steadyPort()]);

test.each(['haproxy', 'nginx'] as const)(
  'a rolling restart behind %s fails no request and every socket is back within ten seconds',
  async name => {
    const [rest, gateways] = await Promise.all([ports(), ports()]);
    const redisKey = givenRedisKey();
    const start = (kind: 'rest' | 'gateway', port: number) => {
      const env = {PORT: String(port), DRAIN_DELAY_MS: '3000', SHUTDOWN_TIMEOUT_MS: '6000', TRUST_PROXY_HOPS: '1'};
      const options = {issuer, redisUrl: sharedRedisUrl(), redisKey, env};
      return kind === 'rest' ? givenRestProcess({...options, databaseUrl: database.url}) : givenGatewayProcess(options);
    };
    // REST and gateways take turns: what was restarted is ready long before its twin is stopped.
    const replicas = await Promise.all(
      [0, 1].flatMap(index => [
        startReplica(() => start('rest', rest[index] ?? 0)),
        startReplica(() => start('gateway', gateways[index] ?? 0)),
      ]),
    );
    const proxy = await givenReverseProxy(name, {rest, gateways});
    const watchers = givenWatchers(proxy.url, {count: SOCKETS, token: await issuer.sign(), topics: ['press']});
    await watchers.allObserve();

    const load = startOpenLoad(proxy.url, {
      perSecond: PER_SECOND,
      submissionOf: index => ({topic: index % WATCHED_SHARE === 0 ? 'press' : 'sales'}),
    });
    for (const replica of replicas) await replica.restart();
    await watchers.allObserve();
    const {ids, failures, durationMs} = await load.finish();

    expect(failures).toEqual([]);
    expect(ids.length).toBeGreaterThan((durationMs / 1000) * PER_SECOND * 0.95);
    const stored = await database.query<{id: string}>('SELECT id FROM inquiry');
    expect(stored.map(({id}) => id).sort()).toEqual([...ids].sort()); // each once, and none without an answer
    const outages = watchers.outages();
    expect(outages.length).toBeGreaterThanOrEqual(SOCKETS); // each gateway has lost its own
    expect(Math.max(...outages)).toBeLessThan(BACK_WITHIN_MS);
    await watchers.allAreNotified(await submitWatched(proxy.url));
  },
  240_000,
);

/** A process that can be started again in its place. */
async function startReplica(start: () => Promise<TestProcess>): Promise<{restart: () => Promise<void>}> {
  let current = await start();
  return {
    restart: async () => {
      current.signal('SIGTERM');
      expect(await current.exited).toBe(0);
      current = await start();
    },
  };
}

/** The id of an inquiry of the topic that the sockets observe. */
async function submitWatched(url: string): Promise<string> {
  const response = await fetch(`${url}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(givenSubmission({topic: 'press'})),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}
