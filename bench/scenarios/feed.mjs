// A thousand back offices that poll GET /inquiries/changes every five seconds while visitors submit: how long a poll takes,
// and what it costs. Each must get every inquiry that was submitted.
import {setTimeout as delay} from 'node:timers/promises';
import {EMAIL_DOMAIN, FIELDS} from '../load/requests.mjs';
import {startGenerator} from '../load/start-generator.mjs';
import {summaries} from '../report/statistics.mjs';
import {startRest} from '../servers/outreach.mjs';
import {databaseOfMany} from '../servers/rows.mjs';

export const title = 'GET /inquiries/changes, 1,000 polling clients';
const CLIENTS = 1000;
const INTERVAL_MS = 5000;
const WRITE_EVERY_MS = 200;

export async function run({postgres, issuer, rounds, seconds, say}) {
  const database = await databaseOfMany(postgres, 'feed_many', 20_000, say);
  const server = await startRest({databaseUrl: database.url, issuer});
  const generator = startGenerator();
  const measured = [];
  const paths = [`/inquiries/changes?after=${encodeURIComponent(await currentFeed(server, issuer.token))}`];
  const warm = {connections: 8, seconds: 2, reads: {paths, token: issuer.token}};
  await generator.run({kind: 'closedLoop', url: server.url, ...warm});
  for (let round = 0; round < rounds; round++) {
    const feed = await currentFeed(server, issuer.token);
    const cpu = server.cpu();
    const duration = Math.max(seconds, 5);
    const job = {clients: CLIENTS, intervalMs: INTERVAL_MS, seconds: duration + INTERVAL_MS / 1000};
    const polling = generator.run({kind: 'poll', url: server.url, token: issuer.token, feed, ...job});
    const [result, written] = await Promise.all([polling, submitFor(server, duration)]);
    const {200: answered, 503: busy = 0, ...others} = result.statuses;
    if (Object.keys(others).length > 0) throw new Error(`the feed answered ${JSON.stringify(result.statuses)}`);
    if (result.fewestSeen < written) throw new Error(`a client got ${result.fewestSeen} of ${written} inquiries`);
    measured.push({
      outreach: {...result, busy: (100 * busy) / (answered + busy), cpu: (server.cpu() - cpu) / result.count},
    });
    say(`${Math.round(result.rps)} polls a second, p99 ${result.p99.toFixed(1)} ms; ${written} inquiries read by each`);
  }
  await server.stop();
  await database.close();
  const columns = {rps: 'polls a second', cpu: 'CPU µs a poll', p50: 'p50 ms', p99: 'p99 ms', busy: 'answered 503 %'};
  return {
    ratios: {},
    notes: [
      `Each client asks every ${INTERVAL_MS / 1000} s while ${1000 / WRITE_EVERY_MS} inquiries a second arrive, and was ` +
        'got every one of them. CPU includes storing them.',
    ],
    tables: [
      {caption: `${CLIENTS.toLocaleString('en-US')} clients`, columns, rows: summaries(measured, Object.keys(columns))},
    ],
    chart: undefined,
  };
}

async function currentFeed({url}, token) {
  const response = await fetch(`${url}/inquiries?limit=1`, {headers: {Authorization: `Bearer ${token}`}});
  await response.body?.cancel();
  const feed = response.headers.get('Feed-Cursor');
  if (response.status !== 200 || !feed) throw new Error(`no feed: ${response.status}`);
  return feed;
}

// At a steady pace; gives how many were acknowledged.
async function submitFor({url}, seconds) {
  const posts = [];
  for (let index = 0; index < (seconds * 1000) / WRITE_EVERY_MS; index++) {
    posts.push(
      fetch(`${url}/inquiries`, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({...FIELDS, email: `Writer.${index}${EMAIL_DOMAIN}`}),
      }),
    );
    await delay(WRITE_EVERY_MS);
  }
  const answers = await Promise.all(posts);
  for (const answer of answers) await answer.body?.cancel();
  if (answers.some(({status}) => status !== 201 && status !== 503)) throw new Error('a submission was refused');
  return answers.filter(({status}) => status === 201).length;
}
