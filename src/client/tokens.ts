// Asks the application for its token: one question at a time, with a deadline, and told when the last token was
// refused. How often a refused token is asked for again is the callers' backoff.
import type {Clock} from './clock';
import {FeedError} from './feed-error';
import type {InquiryFeedOptions} from './feed-types';

const ANSWER_TIMEOUT_MS = 30_000;

export interface Tokens {
  /** The token now. Rejects with FeedError `no-token`. */
  get: () => Promise<string>;
  /** This token was not accepted: the next question says so. */
  refuse: (token: string) => void;
  /** This token was accepted. */
  accept: (token: string) => void;
}

/** `onToken` hears each token that differs from the one before. */
export function createTokens(
  getToken: InquiryFeedOptions['getToken'],
  clock: Clock,
  onToken: (token: string) => void,
): Tokens {
  let pending: Promise<string> | undefined;
  let last: string | undefined;
  let refused: string | undefined;

  const ask = async () => {
    const token = await withDeadline(clock, async () => getToken({refused: refused !== undefined}));
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

// What a slow getToken answers after the deadline is dropped, an error too.
function withDeadline<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ANSWER_TIMEOUT_MS, () => reject(new FeedError('no-token')));
    work()
      .then(resolve, (error: unknown) => reject(new FeedError('no-token', undefined, {cause: error})))
      .finally(cancel);
  });
}
