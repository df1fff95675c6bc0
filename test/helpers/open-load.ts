// A load that comes at a rate of its own, whatever the answers take, as visitors do; and what became of each request.
import {Agent, request} from 'node:http';
import {randomUUID} from 'node:crypto';
import {givenSubmission} from './inquiries';
import {onTeardown} from './teardown';

/** Most requests that wait for an answer; one more counts as failed. */
const MOST_IN_FLIGHT = 2000;
const ANSWER_TIMEOUT_MS = 30_000;
const TICK_MS = 10;

export interface OpenLoad {
  /** Requests sent so far. */
  sent(): number;
  /** Sends no more; resolves when each request is answered or has failed. */
  finish(): Promise<LoadOutcome>;
}

export interface LoadOutcome {
  /** One for each 201. */
  ids: string[];
  /** What was not answered with 201, in words. */
  failures: string[];
  /** From the first request to the last. */
  durationMs: number;
}

/** Posts `perSecond` inquiries a second; `submissionOf` makes each of its number. Every other one has a key. */
export function startOpenLoad(
  url: string,
  {perSecond, submissionOf}: {perSecond: number; submissionOf: (index: number) => Record<string, unknown>},
): OpenLoad {
  const agent = new Agent({keepAlive: true, maxSockets: 200, scheduling: 'lifo'});
  const outcome: LoadOutcome = {ids: [], failures: [], durationMs: 0};
  const startedAt = performance.now();
  const inFlight = new Set<Promise<void>>();
  let sent = 0;
  const send = () => {
    const index = sent;
    sent += 1;
    if (inFlight.size >= MOST_IN_FLIGHT) {
      outcome.failures.push(`${index}: not sent, ${inFlight.size} wait for an answer`);
      return;
    }
    const key = index % 2 === 0 ? randomUUID() : undefined;
    const answered = post(url, {agent, key, body: JSON.stringify(givenSubmission(submissionOf(index)))}).then(
      id => void outcome.ids.push(id),
      (error: unknown) => {
        const after = Math.round(performance.now() - startedAt);
        outcome.failures.push(`${index} at ${after} ms, ${key ? 'with' : 'without'} a key: ${String(error)}`);
      },
    );
    inFlight.add(answered);
    void answered.finally(() => inFlight.delete(answered));
  };
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) * perSecond) / 1000);
    while (sent < due) send();
  }, TICK_MS);
  const stop = () => {
    clearInterval(timer);
    agent.destroy();
    return Promise.resolve();
  };
  onTeardown(stop);
  return {
    sent: () => sent,
    finish: async () => {
      clearInterval(timer);
      outcome.durationMs = performance.now() - startedAt;
      await Promise.all(inFlight);
      await stop();
      return outcome;
    },
  };
}

/** Resolves with the id of a 201. */
function post(url: string, {agent, key, body}: {agent: Agent; key: string | undefined; body: string}): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/inquiries`, {
      method: 'POST',
      agent,
      timeout: ANSWER_TIMEOUT_MS,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...(key !== undefined && {'Idempotency-Key': key}),
      },
    });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('response', response => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 201) resolve((JSON.parse(text) as {id: string}).id);
        else reject(new Error(`${response.statusCode}: ${text.slice(0, 200)}`));
      });
    });
    outgoing.end(body);
  });
}
