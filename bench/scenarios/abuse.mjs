// Under attack: REST and gateway are flooded from one address, one flood after the other, while visitors submit at a steady
// pace, a balancer probes and the back office observes, each from an address of its own. Before each flood the same is
// measured with nobody else there.
import {setTimeout as delay} from 'node:timers/promises';
import {ATTACKER, targetOf} from '../load/addresses.mjs';
import {DEAR_BODIES} from '../load/hostile-requests.mjs';
import {startGenerator} from '../load/start-generator.mjs';
import {openConnections} from '../machine/connections.mjs';
import {familyCpuMicroseconds, parentOf, watchResidentPeak} from '../machine/cpu.mjs';
import {startGateway, startRest} from '../servers/outreach.mjs';
import {givenManyInquiries} from '../servers/test-helpers.mjs';
import {FLOODS} from './abuse/floods.mjs';
import {summarizeAll} from './abuse/report.mjs';
import {warmSecondsOf} from './http-round.mjs';

export const title = 'Under attack';
const VISITS_PER_SECOND = 40;
const READABLE_ROWS = 20_000;
const CALM_MS = 500; // what a probe takes at most, and then nothing is left of a flood
const CALM_WITHIN_MS = 30_000;
const ONE_BY_ONE_SECONDS = 0.3;
const QUICK_ROUNDS = 2;
const QUICK_WARM_SECONDS = 3;

/** Measures; `quick` has the floods of the targets only. */
export async function run({postgres, redis, issuer, rounds, seconds, quick, say}) {
  const system = await startSystem({postgres, redis, issuer});
  const floods = quick ? FLOODS.filter(flood => flood.quick) : FLOODS;
  const warmSeconds = quick ? QUICK_WARM_SECONDS : warmSecondsOf(0);
  await system.attacker.run({kind: 'closedLoop', url: system.rest.url, connections: 32, seconds: warmSeconds});
  await visit(system, 1);
  const measured = [];
  for (let round = 0; round < (quick ? Math.min(rounds, QUICK_ROUNDS) : rounds); round++) {
    const dear = await measureDearBodies(system);
    const beside = {};
    for (const flood of floods) {
      beside[flood.name] = await measureFlood(system, flood, seconds);
      say(sentence(flood.name, beside[flood.name]));
    }
    measured.push({dear, beside});
  }
  for (const server of [system.rest, system.gateway]) await server.stop();
  await system.database.close();
  return summarizeAll(measured, {floods, seconds, perSecond: VISITS_PER_SECOND});
}

async function startSystem({postgres, redis, issuer}) {
  const database = await postgres.database('abuse');
  const [{pid}] = await database.query('SELECT pg_backend_pid() AS pid');
  return {
    postgres,
    database,
    postgresPid: parentOf(pid),
    rest: await startRest({databaseUrl: database.url, redisUrl: redis.url, issuer}),
    gateway: await startGateway({redisUrl: redis.url, issuer}),
    attacker: startGenerator({background: true}),
    visitor: startGenerator(),
    token: issuer.token,
  };
}

function visit({visitor, rest, gateway}, seconds) {
  const urls = {rest: rest.url, restInternal: rest.internalUrl, gateway: gateway.url};
  return visitor.run({kind: 'visit', ...urls, seconds, perSecond: VISITS_PER_SECOND});
}

// One request at a time: what each takes of the process and of PostgreSQL.
async function measureDearBodies(system) {
  const {attacker, rest} = system;
  const figures = {};
  for (const name of Object.keys(DEAR_BODIES)) {
    const meter = startMeter(system);
    const job = {kind: 'oneByOne', url: rest.url, name, seconds: ONE_BY_ONE_SECONDS};
    const {count, bytes, status} = await attacker.run(job);
    const used = meter();
    figures[name] = {
      rest: used.rest / count / 1e3,
      postgres: used.postgres / count / 1e3,
      status,
      kilobytes: bytes / count / 1024,
    };
  }
  return figures;
}

async function measureFlood(system, {name, on, job, needsRows}, seconds) {
  const {attacker, visitor, rest, gateway, token} = system;
  await calmDown(system);
  if (needsRows) await givenManyInquiries(system.database, READABLE_ROWS);
  if (on === 'gateway') await visitor.run({kind: 'observe', gateway: gateway.url, token});
  const target = system[on];
  const before = (await target.memory()).rss;
  const quiet = await visit(system, Math.max(1, seconds / 4));
  const peak = watchResidentPeak(target.pid);
  const meter = startMeter(system);
  const attack = attacker.run({kind: 'attack', url: target.url, seconds, token, ...job}).then(result => {
    const {elapsed, ...used} = meter();
    const shares = Object.entries(used).map(([process, microseconds]) => [process, (100 * microseconds) / elapsed]);
    return {...result, cpu: Object.fromEntries(shares)};
  });
  const [during, result] = await Promise.all([visit(system, seconds), attack]);
  const memory = {before, peak: peak.stop()};
  for (const server of [rest, gateway]) {
    if (!server.isRunning()) throw new Error(`outreach has crashed beside ${name}:\n${server.output()}`);
  }
  memory.after = (await target.memory()).rss;
  await visitor.run({kind: 'leave'});
  return {quiet, during, attack: result, memory};
}

// Until the last flood is over for everybody. Then each finds the same: no rows, and nothing left to be written.
async function calmDown(system) {
  for (const startedAt = performance.now(); ; await delay(200)) {
    const {sent, posts, live, gatewayLive} = await visit(system, 0.1);
    const isServed = posts.length === sent && Math.max(...live, ...gatewayLive) < CALM_MS;
    const open = [system.rest, system.gateway].map(({url}) => openConnections(targetOf(url, ATTACKER)));
    if (isServed && open.every(({accepted, waiting}) => !(accepted + waiting > 0))) break;
    if (performance.now() - startedAt < CALM_WITHIN_MS) continue;
    throw new Error(
      `no calm after a flood: ${JSON.stringify({posts, live, gatewayLive, open})}\n${system.rest.output()}`,
    );
  }
  await system.database.empty();
  await system.database.query('TRUNCATE subscription, subscription_consent');
  await system.postgres.checkpoint();
}

// Gives what each process used since, in microseconds, and how many have gone by.
function startMeter({rest, gateway, postgresPid}) {
  const look = () => ({rest: rest.cpu(), gateway: gateway.cpu(), postgres: familyCpuMicroseconds(postgresPid)});
  const before = look();
  const startedAt = performance.now();
  return () => {
    const after = look();
    const used = Object.entries(after).map(([name, value]) => [name, value - before[name]]);
    return {...Object.fromEntries(used), elapsed: (performance.now() - startedAt) * 1000};
  };
}

function sentence(name, {quiet, during, attack}) {
  const most = values => `${Math.round(Math.max(...values))} ms`;
  return (
    `${name}: ${JSON.stringify(attack.statuses)}, cut off ${attack.cut}; visitor at most ${most(during.posts)}, quiet ` +
    `${most(quiet.posts)}, ${during.sent - during.posts.length} of ${during.sent} refused; /live at most ${most(during.live)}`
  );
}
