// One catch-up: the first list, or all changes since the last one; after a gap also the newest page; then the inquiries
// that were hinted at and are not in the list yet. An event never moves the cursor; only an answer of GET /inquiries/changes does.
import {FeedError, FeedExpiredError} from './feed-error';
import type {FeedSource} from './feed-source';
import type {Inquiry, InquiryHint} from '../feed-types';
import type {InquiryList} from './feed-state';

const MAX_PAGES = 50; // 5000 changes: reading the list again is cheaper than more
const IDS_PER_READ = 50;
const MAX_HINTED = 5000; // at once; any more come with the changes
const MAX_KNOWN = 20_000;

export interface CatchUpOptions {
  source: FeedSource;
  list: InquiryList;
  limit: number;
  /** A new inquiry, once. */
  onNew: (hint: InquiryHint) => void;
  /** The list may have changed. */
  onRows: () => void;
}

export class CatchUp {
  private cursor: string | undefined;
  private readonly hinted = new Set<string>();
  /** Ids that were shown or emitted, newest last; beyond MAX_KNOWN the oldest are dropped. */
  private readonly known = new Set<string>();
  private readonly early: InquiryHint[] = [];

  constructor(private readonly options: CatchUpOptions) {}

  /** Has a first list been read? */
  get isLoaded(): boolean {
    return this.cursor !== undefined;
  }

  /** Takes a hint; returns whether a read is needed. Before the first list the hint waits for it. */
  hint(hint: InquiryHint): boolean {
    if (this.isShown(hint.inquiryId)) return false;
    if (this.hinted.size < MAX_HINTED) this.hinted.add(hint.inquiryId);
    if (this.isLoaded) this.emit(hint);
    else if (this.early.length < MAX_HINTED) this.early.push(hint);
    return true;
  }

  /**
   * Reads until nothing is missing. Rejects with FeedError and keeps what was read until then. `hasGap`: hints may have
   * been lost since the last run that succeeded.
   */
  async run(hasGap: boolean): Promise<void> {
    if (this.cursor === undefined) {
      await this.begin();
    } else {
      await this.readChanges();
      if (hasGap) await this.readNewest();
    }
    await this.readHinted();
  }

  private async begin(): Promise<void> {
    const {source, list, limit, onRows} = this.options;
    const {inquiries, isAll, cursor} = await source.newest(limit);
    list.replace(inquiries, isAll);
    this.cursor = cursor;
    for (const {id, status} of inquiries) if (status !== 'spam') this.remember(id);
    this.forgetShown();
    onRows();
    for (const hint of this.early.splice(0)) this.emit(hint);
  }

  private async readChanges(): Promise<void> {
    for (let pages = 0; pages < MAX_PAGES && this.cursor !== undefined; pages++) {
      try {
        if (!(await this.readPage(this.cursor))) return;
      } catch (error) {
        if (!(error instanceof FeedExpiredError)) throw error;
        break;
      }
    }
    this.cursor = undefined;
    await this.begin();
  }

  // Resolves with whether there is more.
  private async readPage(after: string): Promise<boolean> {
    const {source, list, onRows} = this.options;
    const {data, cursor, hasMore} = await source.changesAfter(after);
    if (hasMore && cursor === after) throw new FeedError('unexpected'); // it would never end
    this.cursor = cursor;
    list.apply(data);
    for (const {removed} of data) if (removed !== undefined) this.hinted.delete(removed);
    this.forgetShown();
    onRows();
    for (const {inquiry, isNew} of data) {
      // Spam has no event until it is released, and an old inquiry that changed is not new.
      if (!inquiry || inquiry.status === 'spam') continue;
      if (isNew) this.emit(toHint(inquiry));
      else this.remember(inquiry.id);
    }
    return hasMore;
  }

  // A long transaction elsewhere delays the changes, but not the list. An inquiry that has already changed is emitted when
  // the changes come, if at all: only they say whether it is new or has moved here from another topic.
  private async readNewest(): Promise<void> {
    const {source, list, limit, onRows} = this.options;
    const {inquiries} = await source.newest(limit);
    const missed = inquiries.filter(({id}) => !list.has(id));
    list.apply(inquiries.map(inquiry => ({inquiry})));
    onRows();
    for (const inquiry of missed) {
      const isNew = list.has(inquiry.id) && inquiry.version === 1 && inquiry.status !== 'spam';
      if (isNew) this.emit(toHint(inquiry));
    }
  }

  // A long transaction does not delay a read by id either.
  private async readHinted(): Promise<void> {
    const {source, list, onRows} = this.options;
    this.forgetShown();
    const ids = [...this.hinted];
    for (let start = 0; start < ids.length; start += IDS_PER_READ) {
      const some = ids.slice(start, start + IDS_PER_READ);
      list.apply((await source.byIds(some)).map(inquiry => ({inquiry})));
      for (const id of some) this.hinted.delete(id); // missing ones too: erased, or not open to this token
      onRows();
    }
  }

  private forgetShown(): void {
    for (const id of this.hinted) if (this.isShown(id)) this.hinted.delete(id);
  }

  // A row that is spam waits for the state that its event is about: it was released.
  private isShown(id: string): boolean {
    const row = this.options.list.get(id);
    return row !== undefined && row.status !== 'spam';
  }

  private emit(hint: InquiryHint): void {
    if (this.remember(hint.inquiryId)) this.options.onNew(hint);
  }

  // Returns whether the id is new.
  private remember(id: string): boolean {
    if (this.known.has(id)) return false;
    this.known.add(id);
    if (this.known.size > MAX_KNOWN) this.known.delete(this.known.values().next().value ?? id); // the oldest
    return true;
  }
}

function toHint({id, topic, createdAt}: Inquiry): InquiryHint {
  return {inquiryId: id, topic, receivedAt: createdAt};
}
