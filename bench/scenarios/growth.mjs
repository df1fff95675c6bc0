// What grows with the table: every operation, one at a time, on databases of 0.1, 1 and (with `--rows 10000000`) 10
// million inquiries, which differ in nothing else. Only the whole export may grow: counts are bounded.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import path from 'node:path';
import {submissions} from '../load/requests.mjs';
import {startGenerator} from '../load/start-generator.mjs';
import {spread} from '../report/statistics.mjs';
import {startRest} from '../servers/outreach.mjs';
import {databaseOfMany} from '../servers/rows.mjs';
import {measure, mustAllBe, warmSecondsOf} from './http-round.mjs';

const {encodeCursor} = createRequire(import.meta.url)('../../dist/rest/list/cursor.js');

export const title = 'Growth: the same work in a table of more rows';
/** The rows of the smallest table. */
export const SMALLEST = 100_000;
const EXPORTED = 1000;
const EXPIRED = 2000;
const SPAM_DAYS = 2000; // the generated rows are two years old at most
const RETENTION = path.resolve(import.meta.dirname, '../../dist/bin/retention.js');

/** Measures sizes from 0.1 million up to `rows`, each ten times the one before. */
export async function run({postgres, issuer, rounds, seconds, rows: largest, say}) {
  const sizes = [];
  for (let size = SMALLEST; size <= largest; size *= 10) sizes.push(await startSize(size, {postgres, issuer, say}));
  const generator = startGenerator();
  const rowsOf = {};
  for (let round = 0; round < rounds; round++) {
    for (const size of sizes) {
      const figures = await measureSize(size, {generator, seconds, round, token: issuer.token});
      for (const [name, figure] of Object.entries(figures)) ((rowsOf[name] ??= {})[size.label] ??= []).push(figure);
      say(`${size.label}: round ${round + 1} of ${rounds}`);
    }
  }
  for (const {server, database} of sizes) {
    await server.stop();
    await database.close();
  }
  return summarize(rowsOf, sizes);
}

async function startSize(size, {postgres, issuer, say}) {
  const database = await databaseOfMany(postgres, `growth_${size}`, size, say);
  const label = `${size / 1e6} M`;
  const server = await startRest({name: label, databaseUrl: database.url, issuer});
  return {size, label, database, server, paths: await pathsOf(database, size)};
}

async function pathsOf(database, size) {
  const rowAt = async offset => {
    const [row] = await database.query(
      `SELECT id, created_at AS "createdAt" FROM inquiry ORDER BY id DESC OFFSET $1 LIMIT 1`,
      [offset],
    );
    return row;
  };
  const exported = (await rowAt(EXPORTED)).createdAt.toISOString();
  return {
    'first page': '/inquiries?limit=20',
    'page in the middle': `/inquiries?limit=20&cursor=${encodeCursor(await rowAt(size / 2))}`,
    'page, status': '/inquiries?limit=20&status=in_progress',
    'page, topic': '/inquiries?limit=20&topic=careers',
    'page, topic and status': '/inquiries?limit=20&topic=press&status=spam',
    'page, assignee': '/inquiries?limit=20&assignee=agent-30',
    'search, a word of every row': '/inquiries?limit=20&q=hello',
    'search, a word of one row': '/inquiries?limit=20&q=quokka',
    'search, a word of none': '/inquiries?limit=20&q=nobodywrotethis',
    'search, a word of a thousandth': '/inquiries?limit=20&q=zeppelin',
    'count, one topic and status': '/inquiries/count?topic=careers&status=in_progress',
    'count, everything': '/inquiries/count',
    'export, the newest 1,000': `/inquiries/export.csv?createdFrom=${exported}`,
  };
}

// Milliseconds by operation.
async function measureSize({size, database, server, paths}, {generator, seconds, round, token}) {
  const figures = {};
  const alone = {connections: 1, seconds: seconds / 4, warmSeconds: warmSecondsOf(round) / 8};
  const submitted = await measure(generator, server, alone);
  mustAllBe(201, submitted, server.name);
  figures['POST /inquiries'] = submitted.p50;
  for (const [name, path] of Object.entries(paths)) {
    const result = await measure(generator, server, {...alone, reads: {paths: [path], token}});
    mustAllBe(200, result, `${server.name}, ${name}`);
    figures[name] = result.p50;
  }
  figures['feed, 100 changes'] = await measureFeed(server, {generator, token, alone});
  if (round > 0) return figures; // what follows takes its time
  const whole = await generator.run({kind: 'download', url: `${server.url}/inquiries/export.csv`, token});
  if (whole.lines <= size) throw new Error(`${whole.lines} lines of ${size} rows`);
  figures['export, all rows'] = whole.seconds * 1000;
  figures[`retention, ${EXPIRED.toLocaleString('en-US')} rows`] = await measureRetention(database);
  return figures;
}

// A hundred inquiries behind a position, read again and again.
async function measureFeed(server, {generator, token, alone}) {
  const list = await fetch(`${server.url}/inquiries?limit=1`, {headers: {Authorization: `Bearer ${token}`}});
  await list.body?.cancel();
  const next = submissions('unused');
  for (let count = 0; count < 100; count++) {
    const body = next().split('\r\n\r\n')[1];
    const headers = {'Content-Type': 'application/json'};
    const answer = await fetch(`${server.url}/inquiries`, {method: 'POST', headers, body});
    if (answer.status !== 201) throw new Error(`an inquiry was answered with ${answer.status}`);
    await answer.body?.cancel();
  }
  const feed = `/inquiries/changes?after=${encodeURIComponent(list.headers.get('Feed-Cursor'))}`;
  const result = await measure(generator, server, {...alone, reads: {paths: [feed], token}});
  mustAllBe(200, result, `${server.name}, feed`);
  return result.p50;
}

// The whole command, its start included.
async function measureRetention(database) {
  await database.query(
    `UPDATE inquiry SET status = 'spam', updated_at = now() - interval '${SPAM_DAYS + 100} days'
     WHERE id IN (SELECT id FROM inquiry ORDER BY id LIMIT ${EXPIRED})`,
  );
  const env = {PATH: process.env.PATH, DATABASE_URL: database.url, RETENTION_SPAM_DAYS: String(SPAM_DAYS)};
  const startedAt = performance.now();
  const child = spawn(process.execPath, [RETENTION], {env, stdio: ['ignore', 'pipe', 'inherit']});
  let output = '';
  child.stdout.setEncoding('utf8').on('data', text => (output += text));
  const [code] = await once(child, 'close');
  if (code !== 0 || !output.includes(`"inquiry.spam":${EXPIRED}`)) throw new Error(`retention: ${code}\n${output}`);
  return performance.now() - startedAt;
}

function summarize(rowsOf, sizes) {
  const labels = sizes.map(({label}) => label);
  const [first, last] = [labels[0], labels.at(-1)];
  const rows = Object.fromEntries(
    Object.entries(rowsOf).map(([name, bySize]) => {
      const growth = bySize[last].map((value, round) => value / bySize[first][round]);
      const figures = labels.map(label => [label, spread(bySize[label])]);
      return [name, Object.fromEntries([...figures, ['growth', spread(growth)]])];
    }),
  );
  return {
    ratios: {},
    notes: ['Milliseconds, one request at a time; the last column is the largest table beside the smallest.'],
    tables: [
      {
        caption: 'Median by rows in the table',
        columns: {...Object.fromEntries(labels.map(label => [label, label])), growth: `${last} of ${first}`},
        rows,
      },
    ],
    chart: {file: 'growth', title: `${last} rows, of ${first}`, table: 0, field: 'growth', unit: 'times the time'},
  };
}
