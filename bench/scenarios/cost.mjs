// What one of each costs every process that takes part: from this docs/scale.md works out how far so many of them go.
import {createRequire} from 'node:module';
import {Emitter} from '@socket.io/redis-emitter';
import {Redis} from 'ioredis';
import {uuidv7} from 'uuidv7';
import {startGenerator} from '../load/start-generator.mjs';
import {onCleanup} from '../machine/cleanup.mjs';
import {familyCpuMicroseconds, parentOf} from '../machine/cpu.mjs';
import {summaries} from '../report/statistics.mjs';
import {startGateway, startRest} from '../servers/outreach.mjs';
import {databaseOfMany} from '../servers/rows.mjs';
import {mustAllBe, warmSecondsOf} from './http-round.mjs';

const {toInquirySubmitted} = createRequire(import.meta.url)('../../dist/contract/events.js');

export const title = 'What one of each costs, by process';
const ROWS = 200_000;
const APART = 8;
const TOGETHER = 32;
const WATCHERS = 2000;
const EVENTS = 100;
const GATEWAYS = 20;
const AT_ONCE = 20;
const COLUMNS = {
  rest: 'REST µs',
  postgres: 'PostgreSQL µs',
  redis: 'Redis µs',
  gateway: 'gateway µs',
  wal: 'log, bytes',
  disk: 'table, bytes',
};

export async function run({postgres, redis, issuer, rounds, seconds, say}) {
  const database = await databaseOfMany(postgres, 'cost', ROWS, say);
  const rest = await startRest({databaseUrl: database.url, redisUrl: redis.url, issuer});
  const gateway = await startGateway({redisUrl: redis.url, issuer});
  const publisher = new Redis(redis.url);
  onCleanup(() => publisher.disconnect());
  const generator = startGenerator();
  const cost = await createMeter({database, rest, gateway, publisher});
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    // Reads first, of a table that vacuum and checkpoints are done with: their work is an inquiry's, not a reader's.
    await database.query('VACUUM (ANALYZE) inquiry');
    await postgres.checkpoint();
    const costOf = async (status, job) => {
      const load = {kind: 'closedLoop', url: rest.url, ...job};
      await generator.run({...load, seconds: warmSecondsOf(round)});
      return cost(async () => {
        const result = await generator.run({...load, seconds});
        mustAllBe(status, result, rest.name);
        return result.count;
      });
    };
    const [before, after] = await feedsAroundOneInquiry(rest, issuer.token);
    const catchUps = (connections, paths) => costOf(200, {connections, reads: {paths, token: issuer.token}});
    measured.push({
      'a catch-up of nothing': await catchUps(APART, apart(after)),
      'a catch-up of one inquiry': await catchUps(APART, apart(before)),
      'the same, by 32 at once from one place': await catchUps(TOGETHER, [before]),
      'an inquiry, committed and published': await costOf(201, {connections: TOGETHER}),
      'an event to one gateway': await costOfDelivery({cost, redis, publisher}),
      'an event to one watcher': await costOfFrame({cost, generator, gateway, publisher, token: issuer.token}),
    });
    say(`round ${round + 1} of ${rounds}`);
  }
  for (const server of [rest, gateway]) await server.stop();
  await database.close();
  return {
    ratios: {},
    notes: [
      'Processor time, and bytes that PostgreSQL writes: to its write-ahead log, and to the table with its indexes. One ' +
        'gateway takes the events, and nobody watches while inquiries are submitted.',
    ],
    tables: [{caption: 'One of each', columns: COLUMNS, rows: summaries(measured, Object.keys(COLUMNS))}],
    chart: undefined,
  };
}

async function feedsAroundOneInquiry({url}, token) {
  const list = () => fetch(`${url}/inquiries?limit=1`, {headers: {Authorization: `Bearer ${token}`}});
  const feedOf = ({headers}) => `/inquiries/changes?after=${encodeURIComponent(headers.get('Feed-Cursor'))}`;
  const before = await list();
  const [{topic, name, email, message}] = await before.json();
  const headers = {'Content-Type': 'application/json'};
  const body = JSON.stringify({topic, name, email, message});
  const answer = await fetch(`${url}/inquiries`, {method: 'POST', headers, body});
  if (answer.status !== 201) throw new Error(`an inquiry was answered with ${answer.status}`);
  return [feedOf(before), feedOf(await list())];
}

// Readers at one place share an answer when they ask for as much at the same time; these do not.
function apart(feed) {
  return Array.from({length: APART}, (_, index) => `${feed}&limit=${100 - index}`);
}

async function costOfFrame({cost, generator, gateway, publisher, token}) {
  const room = new Emitter(publisher, {key: 'socket.io'}, '/observation').to('inquiries');
  await generator.run({kind: 'openSockets', url: gateway.url, token, protocol: 'socket.io', count: WATCHERS});
  const emit = async count => {
    for (let index = 0; index < count; index++) {
      const receipt = generator.run({kind: 'expectEvents'});
      room.emit('INQUIRY_SUBMITTED', toInquirySubmitted({id: uuidv7(), topic: 'sales', createdAt: new Date()}));
      await receipt;
    }
    return count * WATCHERS;
  };
  await emit(EVENTS / 2);
  const {gateway: used} = await cost(() => emit(EVENTS));
  await generator.run({kind: 'closeSockets'});
  return {gateway: used}; // the others have next to nothing to do with it
}

// Of what Redis does with a message, by how many gateways get it; they only take it here.
async function costOfDelivery({cost, redis, publisher}) {
  const gateways = Array.from({length: GATEWAYS}, () => new Redis(redis.url));
  for (const gateway of gateways) {
    onCleanup(() => gateway.disconnect());
    await gateway.psubscribe('bench-cost*');
  }
  const message = JSON.stringify(toInquirySubmitted({id: uuidv7(), topic: 'sales', createdAt: new Date()}));
  const {redis: used} = await cost(async () => {
    for (let index = 0; index < EVENTS; index++) {
      const reached = await Promise.all(Array.from({length: AT_ONCE}, () => publisher.publish('bench-cost', message)));
      if (reached.some(count => count !== GATEWAYS)) throw new Error(`an event reached ${reached} gateways`);
    }
    return EVENTS * AT_ONCE * GATEWAYS;
  });
  for (const gateway of gateways) gateway.disconnect();
  return {redis: used};
}

// Gives `cost(work)`: what each process used for one of what `work` did, which resolves with how many these were.
async function createMeter({database, rest, gateway, publisher}) {
  const [{pid}] = await database.query('SELECT pg_backend_pid() AS pid');
  const used = async () => {
    const [written] = await database.query(
      `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal, pg_total_relation_size('inquiry')::float8 AS disk`,
    );
    const redis = cpuOf(await publisher.info('cpu'));
    const postgres = familyCpuMicroseconds(parentOf(pid));
    return {...written, redis, postgres, rest: rest.cpu(), gateway: gateway.cpu()};
  };
  return async work => {
    const before = await used();
    const count = await work();
    const after = await used();
    return Object.fromEntries(Object.keys(after).map(name => [name, (after[name] - before[name]) / count]));
  };
}

function cpuOf(info) {
  const [system, user] = ['sys', 'user'].map(kind => Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(info)?.[1]));
  return (system + user) * 1e6;
}
