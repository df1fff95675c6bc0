// Clients that poll the feed of changes: each asks, waits a while, and asks again from where the last answer ended.
import {HttpConnection} from './http-connection.mjs';
import {readOf} from './requests.mjs';
import {summarize} from './summary.mjs';

/**
 * Runs a job `{url, clients, intervalMs, seconds, token, feed}`. Starts are spread over the first interval, and each
 * client ends with a poll that was answered.
 */
export async function poll({clients, intervalMs, seconds, ...target}) {
  const latencies = [];
  const statuses = {};
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const onPoll = (status, ms) => {
    latencies.push(ms);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const seen = await Promise.all(
    Array.from({length: clients}, (_, index) =>
      pollUntil(endsAt, {...target, intervalMs, delayMs: (index / clients) * intervalMs, onPoll}),
    ),
  );
  const figures = summarize(latencies, (performance.now() - startedAt) / 1000);
  return {...figures, statuses, fewestSeen: Math.min(...seen)};
}

// One client; resolves with how many changes it got.
async function pollUntil(endsAt, {url, token, feed, intervalMs, delayMs, onPoll}) {
  await sleep(delayMs);
  const {hostname: host, port, host: authority} = new URL(url);
  let answered;
  let broke;
  const connection = new HttpConnection(
    {host, port: Number(port), keep: true},
    answer => answered(answer),
    error => broke(error),
  );
  let after = feed;
  let seen = 0;
  for (;;) {
    const sentAt = performance.now();
    const {status, content} = await new Promise((resolve, reject) => {
      [answered, broke] = [resolve, reject];
      connection.send(readOf(authority, `/inquiries/changes?after=${encodeURIComponent(after)}`, token));
    });
    const now = performance.now();
    onPoll(status, now - sentAt);
    const body = status === 200 ? JSON.parse(content.subarray(content.indexOf('\r\n\r\n') + 4).toString()) : undefined;
    after = body?.feed ?? after;
    seen += body?.data.length ?? 0;
    if (body && !body.hasMore && now >= endsAt) break;
    if (!body?.hasMore) await sleep(intervalMs);
  }
  connection.close();
  return seen;
}

function sleep(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}
