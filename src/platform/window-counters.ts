// Counts many keys in fixed memory, window by window. A key is counted in one cell of each of two rows, which it shares with
// others; the smaller count is taken (a count-min sketch: Cormode and Muthukrishnan, 2005). So a count is never too low, and too
// high by about the number of all hits over the number of cells. Nothing of a key is kept, and there is no timer.

export interface WindowCountersOptions {
  windowMs: number;
  /** Cells of each row, a power of two; each takes 4 bytes. */
  cells: number;
  /** Milliseconds that never go back. */
  now?: () => number;
  /** Milliseconds since 1970: windows begin at its multiples, as those of other processes do. Without it, now. */
  epochMs?: number;
}

export class WindowCounters {
  private readonly rows: readonly [Uint32Array, Uint32Array];
  private readonly now: () => number;
  private endsAt: number;
  private windows: number;
  readonly windowMs: number;

  constructor({windowMs, cells, now = () => performance.now(), epochMs = 0}: WindowCountersOptions) {
    this.rows = [new Uint32Array(cells), new Uint32Array(cells)];
    this.now = now;
    this.windowMs = windowMs;
    this.windows = Math.floor(epochMs / windowMs);
    this.endsAt = now() + windowMs - (epochMs % windowMs);
  }

  /**
   * Counts a hit of the key with this hash, in hexadecimal, of at least 8 bytes that are spread evenly; how many there are in this
   * window.
   */
  hit(hash: string): number {
    this.turn();
    const [first, second] = this.rows;
    const [a, b] = this.cellsOf(hash);
    const count = Math.min(first[a] ?? 0, second[b] ?? 0) + 1;
    // Only the smaller cell is known to be this key's: the other one need not grow beyond it.
    first[a] = Math.max(first[a] ?? 0, count);
    second[b] = Math.max(second[b] ?? 0, count);
    return count;
  }

  /** How many there are of the key with this hash, without counting one. */
  count(hash: string): number {
    this.turn();
    const [first, second] = this.rows;
    const [a, b] = this.cellsOf(hash);
    return Math.min(first[a] ?? 0, second[b] ?? 0);
  }

  /** Which window it is; each that has passed adds one. */
  get window(): number {
    this.turn();
    return this.windows;
  }

  /** Others have counted too: there are at least so many of this key. */
  raise(hash: string, count: number): void {
    const [first, second] = this.rows;
    const [a, b] = this.cellsOf(hash);
    first[a] = Math.max(first[a] ?? 0, count);
    second[b] = Math.max(second[b] ?? 0, count);
  }

  /** Whole seconds until every count begins anew, at least one. */
  get resetSeconds(): number {
    this.turn();
    return Math.max(1, Math.ceil((this.endsAt - this.now()) / 1000));
  }

  private cellsOf(hash: string): [number, number] {
    const mask = this.rows[0].length - 1;
    return [parseInt(hash.slice(0, 8), 16) & mask, parseInt(hash.slice(8, 16), 16) & mask];
  }

  // Windows follow each other without a gap, however long nobody came.
  private turn(): void {
    const late = this.now() - this.endsAt;
    if (late < 0) return;
    for (const row of this.rows) row.fill(0);
    const passed = 1 + Math.floor(late / this.windowMs);
    this.windows += passed;
    this.endsAt += passed * this.windowMs;
  }
}
