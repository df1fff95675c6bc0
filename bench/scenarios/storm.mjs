// A storm: another replica is gone, and all of its clients come to this gateway within the half second of their jitter.
// Each must be let in before it gives up; measured against stock socket.io. Nobody's token was seen there before.
import {setTimeout as delay} from 'node:timers/promises';
import {startGenerator} from '../load/start-generator.mjs';
import {summaries} from '../report/statistics.mjs';
import {startGateway} from '../servers/outreach.mjs';
import {startPeer} from '../servers/peers.mjs';

export const title = 'A storm of reconnecting clients';
const OURS = 'outreach';
const STOCK = 'stock socket.io + redis-adapter';
const LEVELS = [1000, 10_000];
const CALM_MS = 3000; // until a server has seen everybody go

export async function run({redis, issuer, rounds, say}) {
  const env = {REDIS_URL: redis.url, REDIS_KEY: 'bench-stock', ...issuer.env};
  const contestants = [
    {name: OURS, server: await startGateway({redisUrl: redis.url, issuer})},
    {name: STOCK, server: await startPeer({name: STOCK, directory: 'socketio-stock', env})},
  ];
  for (const contestant of contestants) contestant.generator = startGenerator();
  const measured = {};
  for (const level of LEVELS) {
    measured[level] = [];
    for (let round = -1; round < rounds; round++) {
      const figures = {};
      const signing = Array.from({length: level}, (_, client) => issuer.sign(`client ${level} ${round} ${client}`));
      const tokens = await Promise.all(signing);
      for (const contestant of contestants) figures[contestant.name] = await stormOf(contestant, tokens);
      if (round >= 0) measured[level].push(figures); // the first one warms
    }
    const last = Object.entries(measured[level].at(-1));
    say(
      `${level} clients: ${last.map(([name, {lost, last}]) => `${name} ${lost} lost, last ${last | 0} ms`).join('; ')}`,
    );
  }
  for (const {server} of contestants) await server.stop();
  const columns = {lost: 'gave up', p50: 'p50 ms', last: 'last ms', cpu: 'CPU µs a client'};
  return {
    ratios: {lost: Math.max(...measured[LEVELS.at(-1)].map(round => round[OURS].lost))}, // of the worst round: none may be lost in any
    notes: [
      'From connecting to observing. All come within half a second, with a new token each, and give up after 10 seconds.',
    ],
    tables: LEVELS.map(level => ({
      caption: `${level.toLocaleString('en-US')} clients`,
      columns,
      rows: summaries(measured[level], Object.keys(columns)),
    })),
    chart: undefined,
  };
}

async function stormOf({server, generator}, tokens) {
  const before = server.cpu();
  const result = await generator.run({kind: 'storm', url: server.url, tokens, protocol: 'socket.io'});
  const cpu = (server.cpu() - before) / tokens.length;
  await delay(CALM_MS);
  return {...result, cpu};
}
