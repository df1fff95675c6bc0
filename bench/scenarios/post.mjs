// POST /inquiries: 32 connections, one durable row each; then one connection alone. Each server has its own database, emptied
// before each measurement, and must have stored exactly the rows that it acknowledged. All are clones of the same one, but for
// the server with a plain table, which makes it by itself.
import {startGenerator} from '../load/start-generator.mjs';
import {EMAIL_DOMAIN, FIELDS} from '../load/requests.mjs';
import {packageVersion} from '../machine/facts.mjs';
import {ratio, summaries} from '../report/statistics.mjs';
import {startGateway, startRest} from '../servers/outreach.mjs';
import {peerDirectory, startPeer} from '../servers/peers.mjs';
import {runPgbench} from '../servers/pgbench.mjs';
import {measure, mustAllBe, warmSecondsOf} from './http-round.mjs';

export const title = 'POST /inquiries, one durable row each';
const CONNECTIONS = 32;

const OURS = 'outreach';
const WITH_EVENTS = 'outreach, with events';
const PLAIN = 'fastify + pg, plain table';
const FASTIFY = 'fastify + pg';
const LOOPBACK = 'LoopBack 4 as generated';
const PEERS = {
  [PLAIN]: 'fastify-pg-plain',
  [FASTIFY]: 'fastify-pg',
  'Nest + TypeORM': 'nest-typeorm',
  [LOOPBACK]: 'loopback-generated',
};

/** Measures; `quick` compares with fastify only, in fewer and shorter rounds. */
export async function run({postgres, redis, issuer, rounds, seconds, quick, say}) {
  const contestants = await startAll({postgres, redis, issuer, quick});
  const generator = startGenerator();
  for (const {server, database, warm} of contestants) if (server) await checkAnswers(server, database, warm);

  const busy = [];
  const lone = [];
  for (let round = 0; round < rounds; round++) {
    busy.push({});
    lone.push({});
    for (const {name, server, database} of inTurn(contestants, round)) {
      await database.empty();
      await postgres.checkpoint();
      const job = {connections: CONNECTIONS, seconds, warmSeconds: warmSecondsOf(round, quick)};
      busy[round][name] = server
        ? await measureStored(generator, {name, server, database}, job)
        : await measurePgbench(database, job);
      if (server && isLoneOne(name)) {
        const alone = {connections: 1, seconds: seconds / 2};
        lone[round][name] = await measureStored(generator, {name, server, database}, alone);
      }
      say(`${name}: ${Math.round(busy[round][name].rps)} a second, p99 ${busy[round][name].p99.toFixed(1)} ms`);
    }
  }
  for (const {server, database} of contestants) {
    await server?.stop();
    await database.close();
  }
  return summarizeAll(busy, lone, quick);
}

async function startAll({postgres, redis, issuer, quick}) {
  const start = async (name, database, server) => ({name, database, server});
  const clone = (name, options) => postgres.database(`post_${name.replaceAll(/\W+/g, '_').toLowerCase()}`, options);
  const all = [];
  const ours = await clone(OURS);
  all.push(await start(OURS, ours, await startRest({databaseUrl: ours.url, issuer})));
  for (const [name, directory] of Object.entries(quick ? {[FASTIFY]: PEERS[FASTIFY]} : PEERS)) {
    const database = await clone(name, name === PLAIN ? {from: 'template0', tables: ['inquiry']} : undefined);
    const env = {DATABASE_URL: database.url, ...issuer.env};
    all.push(await start(name, database, await startPeer({name, directory, env})));
  }
  if (quick) return all;
  await startGateway({redisUrl: redis.url, issuer, measured: false});
  const name = WITH_EVENTS;
  const database = await clone(name);
  all.push(
    await start(name, database, await startRest({name, databaseUrl: database.url, redisUrl: redis.url, issuer})),
  );
  all.push(await start('pgbench', await clone('pgbench'), undefined));
  return all;
}

// Another one begins each round, so that none is always first after the same one.
function inTurn(contestants, round) {
  const first = round % contestants.length;
  return [...contestants.slice(first), ...contestants.slice(0, first)];
}

function isLoneOne(name) {
  return name === OURS || name === FASTIFY || name === PLAIN;
}

// Warm like the servers: the first rows after a checkpoint are logged with their whole pages.
async function measurePgbench(database, {warmSeconds, ...job}) {
  const warm = await runPgbench(database.url, {...job, seconds: warmSeconds});
  const result = await runPgbench(database.url, job);
  await mustHoldRows(database, warm.count + result.count, 'pgbench');
  return result;
}

async function measureStored(generator, {name, server, database}, {warmSeconds, ...job}) {
  if (warmSeconds) await measure(generator, server, {...job, seconds: warmSeconds});
  const before = await database.count();
  const result = await measure(generator, server, job);
  mustAllBe(201, result, name);
  await mustHoldRows(database, before + result.count, name);
  return result;
}

async function mustHoldRows(database, expected, name) {
  const stored = await database.count();
  if (stored !== expected) throw new Error(`${name} acknowledged ${expected} rows and stored ${stored}`);
}

// The same answer to the same request, and the same refusals, from every server.
async function checkAnswers(server, database) {
  const post = body =>
    fetch(`${server.url}/inquiries`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(body),
    });
  const valid = {...FIELDS, email: `Check.1${EMAIL_DOMAIN}`, name: '  Zoe\u0308  '};
  const response = await post(valid);
  const text = await response.text();
  const fail = why => new Error(`${server.name} ${why}: ${response.status} ${text.slice(0, 300)}`);
  if (response.status !== 201) throw fail('refused a valid inquiry');
  const {id, receivedAt, ...more} = JSON.parse(text);
  if (!id || !receivedAt || Object.keys(more).length > 0) throw fail('did not answer {id, receivedAt}');
  if (response.headers.get('Location') !== `/inquiries/${id}`) throw fail('gave no Location');
  const [row] = await database.query('SELECT * FROM inquiry WHERE id = $1', [id]);
  const isPlain = server.name === PLAIN; // and stores no more than the least
  const isComplete = isPlain || (row?.metadata?.utm_source === 'newsletter' && row.search_words.includes("'warranty'"));
  if (row?.name !== 'Zoë' || row.email !== valid.email || row.message !== valid.message || !isComplete) {
    throw fail(`stored something else, ${JSON.stringify(row)}`);
  }
  for (const change of [
    {email: 'nobody'},
    {topic: 'weather'},
    {name: 'x'.repeat(121)},
    {message: undefined},
    {unknown: 1},
    {subject: 'a\u0000b'},
    {metadata: {utm: {source: 1}}},
    ...(isPlain ? [] : [{sourceUrl: 'ftp://example.org'}]),
  ]) {
    const {status} = await post({...valid, ...change});
    if (status < 400 || status >= 500) {
      throw new Error(`${server.name} answered ${status} to ${JSON.stringify(change).slice(0, 60)}`);
    }
  }
}

function summarizeAll(busy, lone, quick) {
  const ratios = {
    rps_of_fastify: ratio(busy, 'rps', OURS, FASTIFY),
    p99_of_fastify: ratio(busy, 'p99', OURS, FASTIFY),
    lone_of_fastify: ratio(lone, 'p50', OURS, FASTIFY),
    ...(!quick && {
      events_rps_of_plain: ratio(busy, 'rps', WITH_EVENTS, PLAIN),
      rps_of_plain: ratio(busy, 'rps', OURS, PLAIN),
      events_p99_of_plain: ratio(busy, 'p99', WITH_EVENTS, PLAIN),
      events_cpu_of_plain: ratio(busy, 'cpu', WITH_EVENTS, PLAIN),
      rps_of_pgbench: ratio(busy, 'rps', OURS, 'pgbench'),
      rps_of_loopback: ratio(busy, 'rps', OURS, LOOPBACK),
    }),
  };
  const referred = quick ? FASTIFY : PLAIN;
  const references = rounds =>
    Object.fromEntries(Object.keys(rounds[0]).map(name => [name, ratio(rounds, 'rps', name, referred)]));
  return {
    ratios,
    tables: [
      {
        caption: `${CONNECTIONS} connections`,
        columns: {rps: 'rows a second', cpu: 'CPU µs a request', p50: 'p50 ms', p99: 'p99 ms'},
        rows: summaries(busy, ['rps', 'cpu', 'p50', 'p99']),
        reference: {title: `of ${referred}`, values: references(busy)},
      },
      {
        caption: 'One connection',
        columns: {rps: 'rows a second', cpu: 'CPU µs a request', p50: 'p50 ms', p99: 'p99 ms'},
        rows: summaries(lone, ['rps', 'cpu', 'p50', 'p99']),
        reference: {title: `of ${referred}`, values: references(lone)},
      },
    ],
    chart: {file: 'post', title: 'POST /inquiries: rows a second', table: 0, field: 'rps', unit: 'rows a second'},
    versions: quick ? {} : versions(),
  };
}

function versions() {
  return {
    fastify: packageVersion('fastify', peerDirectory('fastify-pg')),
    pg: packageVersion('pg', peerDirectory('fastify-pg')),
    '@nestjs/core': packageVersion('@nestjs/core', peerDirectory('nest-typeorm')),
    typeorm: packageVersion('typeorm', peerDirectory('nest-typeorm')),
    '@loopback/rest': packageVersion('@loopback/rest', peerDirectory('loopback-generated')),
  };
}
