// The rows that the feed shows: newest first, at most `limit`, without holes. Pure state: no time, no requests.
import type {Inquiry} from '../feed-types';

/** A row's place in the order of the list. */
type Place = Pick<Inquiry, 'createdAt' | 'id'>;

/** An inquiry at its latest state, or the id of one that is gone. */
export type RowChange = {inquiry: Inquiry; removed?: undefined} | {inquiry?: undefined; removed: string};

export class InquiryList {
  private rows = new Map<string, Inquiry>();
  /** Every inquiry that is newer than this is held; undefined when all there are fit. */
  private floor: Place | undefined;
  private view: readonly Inquiry[] = Object.freeze([]);
  private count = 0;

  constructor(private readonly limit: number) {}

  /** The same array until a row changes. */
  get inquiries(): readonly Inquiry[] {
    return this.view;
  }

  /** Grows when a row changed, and when one that is not held may have. */
  get changes(): number {
    return this.count;
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** Begins anew with the newest inquiries; `isAll`: there are no older ones. */
  replace(inquiries: readonly Inquiry[], isAll: boolean): void {
    const held = this.rows;
    // A row that did not change stays the same object, so that whoever shows it need not draw it again.
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
      if (isShown || this.isOutOfSight(inquiry ?? removed)) this.count += 1;
      changed ||= isShown;
    }
    if (changed) this.rebuild();
  }

  // The version says which of two states is the later one. Of one version the last that was read is: an erasure of
  // somebody else's address redacts a text and nothing more.
  private put(row: Inquiry): boolean {
    const held = this.rows.get(row.id);
    if (held ? row.version < held.version || isSame(held, row) : this.isBelowFloor(row)) return false;
    this.rows.set(row.id, row);
    return true;
  }

  // An older inquiry than the oldest that is held would show as if nothing lay between the two.
  private isBelowFloor(row: Place): boolean {
    return this.floor !== undefined && byNewest(row, this.floor) > 0;
  }

  // Of one that is gone only the id is known: it may have been below the floor.
  private isOutOfSight(row: Inquiry | string): boolean {
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
