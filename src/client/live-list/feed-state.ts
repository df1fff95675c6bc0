// What the feed holds: its rows (InquiryList), and its status with the snapshot that users get (FeedState). Pure state: no
// requests and no timers.
import type {FeedFailure, FeedSnapshot, FeedStatus, Inquiry} from '../feed-types';
import type {Clock} from '../runtime/clock';

const NO_ACCESS: readonly FeedFailure[] = ['unauthorized', 'forbidden', 'no-token'];

/** A row's place in the order of the list. */
type Place = Pick<Inquiry, 'createdAt' | 'id'>;

/** An inquiry at its latest state, or the id of one that is gone. */
export type RowChange = {inquiry: Inquiry; removed?: undefined} | {inquiry?: undefined; removed: string};

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

  /** Does the gateway send new inquiries? */
  get isUp(): boolean {
    return this.up;
  }

  /**
   * Is the gateway connected, while no catch-up that began since then has succeeded? There may have been no event for what
   * was submitted before.
   */
  get hasGap(): boolean {
    return this.up && this.completeAt?.session !== this.session;
  }

  /** The connection to the gateway came up or went down. */
  setUp(up: boolean): void {
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

  /** By the clock that advanced further: one may be set back, the other stands still while the machine sleeps. */
  ageMs(): number {
    if (!this.completeAt) return Infinity;
    const {now, monotonic} = this.completeAt;
    return Math.max(this.clock.now() - now, this.clock.monotonic() - monotonic);
  }

  /** Replaces the snapshot if it would differ; returns whether it did. */
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

/** The rows that the feed shows: newest first, at most `limit`, without holes. */
export class InquiryList {
  private rows = new Map<string, Inquiry>();
  /** The list holds every inquiry that is newer than this; undefined when it holds all. */
  private floor: Place | undefined;
  private view: readonly Inquiry[] = Object.freeze([]);
  private count = 0;

  constructor(private readonly limit: number) {}

  /** The same array until a row changes. */
  get inquiries(): readonly Inquiry[] {
    return this.view;
  }

  /** Grows when a row changed, and when one outside of the list may have. */
  get changes(): number {
    return this.count;
  }

  get(id: string): Inquiry | undefined {
    return this.rows.get(id);
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** Replaces all rows by the newest inquiries; `isAll`: there are no older ones. */
  replace(inquiries: readonly Inquiry[], isAll: boolean): void {
    const held = this.rows;
    // A row that did not change stays the same object, so that it need not be rendered again.
    this.rows = new Map(
      inquiries.map(row => {
        const before = held.get(row.id);
        return [row.id, isSame(before, row) ? before : row];
      }),
    );
    this.floor = isAll ? undefined : oldestOf(inquiries);
    this.count += 1;
    this.rebuild();
  }

  /** Applies changes in their order: later states replace earlier ones, removed rows go. */
  apply(changes: readonly RowChange[]): void {
    let changed = false;
    for (const {inquiry, removed} of changes) {
      const isShown = inquiry ? this.put(inquiry) : this.rows.delete(removed);
      if (isShown || this.mayBeBelowFloor(inquiry ?? removed)) this.count += 1;
      changed ||= isShown;
    }
    if (changed) this.rebuild();
  }

  // The version says which of two states is later. With equal versions the last read wins: an erasure of somebody else's
  // address redacts the text and leaves the version.
  private put(row: Inquiry): boolean {
    const held = this.rows.get(row.id);
    if (held ? row.version < held.version || isSame(held, row) : this.isBelowFloor(row)) return false;
    this.rows.set(row.id, row);
    return true;
  }

  // An inquiry older than the oldest row would leave a hole between the two.
  private isBelowFloor(row: Place): boolean {
    return this.floor !== undefined && byNewest(row, this.floor) > 0;
  }

  // Of a removed inquiry only the id is known: it may have been below the floor.
  private mayBeBelowFloor(row: Inquiry | string): boolean {
    return typeof row === 'string' ? this.floor !== undefined : !this.rows.has(row.id) && this.isBelowFloor(row);
  }

  private rebuild(): void {
    const sorted = [...this.rows.values()].sort(byNewest);
    const dropped = sorted.splice(this.limit);
    if (dropped.length > 0) {
      for (const {id} of dropped) this.rows.delete(id);
      this.floor = oldestOf(sorted);
    }
    this.view = Object.freeze(sorted);
  }
}

// The order of GET /inquiries: created_at, then id. Both are fixed-width text, so text order is their order.
function byNewest(a: Place, b: Place): number {
  return compare(b.createdAt, a.createdAt) || compare(b.id, a.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function oldestOf(inquiries: readonly Inquiry[]): Place | undefined {
  const oldest = [...inquiries].sort(byNewest).at(-1);
  return oldest && {createdAt: oldest.createdAt, id: oldest.id};
}

function isSame(held: Inquiry | undefined, row: Inquiry): held is Inquiry {
  return held !== undefined && JSON.stringify(held) === JSON.stringify(row);
}
