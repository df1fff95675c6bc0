// POST /inquiries while Redis is in every bad state, with a healthy measurement between any two. Every ratio is made
// within one round. The process must outlive all of it, and its heap must not grow.
import {startGenerator} from '../load/start-generator.mjs';
import {median, ratio, summaries} from '../report/statistics.mjs';
import {CONTROL, startFaultyRedis} from '../servers/faulty-redis.mjs';
import {startGateway, startRest} from '../servers/outreach.mjs';
import {measure, mustAllBe} from './http-round.mjs';

export const title = 'POST /inquiries with Redis in every state';
const CONNECTIONS = 32;
const HEALTHY = 'healthy';

export async function run({postgres, issuer, rounds, seconds, say}) {
  const redis = await startFaultyRedis();
  const gateway = await startGateway({redisUrl: redis.url, issuer, measured: false});
  const database = await postgres.database('redis_states');
  const server = await startRest({databaseUrl: database.url, redisUrl: redis.url, issuer});
  const generator = startGenerator();
  const under = async (state, warmSeconds) =>
    measureState({generator, server, database, state}, {connections: CONNECTIONS, seconds: seconds / 2, warmSeconds});

  await under(HEALTHY, 2);
  let [before, since] = [await server.memory(), performance.now()];
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const states = {};
    for (const [state, {enter, leave}] of Object.entries(redis.states)) {
      await database.empty();
      await postgres.checkpoint();
      await redis.published();
      const healthy = await under(HEALTHY, 0.5);
      const entered = await enter();
      const result = await under(state, 0.5);
      await leave(entered);
      if (!server.isRunning()) throw new Error(`outreach has crashed while Redis was ${state}:\n${server.output()}`);
      states[state] = {...result, healthy};
      say(`${state}: p99 ${result.p99.toFixed(1)} ms, healthy ${healthy.p99.toFixed(1)} ms`);
    }
    measured.push(states);
    if (round > 0 || rounds === 1) continue;
    [before, since] = [await server.memory(), performance.now()]; // every state has been seen once
  }
  await redis.published();
  const after = await server.memory();
  for (const {stop} of [server, gateway]) await stop();
  await database.close();
  const heap = {growthMb: (after.heapUsed - before.heapUsed) / 2 ** 20, seconds: (performance.now() - since) / 1000};
  return summarizeAll(measured, heap);
}

async function measureState({generator, server, database, state}, job) {
  const rowsBefore = await database.count();
  const eventsBefore = await server.notified();
  const {warmSeconds, ...measuredJob} = job;
  const warm = await generator.run({kind: 'closedLoop', url: server.url, ...measuredJob, seconds: warmSeconds});
  const result = await measure(generator, server, measuredJob);
  mustAllBe(201, result, `outreach with Redis ${state}`);
  const stored = (await database.count()) - rowsBefore;
  if (stored !== warm.count + result.count) throw new Error(`${stored} rows of ${warm.count + result.count} answers`);
  return {...result, delivered: deliveredShare(eventsBefore, await server.notified())};
}

// One that is not ready counts once, others once for each of the two rooms.
function deliveredShare(before, after) {
  const counted = result => (after[result] ?? 0) - (before[result] ?? 0);
  const {not_ready: notReady = 0} = after;
  const skipped = notReady - (before.not_ready ?? 0);
  const others = ['delivered', 'no_gateway', 'failed', 'timeout'].reduce((sum, result) => sum + counted(result), 0);
  return (100 * counted('delivered')) / Math.max(1, others + 2 * skipped);
}

function summarizeAll(measured, heap) {
  const names = Object.keys(measured[0]);
  const fields = ['rps', 'p50', 'p99', 'delivered'];
  // A round is healthy every other time: the median of those is a steadier measure than the one right before.
  const healthyOf = (states, field) => median(names.map(name => states[name].healthy[field]));
  const rounds = measured.map(states => ({
    [HEALTHY]: Object.fromEntries(fields.map(field => [field, healthyOf(states, field)])),
    ...states,
  }));
  const values = Object.fromEntries([HEALTHY, ...names].map(name => [name, ratio(rounds, 'p99', name, HEALTHY)]));
  const [worst] = names.filter(name => name !== CONTROL).toSorted((a, b) => values[b].median - values[a].median);
  return {
    ratios: {worst_p99_of_healthy: values[worst], crashes: 0, heap_growth_mb: heap.growthMb},
    notes: [
      `0 crashes; in ${Math.round(heap.seconds)} s the heap grew by ${heap.growthMb.toFixed(1)} MB. The worst state for p99 was: ${worst}. “${CONTROL}” ` +
        'is a control: what its ratio is off from 1 is noise.',
    ],
    tables: [
      {
        caption: `${CONNECTIONS} connections, one process through all states`,
        columns: {rps: 'rows a second', p50: 'p50 ms', p99: 'p99 ms', delivered: 'events delivered %'},
        rows: summaries(rounds, fields),
        reference: {title: 'p99 of healthy', values},
      },
    ],
    chart: {
      file: 'redis',
      title: 'POST /inquiries by the state of Redis: p99',
      table: 0,
      field: 'p99',
      unit: 'milliseconds',
    },
  };
}
