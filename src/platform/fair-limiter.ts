// Limits how much is worked on at a time. What waits begins client by client, in turn; when too much waits, the client
// with the most waiting is refused first. It knows nothing of what the work is.
import {RoundRobin} from './round-robin';

export interface FairLimiterOptions {
  /** The most that is worked on at a time. */
  concurrency: number;
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
  bytes: number;
  since: number;
  /** Called once: true when its turn has come, false when it is refused. */
  settle: (isAdmitted: boolean) => void;
}

export class FairLimiter {
  private readonly queue = new RoundRobin<Waiting>();
  private active = 0;
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
   * True when the work may begin, at once or when its turn comes: then `leave` must be called with the same number of
   * bytes. False when it is refused, at once or later, because too many wait or it has waited too long.
   */
  enter(client: string, bytes: number): boolean | Promise<boolean> {
    if (this.queue.length === 0 && this.hasRoomFor(bytes)) {
      this.begin(bytes);
      return true;
    }
    if (this.isFull(client)) return false;
    return new Promise(settle => {
      this.queue.add(client, {bytes, since: performance.now(), settle});
      if (this.queue.length > this.options.queueLimit) this.queue.dropFromLongest()?.settle(false);
    });
  }

  /** The work is over. */
  leave(bytes: number): void {
    this.active -= 1;
    this.activeBytes -= bytes;
    this.admit();
  }

  private admit(): void {
    while (this.queue.length > 0 && this.hasRoomFor(this.queue.peek()?.bytes ?? 0)) {
      const next = this.queue.take();
      if (!next) return;
      const isInTime = performance.now() - next.since <= this.options.maxWaitMs;
      if (isInTime) this.begin(next.bytes);
      next.settle(isInTime);
    }
  }

  private hasRoomFor(bytes: number): boolean {
    const {concurrency, concurrentBytes, turnBytes} = this.options;
    if (this.begunBytes > 0 && this.begunBytes + bytes > turnBytes) return false;
    return this.active === 0 || (this.active < concurrency && this.activeBytes + bytes <= concurrentBytes);
  }

  private begin(bytes: number): void {
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
