// One catch-up: the first list, or all changes since the last; after a gap the newest as well; then those that were
// hinted and have not shown. An event never moves the cursor; only an answer of GET /inquiries/changes does.
import {FeedError, FeedExpiredError} from './feed-error';
import type {FeedSource} from './feed-source';
import type {Inquiry, Toast} from '../feed-types';
import type {InquiryList} from './inquiry-list';

const MAX_PAGES = 50; // 5000 changes: a list read anew is cheaper than more
const IDS_PER_READ = 50;
const MAX_HINTED = 5000; // in one go; whatever is more comes with the changes
const MAX_KNOWN = 20_000;

export interface CatchUpOptions {
  source: FeedSource;
  list: InquiryList;
  limit: number;
  /** A new inquiry, once. */
  onNew: (toast: Toast) => void;
  /** The list may have changed. */
  onRows: () => void;
}

export class CatchUp {
  private feed: string | undefined;
  private readonly hinted = new Set<string>();
  /** Ids that were shown or told, newest last; the oldest are forgotten when they are too many. */
  private readonly known = new Set<string>();
  private readonly early: Toast[] = [];

  constructor(private readonly options: CatchUpOptions) {}

  /** Has a first list been read? */
  get isLoaded(): boolean {
    return this.feed !== undefined;
  }

  /** Takes a hint; returns whether there is something to read. Before the first list it waits for that. */
  hint(toast: Toast): boolean {
    if (this.options.list.has(toast.inquiryId)) return false;
    if (this.hinted.size < MAX_HINTED) this.hinted.add(toast.inquiryId);
    if (this.isLoaded) this.tell(toast);
    else if (this.early.length < MAX_HINTED) this.early.push(toast);
    return true;
  }

  /**
   * Reads until nothing is missing. Rejects with FeedError; what was read until then is kept. `hasGap`: hints may have
   * been lost since the last run that succeeded.
   */
  async run(hasGap: boolean): Promise<void> {
    if (this.feed === undefined) {
      await this.begin();
    } else {
      await this.readChanges();
      if (hasGap) await this.readNewest();
    }
    await this.readHinted();
  }

  private async begin(): Promise<void> {
    const {source, list, limit, onRows} = this.options;
    const {inquiries, isAll, feed} = await source.newest(limit);
    list.replace(inquiries, isAll);
    this.feed = feed;
    for (const {id} of inquiries) this.know(id);
    this.forgetShown();
    onRows();
    for (const toast of this.early.splice(0)) this.tell(toast);
  }

  private async readChanges(): Promise<void> {
    for (let pages = 0; pages < MAX_PAGES && this.feed !== undefined; pages++) {
      try {
        if (!(await this.readPage(this.feed))) return;
      } catch (error) {
        if (!(error instanceof FeedExpiredError)) throw error;
        break;
      }
    }
    this.feed = undefined;
    await this.begin();
  }

  // Resolves with whether there is more.
  private async readPage(after: string): Promise<boolean> {
    const {source, list, onRows} = this.options;
    const {data, feed, hasMore} = await source.changesAfter(after);
    if (hasMore && feed === after) throw new FeedError('unexpected'); // it would never end
    this.feed = feed;
    list.apply(data);
    for (const {removed} of data) if (removed !== undefined) this.hinted.delete(removed);
    this.forgetShown();
    onRows();
    for (const {inquiry, isNew} of data) {
      // What was caught as spam was never told of, and an old inquiry that changed is no news.
      if (inquiry && isNew && inquiry.status !== 'spam') this.tell(toToast(inquiry));
      else if (inquiry) this.know(inquiry.id);
    }
    return hasMore;
  }

  // A long transaction elsewhere holds the changes back, but not the list. An inquiry that has changed already toasts
  // with the changes, if at all: only they know whether it is new or has moved here from another topic.
  private async readNewest(): Promise<void> {
    const {source, list, limit, onRows} = this.options;
    const {inquiries} = await source.newest(limit);
    const missed = inquiries.filter(({id}) => !list.has(id));
    list.apply(inquiries.map(inquiry => ({inquiry})));
    onRows();
    for (const inquiry of missed) {
      const isNews = list.has(inquiry.id) && inquiry.version === 1 && inquiry.status !== 'spam';
      if (isNews) this.tell(toToast(inquiry));
    }
  }

  // Nor does it hold back a row that is asked for by its id.
  private async readHinted(): Promise<void> {
    const {source, list, onRows} = this.options;
    this.forgetShown();
    const ids = [...this.hinted];
    for (let start = 0; start < ids.length; start += IDS_PER_READ) {
      const some = ids.slice(start, start + IDS_PER_READ);
      list.apply((await source.byIds(some)).map(inquiry => ({inquiry})));
      for (const id of some) this.hinted.delete(id); // also those that are not there: erased, or not ours to see
      onRows();
    }
  }

  private forgetShown(): void {
    for (const id of this.hinted) if (this.options.list.has(id)) this.hinted.delete(id);
  }

  private tell(toast: Toast): void {
    if (this.know(toast.inquiryId)) this.options.onNew(toast);
  }

  // Returns whether it is news.
  private know(id: string): boolean {
    if (this.known.has(id)) return false;
    this.known.add(id);
    if (this.known.size > MAX_KNOWN) this.known.delete(this.known.values().next().value ?? id); // the oldest
    return true;
  }
}

function toToast({id, topic, createdAt}: Inquiry): Toast {
  return {inquiryId: id, topic, receivedAt: createdAt};
}
