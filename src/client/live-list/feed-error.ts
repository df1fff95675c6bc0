// Why the list could not be read, as the parts of the feed tell each other.
import type {FeedFailure} from '../feed-types';

/** Its message names the failure and nothing that was sent or received. */
export class FeedError extends Error {
  override readonly name = 'FeedError';

  constructor(
    readonly failure: FeedFailure,
    /** What the server asked for by Retry-After, in milliseconds. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`The inquiries cannot be read: ${failure}`, options);
  }
}

/** The server no longer knows this feed cursor (410): read the list anew. */
export class FeedExpiredError extends Error {
  override readonly name = 'FeedExpiredError';
}
