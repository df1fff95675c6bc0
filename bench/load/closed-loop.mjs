// Closed-loop load: each connection sends its next request when the last is answered, until the time is over; then what
// is in flight is waited for, so that every answer counts and can be compared with the rows.
import {HttpConnection} from './http-connection.mjs';
import {reads, submissions} from './requests.mjs';
import {summarize} from './summary.mjs';

/** Runs a job `{url, connections, seconds, reads?}`; without `reads` it submits inquiries. */
export function closedLoop(job) {
  const {hostname: host, port, host: authority} = new URL(job.url);
  const nextRequest = job.reads ? reads(authority, job.reads) : submissions(authority);
  return new Promise((resolve, reject) => {
    const latencies = [];
    const statuses = {};
    let bytes = 0;
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    const endsAt = startedAt + job.seconds * 1000;
    let open = job.connections;
    const finish = () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const cpu = process.cpuUsage(cpuBefore);
      resolve({...summarize(latencies, seconds), statuses, bytes, loadShare: (cpu.user + cpu.system) / 1e6 / seconds});
    };
    const connections = Array.from({length: job.connections}, () => {
      let sentAt = 0;
      const send = () => {
        sentAt = performance.now();
        connection.send(nextRequest());
      };
      const connection = new HttpConnection(
        {host, port: Number(port)},
        answer => {
          const now = performance.now();
          latencies.push(now - sentAt);
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
          bytes += answer.bytes;
          if (now < endsAt) {
            send();
            return;
          }
          connection.close();
          open -= 1;
          if (open === 0) finish();
        },
        error => {
          for (const each of connections) each.close();
          reject(error);
        },
      );
      send();
      return connection;
    });
  });
}
