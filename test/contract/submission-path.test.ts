// docs/architecture.md lists the files that a submission passes, from the socket to SQL and to Redis: those of which a function
// runs for it, as V8 counts them.
import {readFileSync} from 'node:fs';
import {Session} from 'node:inspector/promises';
import path from 'node:path';
import {Redis} from 'ioredis';
import {WebSocketBindings} from '../../src/components/websocket/keys';
import {givenDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenRedisKey, sharedRedisUrl} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import {givenRest} from '../helpers/rest';
import {ALLOWED_ORIGIN} from '../helpers/route-samples';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer} from '../helpers/tokens';

const ROOT = path.resolve(__dirname, '../..');
/** Only ever lowered. */
const MOST_STEPS = 14;
/** Whatever is submitted: timers of the log, and the check of readiness at the start. */
const BESIDE = [
  'platform/rate-limited-log.ts',
  'observers/internal-server.observer.ts',
  'services/readiness.service.ts',
  'datasources/postgres/schema-version.ts',
  'platform/errors.ts',
];

/** The rows of the table: the file of each step, and the parts beneath it. */
function documented(): {steps: string[]; parts: string[]} {
  const text = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
  const section = text.split('\n### ').find(part => part.startsWith('A submission, ')) ?? '';
  const rows = section.split('\n').filter(line => /^\|[^|]*\|[^|]*`/.test(line));
  // A name alone is in the folder of the one before it.
  const filesOf = (cell = '') => {
    let folder = '';
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, file = '']) => {
      if (file.includes('/') || !folder) folder = path.dirname(file);
      return path.join(folder, path.basename(file));
    });
  };
  const cells = rows.map(row => row.split('|').map(filesOf));
  return {steps: cells.flatMap(([, , step = []]) => step), parts: cells.flatMap(([, , , part = []]) => part)};
}

/** The files below src of which a function runs, from now until `work` is over. */
async function filesRunBy(work: () => Promise<void>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: false});
  await work();
  const {result} = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const own = path.join(ROOT, 'src/');
  const run = result.filter(({url, functions}) => url.includes(own) && functions.some(({ranges}) => ranges[0]?.count));
  return [...new Set(run.map(({url}) => url.slice(url.indexOf(own) + own.length)))];
}

test('a submission passes the files that docs/architecture.md lists, and no others', async () => {
  const [{url: databaseUrl}, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const [redisUrl, redisKey] = [sharedRedisUrl(), givenRedisKey()];
  const subscriber = new Redis(redisUrl); // in the place of a gateway
  onTeardown(async () => {
    await subscriber.quit();
  });
  await subscriber.psubscribe(`${redisKey}*`);
  const env = {ALLOWED_ORIGINS: ALLOWED_ORIGIN};
  const rest = await givenRest({databaseUrl, issuer, redisUrl, redisKey, env});
  const counted = jest.spyOn(await rest.app.get(WebSocketBindings.NOTIFY_METRICS), 'count');
  const submit = async () => {
    counted.mockClear();
    const submission = givenSubmission({
      phone: '+49 30 1234567',
      locale: 'de-DE',
      sourceUrl: 'https://www.example.org/contact',
      metadata: {utm_source: 'x'},
    });
    expect((await rest.post('/inquiries', submission, {Origin: ALLOWED_ORIGIN})).status).toBe(201);
    await eventually(() => expect(counted.mock.calls).toEqual([['delivered', 2]]));
  };
  await submit(); // what is made at the first one is made
  const run = (await filesRunBy(submit)).filter(file => !BESIDE.includes(file)).sort();
  const {steps, parts} = documented();
  expect([...steps, ...parts].sort()).toEqual(run);
  expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
});
