// Open-loop load: something is asked at a fixed pace, whatever became of what was asked before.
import {HttpConnection} from './http-connection.mjs';

const GIVE_UP_MS = 10_000;

/** Calls `ask(dueAt)` so many times a second, without waiting for it; resolves with what all of them resolved with. */
export async function atPace({perSecond, seconds}, ask) {
  const startedAt = performance.now();
  const asked = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const dueAt = startedAt + (index * 1000) / perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs));
    asked.push(ask(Math.min(dueAt, performance.now()))); // timers may be early by a fraction of a millisecond
  }
  return Promise.all(asked);
}

/**
 * One request over a connection of its own, as somebody sends it who was not there before. Resolves with `{status, ms,
 * answeredAt, content}`, counted from when it was due; the status is 0 when it was cut off or took more than 10 s.
 */
export function askOnce(target, request, dueAt) {
  return new Promise(resolve => {
    const finish = ({status, content}) => {
      clearTimeout(timer);
      connection.close();
      const answeredAt = performance.now();
      resolve({status, ms: answeredAt - dueAt, answeredAt, content});
    };
    const timer = setTimeout(finish, GIVE_UP_MS, {status: 0});
    const connection = new HttpConnection({...target, keep: true}, finish, () => finish({status: 0}));
    connection.send(request);
  });
}
