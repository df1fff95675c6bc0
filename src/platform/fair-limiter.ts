// Limits concurrent work. Queued work begins round robin by client; when the queue is full, the client with the most
// queued work is refused first. It does not know what the work is.
import {RoundRobin} from './round-robin';

export interface FairLimiterOptions {
  /** How much work runs at a time. */
  concurrency: number;
  /** How much work of one client runs at a time while work of another client runs too. */
  sharedConcurrency: number;
  /** How many bytes the running work may have in all. Larger work runs alone. */
  concurrentBytes: number;
  /** How many bytes of work may begin in one turn of the event loop. Larger work begins alone. */
  turnBytes: number;
  /** How much work may wait. */
  queueLimit: number;
  /** In milliseconds: work that has waited longer is refused when its turn comes. */
  maxWaitMs: number;
}

interface Waiting {
  client: string;
  bytes: number;
  since: number;
  /** Called once: true when its turn has come, false when it is refused. */
  settle: (isAdmitted: boolean) => void;
}

export class FairLimiter {
  private readonly queue = new RoundRobin<Waiting>();
  private active = 0;
  private readonly activeOf = new Map<string, number>();
  private activeBytes = 0;
  private begunBytes = 0; // in this turn of the event loop

  constructor(private readonly options: FairLimiterOptions) {}

  /** How many wait for their turn. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Would this client be refused now? Lets the caller refuse before it reads the request. */
  isFull(client: string): boolean {
    return this.queue.length >= this.options.queueLimit && this.queue.wouldBeLongest(client);
  }

  /**
   * True when the work may begin, at once or when its turn comes: then `leave` must be called with the same client
   * and number of bytes. False when it is refused, at once or later, because too many wait or it has waited too long.
   */
  enter(client: string, bytes: number): boolean | Promise<boolean> {
    const isNext = this.queue.peek(this.mayBegin) === undefined; // every waiting client already has its share
    if (isNext && this.mayBegin(client) && this.hasRoomFor(bytes)) {
      this.begin(client, bytes);
      return true;
    }
    if (this.isFull(client)) return false;
    return new Promise(settle => {
      this.queue.add(client, {client, bytes, since: performance.now(), settle});
      if (this.queue.length > this.options.queueLimit) this.queue.dropFromLongest()?.settle(false);
    });
  }

  /** The work is over. */
  leave(client: string, bytes: number): void {
    const left = (this.activeOf.get(client) ?? 1) - 1;
    if (left === 0) this.activeOf.delete(client);
    else this.activeOf.set(client, left);
    this.active -= 1;
    this.activeBytes -= bytes;
    this.admit();
  }

  private admit(): void {
    for (;;) {
      const next = this.queue.peek(this.mayBegin);
      if (!next || !this.hasRoomFor(next.bytes)) return;
      this.queue.take(this.mayBegin);
      const isInTime = performance.now() - next.since <= this.options.maxWaitMs;
      if (isInTime) this.begin(next.client, next.bytes);
      next.settle(isInTime);
    }
  }

  // A client may use the whole limit while no work of another client runs.
  private readonly mayBegin = (client: string): boolean => {
    const own = this.activeOf.get(client) ?? 0;
    return own < this.options.sharedConcurrency || own === this.active;
  };

  private hasRoomFor(bytes: number): boolean {
    const {concurrency, concurrentBytes, turnBytes} = this.options;
    if (this.begunBytes > 0 && this.begunBytes + bytes > turnBytes) return false;
    return this.active === 0 || (this.active < concurrency && this.activeBytes + bytes <= concurrentBytes);
  }

  private begin(client: string, bytes: number): void {
    this.activeOf.set(client, (this.activeOf.get(client) ?? 0) + 1);
    this.active += 1;
    this.activeBytes += bytes;
    if (this.begunBytes === 0) setImmediate(() => this.endTurn());
    this.begunBytes += Math.max(1, bytes);
  }

  private endTurn(): void {
    this.begunBytes = 0;
    this.admit();
  }
}
