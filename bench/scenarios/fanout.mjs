// Fan-out: an event is published through Redis and must reach every socket of one gateway process. Measured from the
// publish to the last receipt, against raw ws with the bytes framed once and against stock socket.io; and what a socket
// costs in memory.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {Emitter} from '@socket.io/redis-emitter';
import {Redis} from 'ioredis';
import {uuidv7} from 'uuidv7';
import {startGenerator} from '../load/start-generator.mjs';
import {onCleanup} from '../machine/cleanup.mjs';
import {packageVersion} from '../machine/facts.mjs';
import {median, ratio, summaries} from '../report/statistics.mjs';
import {startGateway} from '../servers/outreach.mjs';
import {peerDirectory, startPeer} from '../servers/peers.mjs';

const {toInquirySubmitted} = createRequire(import.meta.url)('../../dist/contract/events.js');

export const title = 'Fan-out, from the publish to the last receipt';
const OURS = 'outreach';
const RAW = 'raw ws, framed once';
const STOCK = 'stock socket.io + redis-adapter';
const LEVELS = [1000, 5000, 10_000];
const EMITS = 5; // in each round, of which the median counts
const RAW_CHANNEL = 'bench-raw';

export async function run({redis, issuer, rounds, say}) {
  const publisher = new Redis(redis.url);
  onCleanup(() => publisher.disconnect());
  const contestants = await startAll({redis, issuer, publisher});
  const levels = LEVELS.filter(level => level + 500 < openFilesLimit());
  const receipts = {};
  const memory = {};
  for (const {name, server} of contestants) memory[name] = {before: await server.memory()};
  for (const level of levels) {
    for (const {name, server, protocol, generator} of contestants) {
      await generator.run({kind: 'openSockets', url: server.url, token: issuer.token, protocol, count: level});
      memory[name][level] = perSocket(await server.memory(), memory[name].before, level);
    }
    receipts[level] = [];
    for (let round = -1; round < rounds; round++) {
      const times = {};
      for (const contestant of inTurn(contestants, round + 1)) {
        times[contestant.name] = {ms: median(await emitInTurn(contestant, EMITS))};
      }
      if (round >= 0) receipts[level].push(times); // the first one warms
    }
    const last = receipts[level].at(-1);
    say(`${level} sockets: ${contestants.map(({name}) => `${name} ${last[name].ms.toFixed(0)} ms`).join(', ')}`);
  }
  for (const {server, generator} of contestants) {
    await generator.run({kind: 'closeSockets'});
    await server.stop();
  }
  return summarizeAll({levels, receipts, memory});
}

async function startAll({redis, issuer, publisher}) {
  const env = {REDIS_URL: redis.url, ...issuer.env};
  const emitter = key => {
    const room = new Emitter(publisher, {key}, '/observation').to('inquiries');
    return event => room.emit('INQUIRY_SUBMITTED', event);
  };
  const contestants = [
    {
      name: OURS,
      protocol: 'socket.io',
      server: await startGateway({redisUrl: redis.url, issuer}),
      emit: emitter('socket.io'),
    },
    {
      name: RAW,
      protocol: 'raw',
      server: await startPeer({name: RAW, directory: 'raw-ws', env: {...env, CHANNEL: RAW_CHANNEL}}),
      // The same bytes as socket.io puts on the wire.
      emit: event => publisher.publish(RAW_CHANNEL, `42/observation,${JSON.stringify(['INQUIRY_SUBMITTED', event])}`),
    },
    {
      name: STOCK,
      protocol: 'socket.io',
      server: await startPeer({name: STOCK, directory: 'socketio-stock', env: {...env, REDIS_KEY: 'bench-stock'}}),
      emit: emitter('bench-stock'),
    },
  ];
  for (const contestant of contestants) contestant.generator = startGenerator();
  return contestants;
}

function inTurn(contestants, round) {
  const first = round % contestants.length;
  return [...contestants.slice(first), ...contestants.slice(0, first)];
}

// The generator fails unless each socket gets each event exactly once.
async function emitInTurn({emit, generator}, count) {
  const times = [];
  for (let index = 0; index < count; index++) {
    const receipt = generator.run({kind: 'expectEvents'});
    const event = toInquirySubmitted({id: uuidv7(), topic: 'sales', createdAt: new Date()});
    const publishedAt = process.hrtime.bigint();
    emit(event);
    const {lastAt} = await receipt;
    times.push(Number(BigInt(lastAt) - publishedAt) / 1e6);
  }
  return times;
}

function perSocket(after, before, count) {
  return {heapKb: (after.heapUsed - before.heapUsed) / 1024 / count, rssKb: (after.rss - before.rss) / 1024 / count};
}

// Of this process, and so of those that it starts: node raises the soft limit to the hard one.
function openFilesLimit() {
  const limit = /Max open files\s+\S+\s+(\S+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return limit === 'unlimited' ? Infinity : Number(limit);
}

function summarizeAll({levels, receipts, memory}) {
  const most = levels.at(-1);
  const names = [OURS, RAW, STOCK];
  const tables = levels.map(level => ({
    caption: `${level.toLocaleString('en-US')} sockets`,
    columns: {ms: 'last receipt ms', heapKb: 'heap of a socket KB', rssKb: 'RSS of a socket KB'},
    rows: Object.fromEntries(
      names.map(name => [name, {...summaries(receipts[level], ['ms'])[name], ...memory[name][level]}]),
    ),
    reference: {
      title: `of ${RAW}`,
      values: Object.fromEntries(names.map(name => [name, ratio(receipts[level], 'ms', name, RAW)])),
    },
  }));
  const isWhole = most === LEVELS.at(-1);
  const peer = peerDirectory('socketio-stock');
  return {
    ratios: isWhole
      ? {
          last_receipt_of_raw: ratio(receipts[most], 'ms', OURS, RAW),
          heap_kb: memory[OURS][most].heapKb,
          rss_kb: memory[OURS][most].rssKb,
        }
      : {},
    notes: isWhole ? [] : [`This machine allows ${openFilesLimit()} open files a process: too few for 10,000 sockets.`],
    tables,
    chart: {
      file: 'fanout',
      title: `Fan-out to ${most.toLocaleString('en-US')} sockets: last receipt`,
      table: tables.length - 1,
      field: 'ms',
      unit: 'milliseconds, less is better',
    },
    versions: {
      'socket.io': packageVersion('socket.io', peer),
      '@socket.io/redis-adapter': packageVersion('@socket.io/redis-adapter', peer),
      ws: packageVersion('ws', peerDirectory('raw-ws')),
    },
  };
}
