// What the claim `topics` opens: of rows, rooms, the feed, counts, exports and privacy alike. A topic outside of it does not
// exist for the bearer.
import {ALL_TOPICS} from '../contract/rooms';
import type {Claims} from './claims';

type TopicClaim = Pick<Claims, 'topics'>;

/**
 * The topics whose inquiries the bearer may see, of all or of the one that is asked for. Undefined is every topic, also
 * those to come; an empty array is none.
 */
export function topicScope({topics}: TopicClaim, asked?: string): readonly string[] | undefined {
  if (asked === undefined) return topics === ALL_TOPICS ? undefined : topics;
  return topics === ALL_TOPICS || topics.includes(asked) ? [asked] : [];
}

/** May the bearer see inquiries of this topic? */
export function isInTopicScope(claims: TopicClaim, topic: string): boolean {
  return topicScope(claims, topic)?.includes(topic) ?? true;
}
