// Lets the submissions of visitors in: so many at a time as PostgreSQL stores well, client by client in turn. A client that is
// above the flood limit, or whose flood has filled the queue, is refused before its body is read, with an answer that costs
// next to nothing.
import type {IncomingMessage} from 'node:http';
import {ProblemError} from '../problems/problem-error';
import {RATE_WINDOW_SECONDS, type RateLimit} from '../../services/guards/rate-limit';
import {FairLimiter, type FairLimiterOptions} from '../../platform/fair-limiter';

/**
 * As many at a time as fill two INSERTs (repositories/inquiry/inquiry.repository.ts), and fewer of long ones, so that a visitor
 * waits behind few of them. Fewer of one client beside others, so that INSERTs are short. In one turn of the event loop
 * what takes some milliseconds to read: Node accepts one connection in each turn. The queue holds more than the
 * connections of one client are, at 32 KB each.
 */
const LIMITS: FairLimiterOptions = {
  concurrency: 128,
  sharedConcurrency: 4,
  concurrentBytes: 128 * 1024,
  turnBytes: 16 * 1024,
  queueLimit: 3072,
  maxWaitMs: 4000,
};

/** One for all who are refused: making an error, with its stack, would cost more than the answer. */
export const OVERLOADED = new ProblemError(
  'unavailable',
  'Too many submissions wait: try again in a few seconds; with the same Idempotency-Key nothing is stored twice.',
  {headers: {'Retry-After': '2'}},
);

const TOO_MANY = 'Too many submissions came from your address: try again later.';

export interface SubmissionLimiterOptions {
  /** Who a request is from. */
  clientOf: (request: IncomingMessage) => string;
  onRefused: () => void;
  /** Counts each client's submissions; none without one. */
  rateLimit?: RateLimit;
  /** A client is above the flood limit. */
  onFlood?: () => void;
  limits?: FairLimiterOptions;
}

export class SubmissionLimiter {
  private readonly limiter: FairLimiter;
  private flooded: {seconds: number; limit: number; problem: ProblemError} | undefined;

  constructor(private readonly options: SubmissionLimiterOptions) {
    this.limiter = new FairLimiter(options.limits ?? LIMITS);
  }

  /** How many wait for their turn, for metrics. */
  get waiting(): number {
    return this.limiter.waiting;
  }

  /** Who a request is from. */
  clientOf(request: IncomingMessage): string {
    return this.options.clientOf(request);
  }

  /** Begins a submission whose body is not read yet. Throws OVERLOADED, and ProblemError 429 above the flood limit. */
  begin(request: IncomingMessage, {isMailLink = false} = {}): Submission {
    const {clientOf, rateLimit} = this.options;
    const client = clientOf(request);
    const attempts = (isMailLink ? rateLimit?.hitMailLink(client) : rateLimit?.hitClient(client)) ?? 0;
    const limit = (isMailLink ? rateLimit?.mailLinkFlood : rateLimit?.limits.flood) ?? Infinity;
    if (rateLimit && attempts > limit) throw this.refuseFlood(limit, rateLimit);
    if (this.limiter.isFull(client)) throw this.refuse();
    return new Submission(this.limiter, {client, attempts, refuse: () => this.refuse()});
  }

  // All counts begin anew at the same time, so that all floods get the same answer for a second.
  private refuseFlood(limit: number, {resetSeconds}: RateLimit): ProblemError {
    this.options.onFlood?.();
    if (this.flooded?.seconds === resetSeconds && this.flooded.limit === limit) return this.flooded.problem;
    const headers = {
      'Retry-After': String(resetSeconds),
      // draft-ietf-httpapi-ratelimit-headers
      'RateLimit-Policy': `"client";q=${limit};w=${RATE_WINDOW_SECONDS}`,
      RateLimit: `"client";r=0;t=${resetSeconds}`,
    };
    const problem = new ProblemError('too-many-requests', TOO_MANY, {headers});
    this.flooded = {seconds: resetSeconds, limit, problem};
    return problem;
  }

  private refuse(): ProblemError {
    this.options.onRefused();
    return OVERLOADED;
  }
}

/** One submission: `enter` once its body is read, `leave` when it is over, however it ended. */
export class Submission {
  private bytes: number | undefined;

  constructor(
    private readonly limiter: FairLimiter,
    private readonly options: {client: string; attempts: number; refuse: () => ProblemError},
  ) {}

  /** Who it counts for. */
  get client(): string {
    return this.options.client;
  }

  /** How many of this client came in this window of the rate limit, this one among them; 0 without one. */
  get attempts(): number {
    return this.options.attempts;
  }

  /** Resolves when its turn has come; undefined when that is at once. Rejects with OVERLOADED. */
  enter(bytes: number): Promise<void> | undefined {
    const admitted = this.limiter.enter(this.client, bytes);
    if (admitted === true) {
      this.bytes = bytes;
      return undefined;
    }
    return this.wait(admitted, bytes);
  }

  leave(): void {
    if (this.bytes !== undefined) this.limiter.leave(this.client, this.bytes);
    this.bytes = undefined;
  }

  private async wait(admitted: boolean | Promise<boolean>, bytes: number): Promise<void> {
    if (!(await admitted)) throw this.options.refuse();
    this.bytes = bytes;
  }
}
