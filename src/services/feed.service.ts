// The feed of changes: who may read which part of it, and where it goes on.
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

/** What has changed; `feed` is where the next part starts. */
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

  /** The bearer's feed from there, as its text. Throws UnavailableError. */
  async startingAt(end: FeedPosition, claims: Claims, topic: string | undefined): Promise<string> {
    const cipher = await this.cursorCipher();
    return cipher.encrypt({...end, filter: filterOf(claims, topic)});
  }

  /**
   * What has changed after a feed, read after it was asked for; readers of the same topics that are at the same place share
   * it when they ask at the same time. Throws ForeignCursor for a feed of other topics, ExpiredCursor for one of another epoch
   * of the database, also if it is none at all, and for one that is older than the tombstones that are kept.
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
    // What was read, not the text of where it ends: that is never the same twice.
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
   * For how long the oldest open transaction has held back what is newer, in seconds; 0 when none does. Undefined when
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

/** The fingerprint of the topics that a feed of this bearer is about: equal when they are the same topics. */
export function filterOf(claims: Pick<Claims, 'topics'>, topic?: string): string {
  return fingerprintOf(topicScope(claims, topic));
}

function fingerprintOf(topics: readonly string[] | undefined): string {
  const text = topics ? [...topics].sort().join() : ALL_TOPICS;
  return hash('sha256', text).slice(0, 8);
}
