// GET /inquiries?limit=20 of 200,000 rows with a bearer token: distinct queries, identical queries that arrive together,
// and a page far down the keyset. Both servers read the same database and must answer the same rows.
import {createRequire} from 'node:module';
import {isDeepStrictEqual} from 'node:util';
import {startGenerator} from '../load/start-generator.mjs';
import {packageVersion} from '../machine/facts.mjs';
import {ratio, summaries} from '../report/statistics.mjs';
import {startRest} from '../servers/outreach.mjs';
import {peerDirectory, startPeer} from '../servers/peers.mjs';
import {databaseOfMany} from '../servers/rows.mjs';
import {measure, mustAllBe, warmSecondsOf} from './http-round.mjs';

const {encodeCursor} = createRequire(import.meta.url)('../../dist/rest/list/cursor.js');

export const title = 'GET /inquiries, a page of 20';
const CONNECTIONS = 32;
const FIRST = '/inquiries?limit=20';
const OURS = 'outreach';
const FASTIFY = 'fastify + pg';

export async function run({postgres, issuer, rounds, seconds, quick, say}) {
  const [rowCount, depth] = quick ? [20_000, 10_000] : [200_000, 100_000];
  const database = await databaseOfMany(postgres, 'get_many', rowCount, say);
  const env = {DATABASE_URL: database.url, ...issuer.env};
  const servers = [
    await startRest({name: OURS, databaseUrl: database.url, issuer}),
    await startPeer({name: FASTIFY, directory: 'fastify-pg', env}),
  ];
  const generator = startGenerator();
  const deep = await pathAt(database, depth);
  const distinct = await distinctPaths(database);
  await mustAnswerTheSame(servers, [FIRST, deep, ...distinct.slice(0, 20)], issuer.token);

  const kinds = {distinct, identical: [FIRST]};
  const busy = {distinct: [], identical: []};
  const lone = [];
  for (let round = 0; round < rounds; round++) {
    for (const kind of Object.keys(kinds)) {
      const reads = {paths: kinds[kind], token: issuer.token};
      busy[kind].push({});
      for (const server of inTurn(servers, round)) {
        const job = {connections: CONNECTIONS, seconds, warmSeconds: warmSecondsOf(round, quick), reads};
        const result = await measure(generator, server, job);
        mustAllBe(200, result, server.name);
        busy[kind][round][server.name] = result;
        say(`${server.name}, ${kind}: ${Math.round(result.rps)} a second, p99 ${result.p99.toFixed(1)} ms`);
      }
    }
    if (quick) continue; // pages this few rows down show nothing
    lone.push({});
    for (const [name, path] of [
      ['page 1', FIRST],
      [`page at depth ${depth.toLocaleString('en-US')}`, deep],
    ]) {
      const job = {connections: 1, seconds: seconds / 2, warmSeconds: 0.5, reads: {paths: [path], token: issuer.token}};
      lone[round][name] = await measure(generator, servers[0], job);
    }
  }
  for (const server of servers) await server.stop();
  await database.close();
  return summarizeAll(busy, lone);
}

function inTurn([first, second], round) {
  return round % 2 === 0 ? [first, second] : [second, first];
}

async function pathAt(database, depth) {
  const [row] = await database.query('SELECT id FROM inquiry ORDER BY id DESC OFFSET $1 LIMIT 1', [depth]);
  return `${FIRST}&cursor=${encodeCursor(row)}`;
}

// Pages that begin at other times each, all over the table, so that no two that are in flight together are the same.
async function distinctPaths(database) {
  const rows = await database.query(
    `SELECT created_at AS "createdAt" FROM inquiry WHERE id::text ~ '[0-3]$' ORDER BY md5(id::text) LIMIT 4000`,
  );
  return rows.map(({createdAt}) => `${FIRST}&createdTo=${createdAt.toISOString()}`);
}

async function mustAnswerTheSame([ours, peer], paths, token) {
  for (const path of paths) {
    const answers = await Promise.all([ours, peer].map(({url}) => read(url + path, token)));
    if (answers.some(({rows}) => rows.length === 0) || !isDeepStrictEqual(answers[0].rows, answers[1].rows)) {
      throw new Error(`${ours.name} and ${peer.name} differ in their answers to ${path}`);
    }
    if (!answers.every(({link, feed}) => link && feed)) throw new Error(`no Link or Feed-Cursor for ${path}`);
  }
  for (const {name, url} of [ours, peer]) {
    const {status} = await fetch(url + FIRST, {headers: {Authorization: `Bearer ${token.slice(0, -9)}AAAAAAAAA`}});
    if (status !== 401) throw new Error(`${name} answers ${status} to a forged token`);
  }
}

async function read(url, token) {
  const response = await fetch(url, {headers: {Authorization: `Bearer ${token}`}});
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const {headers} = response;
  return {rows: await response.json(), link: headers.get('Link'), feed: headers.get('Feed-Cursor')};
}

function summarizeAll({distinct, identical}, lone) {
  const [page1, deep] = Object.keys(lone[0] ?? {});
  const columns = {rps: 'pages a second', cpu: 'CPU µs a request', p50: 'p50 ms', p99: 'p99 ms'};
  const fields = Object.keys(columns);
  const table = (caption, rounds) => ({
    caption,
    columns,
    rows: summaries(rounds, fields),
    reference: {
      title: `of ${FASTIFY}`,
      values: {[OURS]: ratio(rounds, 'rps', OURS, FASTIFY), [FASTIFY]: ratio(rounds, 'rps', FASTIFY, FASTIFY)},
    },
  });
  const depthTable = () => ({
    caption: 'outreach, one connection',
    columns: {p50: 'p50 ms', p99: 'p99 ms'},
    rows: summaries(lone, ['p50', 'p99']),
    reference: {
      title: 'of page 1',
      values: {[page1]: ratio(lone, 'p50', page1, page1), [deep]: ratio(lone, 'p50', deep, page1)},
    },
  });
  const tables = [
    table(`Distinct queries, ${CONNECTIONS} connections`, distinct),
    table(`Identical queries, ${CONNECTIONS} connections`, identical),
    ...(page1 ? [depthTable()] : []),
  ];
  return {
    ratios: {
      rps_of_fastify: ratio(distinct, 'rps', OURS, FASTIFY),
      identical_of_fastify: ratio(identical, 'rps', OURS, FASTIFY),
      ...(page1 && {deep_of_first: ratio(lone, 'p50', deep, page1)}),
    },
    tables,
    chart: {
      file: 'get',
      title: 'GET /inquiries: pages a second, distinct queries',
      table: 0,
      field: 'rps',
      unit: 'pages a second',
    },
    versions: {fastify: packageVersion('fastify', peerDirectory('fastify-pg'))},
  };
}
