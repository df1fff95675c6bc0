// Errors of the feed's reads; users see `failure` in the snapshot.
import type {FeedFailure} from '../feed-types';

/** Its message names the failure and nothing that was sent or received. */
export class FeedError extends Error {
  override readonly name = 'FeedError';

  constructor(
    readonly failure: FeedFailure,
    /** The server's Retry-After, in milliseconds. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`The inquiries cannot be read: ${failure}`, options);
  }
}

/** The server does not accept this cursor any more (410 or 400): the list must be read again. */
export class FeedExpiredError extends Error {
  override readonly name = 'FeedExpiredError';
}
