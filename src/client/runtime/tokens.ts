// Gets the application's token: one call of getToken at a time, with a deadline, and with `refused` when the last token
// was. The callers' backoff decides how soon it is called again after a refusal.
import type {Clock} from './clock';
import {FeedError} from '../live-list/feed-error';
import type {InquiryFeedOptions} from '../feed-types';

const ANSWER_TIMEOUT_MS = 30_000;

export interface Tokens {
  /** The token now. Rejects with FeedError: `no-token` for none, `token-failed` when getToken fails or takes too long. */
  get: () => Promise<string>;
  /** This token was refused: the next call of getToken says so. */
  refuse: (token: string) => void;
  /** This token was accepted. */
  accept: (token: string) => void;
}

export interface TokensOptions {
  getToken: InquiryFeedOptions['getToken'];
  clock: Clock;
  /** Gets each token that differs from the previous one. */
  onToken: (token: string) => void;
  /** Ends the wait for getToken. */
  signal: AbortSignal;
}

export function createTokens({getToken, clock, onToken, signal}: TokensOptions): Tokens {
  let pending: Promise<string> | undefined;
  let last: string | undefined;
  let refused: string | undefined;

  const ask = async () => {
    const token = await answerOf(async () => getToken({refused: refused !== undefined}), clock, signal);
    if (typeof token !== 'string' || token === '') throw new FeedError('no-token');
    if (token !== refused) refused = undefined;
    if (token !== last) {
      last = token;
      onToken(token);
    }
    return token;
  };

  return {
    get: () =>
      (pending ??= ask().finally(() => {
        pending = undefined;
      })),
    refuse: token => {
      if (token === last) refused = token; // a newer one is not refused with it
    },
    accept: token => {
      if (token === refused) refused = undefined;
    },
  };
}

// A result or error of getToken after the deadline, or after the end, is dropped.
function answerOf<T>(ask: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const fail = (cause?: unknown) => {
      settle();
      reject(new FeedError('token-failed', undefined, {cause}));
    };
    const end = () => fail();
    const cancel = clock.after(ANSWER_TIMEOUT_MS, end);
    const settle = () => {
      cancel();
      signal.removeEventListener('abort', end);
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    else
      ask().then(answer => {
        settle();
        resolve(answer);
      }, fail);
  });
}
