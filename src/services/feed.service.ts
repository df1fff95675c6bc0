// The feed of changes: the part that the bearer may read, and the cursor where it continues.
import {hash} from 'node:crypto';
import {setTimeout as delay} from 'node:timers/promises';
import {BindingScope, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../access/claims';
import {topicScope} from '../access/topic-scope';
import {ALL_TOPICS} from '../contract/rooms';
import {UnavailableError} from '../platform/errors';
import {SingleFlight} from '../platform/single-flight';
import type {FeedPosition} from '../repositories/change-feed/feed-position';
import {
  type FeedEntry,
  type FeedPage,
  InquiryFeedRepository,
} from '../repositories/change-feed/inquiry-feed.repository';
import {createCursorCipher, type CursorCipher} from './cursor-cipher';
import {ExpiredCursor, ForeignCursor} from './domain-errors';

/** What has changed; `feed` is the cursor of the next part. */
export interface FeedPart {
  entries: FeedEntry[];
  feed: string;
  hasMore: boolean;
}

const HORIZON_TIMEOUT_MS = 1000;
const READ_ANEW = 'Read the list anew, and go on from its Feed-Cursor.';

@injectable({scope: BindingScope.SINGLETON})
export class FeedService {
  private readonly pages = new SingleFlight<FeedPage | undefined>();
  private cipher: Promise<CursorCipher> | undefined;

  constructor(@repository(InquiryFeedRepository) private readonly inquiries: InquiryFeedRepository) {}

  /** The bearer's cursor for a position, encrypted. Throws UnavailableError. */
  async startingAt(end: FeedPosition, claims: Claims, topic: string | undefined): Promise<string> {
    const cipher = await this.cursorCipher();
    return cipher.encrypt({...end, filter: filterOf(claims, topic)});
  }

  /**
   * The changes after a cursor, read after the call; concurrent calls for the same topics and position share one read.
   * Throws ForeignCursor for a cursor of other topics, and ExpiredCursor for one that is not valid, belongs to another
   * epoch of the database, or is older than the tombstones that are kept.
   */
  async changes(
    claims: Claims,
    {topic, after, limit}: {topic?: string; after: string; limit: number},
  ): Promise<FeedPart> {
    const cipher = await this.cursorCipher();
    const position = cipher.decrypt(after);
    if (!position) throw new ExpiredCursor(READ_ANEW); // another database has another secret
    const topics = topicScope(claims, topic);
    const filter = fingerprintOf(topics);
    if (position.filter !== filter) throw new ForeignCursor(READ_ANEW);
    // Shares the page and not the encrypted cursor at its end, which differs each time.
    const page = await this.pages.run(JSON.stringify([position, topics, limit]), () =>
      this.inquiries.read({after: position, topics, limit}),
    );
    if (!page) throw new ExpiredCursor(READ_ANEW);
    return {entries: page.entries, feed: cipher.encrypt({...page.next, filter}), hasMore: page.hasMore};
  }

  // Read once, when it is first needed; a failure is not kept.
  private cursorCipher(): Promise<CursorCipher> {
    this.cipher ??= this.inquiries.secret().then(createCursorCipher);
    this.cipher.catch(() => (this.cipher = undefined));
    return this.cipher;
  }

  /**
   * How long the oldest open transaction has held back newer changes, in seconds; 0 when none does. Undefined when
   * PostgreSQL does not answer at once: a scrape must not wait for it.
   */
  async horizonAgeSeconds(): Promise<number | undefined> {
    const deadline = new AbortController();
    const late = delay(HORIZON_TIMEOUT_MS, undefined, {signal: deadline.signal, ref: false});
    try {
      return await Promise.race([this.inquiries.horizonAgeSeconds(HORIZON_TIMEOUT_MS), late]);
    } catch (error) {
      if (error instanceof UnavailableError) return undefined;
      throw error;
    } finally {
      late.catch(() => undefined); // aborted: nobody waits for it any more
      deadline.abort();
    }
  }
}

/** The fingerprint of the topics that this bearer's feed covers: equal for equal topics. */
export function filterOf(claims: Pick<Claims, 'topics'>, topic?: string): string {
  return fingerprintOf(topicScope(claims, topic));
}

function fingerprintOf(topics: readonly string[] | undefined): string {
  const text = topics ? [...topics].sort().join() : ALL_TOPICS;
  return hash('sha256', text).slice(0, 8);
}
