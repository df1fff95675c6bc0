// What the feed knows of itself, and the snapshot that follows from it.
import type {Clock} from '../runtime/clock';
import type {FeedFailure, FeedSnapshot, FeedStatus, Inquiry} from '../feed-types';

const NO_ACCESS: readonly FeedFailure[] = ['unauthorized', 'forbidden', 'no-token'];

/** When a catch-up began, and in which session of the gateway. */
export interface Beginning {
  now: number;
  monotonic: number;
  session: number;
}

export class FeedState {
  private current: FeedSnapshot;
  private completeAt: Beginning | undefined;
  private failure: FeedFailure | undefined;
  private up = false;
  private session = 0;

  constructor(
    private readonly clock: Clock,
    inquiries: readonly Inquiry[],
  ) {
    this.current = Object.freeze({
      inquiries,
      changes: 0,
      status: this.status(),
      updatedAt: undefined,
      failure: undefined,
    });
  }

  get snapshot(): FeedSnapshot {
    return this.current;
  }

  /** Does the gateway tell of new inquiries? */
  get isUp(): boolean {
    return this.up;
  }

  /**
   * Does the gateway tell again, and has no catch-up that began since then succeeded? Nobody may have been told of what
   * was submitted before.
   */
  get hasGap(): boolean {
    return this.up && this.completeAt?.session !== this.session;
  }

  /** The gateway begins, or ceases, to tell; what happened before must be read. */
  observe(up: boolean): void {
    this.up = up;
    this.session += 1;
  }

  begin(): Beginning {
    return {now: this.clock.now(), monotonic: this.clock.monotonic(), session: this.session};
  }

  /** Everything until `beginning` was read. */
  complete(beginning: Beginning): void {
    this.completeAt = beginning;
    this.failure = undefined;
  }

  fail(failure: FeedFailure): void {
    this.failure = failure;
  }

  /** By whichever clock says more: one may be set back, the other stands still while the machine sleeps. */
  ageMs(): number {
    if (!this.completeAt) return Infinity;
    const {now, monotonic} = this.completeAt;
    return Math.max(this.clock.now() - now, this.clock.monotonic() - monotonic);
  }

  /** Makes a new snapshot if it would differ; returns whether it did. */
  update({inquiries, changes}: Pick<FeedSnapshot, 'inquiries' | 'changes'>): boolean {
    const {current} = this;
    const next: FeedSnapshot = {
      inquiries,
      changes,
      status: this.status(),
      updatedAt: this.completeAt?.now,
      failure: this.failure,
    };
    const isSame = (Object.keys(next) as (keyof FeedSnapshot)[]).every(key => next[key] === current[key]); // its own keys
    if (!isSame) this.current = Object.freeze(next);
    return !isSame;
  }

  private status(): FeedStatus {
    if (this.failure !== undefined) return NO_ACCESS.includes(this.failure) ? 'unauthorized' : 'offline';
    if (!this.completeAt) return 'catching-up';
    if (!this.up) return 'polling';
    return this.hasGap ? 'catching-up' : 'live';
  }
}
