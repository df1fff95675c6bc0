// Limits how much is worked on at a time. What waits begins client by client, in turn; when too much waits, the client
// with the most waiting is refused first. It knows nothing of what the work is.
import {RoundRobin} from './round-robin';

export interface FairLimiterOptions {
  /** The most that is worked on at a time. */
  concurrency: number;
  /** The most of one client while another one's is worked on. */
  sharedConcurrency: number;
  /** The most bytes of it; what is larger alone is worked on alone. */
  concurrentBytes: number;
  /** The most bytes that begin in one turn of the event loop; what is larger alone begins alone. */
  turnBytes: number;
  /** The most that may wait. */
  queueLimit: number;
  /** What waits longer than this, in milliseconds, is refused when its turn comes. */
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

  /** Would this client be refused now? For asking before the work of reading what it sends. */
  isFull(client: string): boolean {
    return this.queue.length >= this.options.queueLimit && this.queue.wouldBeLongest(client);
  }

  /**
   * True when the work may begin, at once or when its turn comes: then `leave` must be called with the same client
   * and number of bytes. False when it is refused, at once or later, because too many wait or it has waited too long.
   */
  enter(client: string, bytes: number): boolean | Promise<boolean> {
    const isNext = this.queue.peek(this.mayBegin) === undefined; // who waits has had their share
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

  // A client that is alone has all of the room.
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
