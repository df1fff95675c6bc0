// Clients that poll the feed of changes: each asks, waits a while, and asks again from where the last answer ended.
import {HttpConnection} from './http-connection.mjs';
import {readOf} from './requests.mjs';
import {summarize} from './summary.mjs';

/**
 * Runs a job `{url, clients, intervalMs, seconds, token, feed}`. Starts are spread over the first interval, and each
 * ends with a poll that was answered.
 */
export function poll({url, clients, intervalMs, seconds, token, feed}) {
  const {hostname: host, port, host: authority} = new URL(url);
  return new Promise((resolve, reject) => {
    const latencies = [];
    const statuses = {};
    const seen = Array.from({length: clients}, () => 0);
    let open = clients;
    let failed = false;
    const startedAt = performance.now();
    const endsAt = startedAt + seconds * 1000;
    const timers = new Set();
    const later = (ms, step) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        step();
      }, ms);
      timers.add(timer);
    };
    const connections = Array.from({length: clients}, (_, index) => {
      let after = feed;
      let sentAt = 0;
      const send = () => {
        sentAt = performance.now();
        connection.send(readOf(authority, `/inquiries/changes?after=${encodeURIComponent(after)}`, token));
      };
      const connection = new HttpConnection(
        {host, port: Number(port), keep: true},
        ({status, content}) => {
          const now = performance.now();
          latencies.push(now - sentAt);
          statuses[status] = (statuses[status] ?? 0) + 1;
          let hasMore = false;
          if (status === 200) {
            const body = JSON.parse(content.subarray(content.indexOf('\r\n\r\n') + 4).toString());
            after = body.feed;
            hasMore = body.hasMore;
            seen[index] += body.data.length;
          }
          if (hasMore) send();
          else if (now < endsAt || status !== 200) later(intervalMs, send);
          else {
            connection.close();
            open -= 1;
            if (open === 0) {
              const figures = summarize(latencies, (performance.now() - startedAt) / 1000);
              resolve({...figures, statuses, fewestSeen: Math.min(...seen)});
            }
          }
        },
        error => {
          if (failed) return;
          failed = true;
          timers.forEach(clearTimeout);
          for (const each of connections) each.close();
          reject(error);
        },
      );
      later((index / clients) * intervalMs, send);
      return connection;
    });
  });
}
