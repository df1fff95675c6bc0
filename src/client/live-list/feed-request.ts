// One GET with the token: an answer of 200 as parsed JSON, or FeedError. A 401 is tried once more with a fresh token.
import type {Clock} from '../runtime/clock';
import {FeedError, FeedExpiredError} from './feed-error';
import {retryAfterMs} from '../rest/retry-after';
import type {Tokens} from '../runtime/tokens';

const ANSWER_TIMEOUT_MS = 20_000;

export interface RequestOptions {
  restUrl: string;
  tokens: Tokens;
  clock: Clock;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Ends every request. */
  signal: AbortSignal;
}

export interface Answer {
  body: unknown;
  headers: Headers;
}

export type Read = (path: string, query: Record<string, string>) => Promise<Answer>;

export function createRead({tokens, ...options}: RequestOptions): Read {
  return async (path, query) => {
    const target = `${path}?${new URLSearchParams(query).toString()}`;
    let refused: string | undefined;
    for (;;) {
      const token = await tokens.get();
      if (token === refused) throw new FeedError('unauthorized');
      const answer = await send(target, token, options);
      if (answer !== 'refused') {
        tokens.accept(token);
        return answer;
      }
      tokens.refuse(token);
      if (refused !== undefined) throw new FeedError('unauthorized'); // the fresh one too
      refused = token;
    }
  };
}

async function send(
  target: string,
  token: string,
  {restUrl, clock, fetch, signal}: Omit<RequestOptions, 'tokens'>,
): Promise<Answer | 'refused'> {
  const request = new AbortController();
  const cancelTimeout = clock.after(ANSWER_TIMEOUT_MS, () => request.abort());
  const end = () => {
    cancelTimeout();
    request.abort();
  };
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) end();
    const response = await fetch(restUrl + target, {
      headers: {Authorization: `Bearer ${token}`, Accept: 'application/json'},
      signal: request.signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error', // the token is for this address and no other
    });
    return await toAnswer(response, clock);
  } catch (error) {
    if (error instanceof FeedError || error instanceof FeedExpiredError) throw error;
    throw new FeedError('network', undefined, {cause: error});
  } finally {
    cancelTimeout();
    signal.removeEventListener('abort', end);
  }
}

async function toAnswer(response: Response, clock: Clock): Promise<Answer | 'refused'> {
  const {status, headers, ok} = response;
  if (ok) return {body: parse(await response.text()), headers};
  await response.body?.cancel(); // frees the connection; nobody reads what it says
  switch (status) {
    case 401:
      return 'refused';
    case 403:
      throw new FeedError('forbidden');
    case 400: // the cursor is of another filter, as after a change of the token's topics
    case 410: // the cursor is of another database, or too old
      throw new FeedExpiredError();
  }
  const isPassing = status >= 500 || status === 429 || status === 408;
  throw new FeedError(isPassing ? 'unavailable' : 'unexpected', retryAfterMs(headers, clock));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FeedError('unexpected', undefined, {cause: error});
  }
}
