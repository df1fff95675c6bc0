// Everybody comes back at once: each client at a moment of its own within the jitter of the real one, which also gives up
// as the real one does.
import {ObserverSocket} from './observer-socket.mjs';

// src/client: after a first failure it waits half to all of a second, and has 10 seconds from connecting to observing.
const WAIT_MS = [500, 1000];
const GIVE_UP_MS = 10_000;

/** Runs a job `{url, tokens, protocol}`, a client each; resolves with how long those took that came in, and how many did not. */
export async function storm({url, tokens, protocol}) {
  const sockets = [];
  const latencies = [];
  const come = async token => {
    await sleep(WAIT_MS[0] + Math.random() * (WAIT_MS[1] - WAIT_MS[0]));
    const startedAt = performance.now();
    await new Promise(resolve => {
      const timer = setTimeout(resolve, GIVE_UP_MS);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const ready = () => {
        latencies.push(performance.now() - startedAt);
        done();
      };
      sockets.push(new ObserverSocket({url, token, protocol}, {ready, event: () => undefined, failure: done}));
    });
  };
  await Promise.all(tokens.map(come));
  for (const socket of sockets) socket.close();
  latencies.sort((a, b) => a - b);
  const late = latencies.filter(ms => ms > GIVE_UP_MS).length;
  return {lost: tokens.length - latencies.length + late, p50: latencies[latencies.length >> 1], last: latencies.at(-1)};
}

function sleep(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}
