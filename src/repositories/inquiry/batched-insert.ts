// Rows that are stored together because they came at the same time: few INSERTs are in flight, and each takes its share of
// what waits, so that a commit to disk, which costs the same for one row and for many, is shared. There is no timer: a row
// that comes alone is written at once.
//
// A share, and not all that waits: an INSERT of nearly everything leaves the other ones single rows while it runs, each
// with a commit of its own. Measured with 32 visitors at once: a quarter more rows a second.
//
// Each caller hears of its own row, after the commit. It leaves the statement, and what its errors mean, to `write`.
import {StatementTimeoutError} from '../../datasources/postgres/errors';
import {UnavailableError} from '../../platform/errors';

export interface BatchedInsertOptions<Row> {
  /**
   * Stores the rows in one transaction and says of each, in their order, whether it was stored; false where it was there
   * already. Throws UnavailableError when nobody knows whether they are stored or when trying again now is of no use;
   * any other error, and StatementTimeoutError, mean that none is stored, because of one of them or because they are too
   * many at once.
   */
  write: (rows: readonly Row[]) => Promise<readonly boolean[]>;
  /** INSERTs at a time; with more, batches only get smaller. */
  inFlight: number;
  /** The most rows of one INSERT; of fewer that wait or are in flight, each INSERT takes an equal share. */
  batchSize: number;
  /** The most bytes of one INSERT; a row that is larger alone is written alone. */
  batchBytes: number;
  /** Bytes of a row, about. */
  sizeOf: (row: Row) => number;
  /** The most rows that may wait. */
  queueLimit: number;
  /** The longest that a row may have waited when its INSERT begins. */
  maxQueueWaitMs: number;
  /** A row that came longer ago is not tried in a smaller batch any more. */
  retryMs: number;
}

interface Waiting<Row> {
  row: Row;
  since: number;
  resolve: (isStored: boolean) => void;
  reject: (error: unknown) => void;
}

export class BatchedInsert<Row> {
  private queue: Waiting<Row>[] = [];
  private running = 0;
  private rowsInFlight = 0;

  constructor(private readonly options: BatchedInsertOptions<Row>) {}

  /** How many rows wait for an INSERT, for metrics. */
  get waiting(): number {
    return this.queue.length;
  }

  /**
   * Resolves after the commit: true when the row was stored, false when it was there already. Throws what `write`
   * throws for this row alone, and UnavailableError when too many rows wait or this one has waited too long; it is not
   * stored then.
   */
  insert(row: Row): Promise<boolean> {
    if (this.queue.length >= this.options.queueLimit) return Promise.reject(overloaded('too many rows wait'));
    return new Promise((resolve, reject) => {
      this.queue.push({row, since: performance.now(), resolve, reject});
      this.writeNext();
    });
  }

  private writeNext(): void {
    while (this.running < this.options.inFlight && this.queue.length > 0) {
      const batch = this.takeBatch();
      if (batch.length === 0) return;
      this.running += 1;
      this.rowsInFlight += batch.length;
      void this.writeBatch(batch).finally(() => {
        this.running -= 1;
        this.rowsInFlight -= batch.length;
        this.writeNext();
      });
    }
  }

  // The oldest come first, so all behind the first patient one are patient too.
  private takeBatch(): Waiting<Row>[] {
    const oldest = performance.now() - this.options.maxQueueWaitMs;
    const firstInTime = this.queue.findIndex(({since}) => since >= oldest);
    const expired = this.queue.splice(0, firstInTime < 0 ? this.queue.length : firstInTime);
    for (const {reject} of expired) reject(overloaded('the row has waited too long'));
    const share = Math.ceil((this.queue.length + this.rowsInFlight) / this.options.inFlight);
    return this.queue.splice(0, this.fitting(Math.min(share, this.options.batchSize)));
  }

  // How many of the first rows fit into one INSERT, at least one: a row that costs much must not take many others with it.
  private fitting(most: number): number {
    let bytes = 0;
    for (let count = 0; count < most; count += 1) {
      const next = this.queue[count];
      if (!next) return count;
      bytes += this.options.sizeOf(next.row);
      if (bytes > this.options.batchBytes && count > 0) return count;
    }
    return most;
  }

  // Every caller has its answer when this resolves, with the error if nobody answered; it never rejects.
  private async writeBatch(batch: readonly Waiting<Row>[]): Promise<UnavailableError | undefined> {
    try {
      const stored = await this.options.write(batch.map(({row}) => row));
      batch.forEach(({resolve}, index) => resolve(stored[index] === true));
      return undefined;
    } catch (error) {
      const isAboutRows = !(error instanceof UnavailableError) || error instanceof StatementTimeoutError;
      if (isAboutRows && batch.length > 1) return this.writeHalves(batch, error);
      for (const {reject} of batch) reject(error);
      return isAboutRows ? undefined : error;
    }
  }

  // The row that is wrong, or too much for its neighbours, fails alone after a few INSERTs, and the others are stored. Once
  // nobody answers, the second half is not tried: it would wait as long.
  private async writeHalves(batch: readonly Waiting<Row>[], error: unknown): Promise<UnavailableError | undefined> {
    const oldest = performance.now() - this.options.retryMs;
    for (const {reject} of batch.filter(({since}) => since < oldest)) reject(error);
    const inTime = batch.filter(({since}) => since >= oldest);
    const middle = Math.ceil(inTime.length / 2);
    const halves = [inTime.slice(0, middle), inTime.slice(middle)];
    let unavailable: UnavailableError | undefined;
    for (const half of halves) {
      if (half.length === 0) continue;
      if (unavailable) for (const {reject} of half) reject(unavailable);
      else unavailable = await this.writeBatch(half);
    }
    return unavailable;
  }
}

function overloaded(reason: string): UnavailableError {
  return new UnavailableError('PostgreSQL', {cause: new Error(reason)});
}
