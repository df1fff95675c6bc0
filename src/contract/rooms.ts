// The namespace and the observation rooms: the only place that names them, and the rule that keeps a socket's
// rooms disjoint, so that one publish per room never shows an event twice.

export const OBSERVATION_NAMESPACE = '/observation';

/** The room of those who watch every topic. */
export const ALL_INQUIRIES_ROOM = 'inquiries';

/** Asks for every topic, in a claim or in an answer to `observe`. */
export const ALL_TOPICS = '*';

/** The room of those who watch one topic. */
export function topicRoom(topic: string): string {
  return `${ALL_INQUIRIES_ROOM}:${topic}`;
}

/** The rooms that hear of an inquiry of this topic; never empty (an emit to no room reaches everybody). */
export function roomsOfInquiry(topic: string): [string, ...string[]] {
  return [ALL_INQUIRIES_ROOM, topicRoom(topic)];
}

/** The rooms of a socket that was granted these topics: all of them, or one each, never both. */
export function roomsOfGrant(granted: readonly string[]): string[] {
  return granted.includes(ALL_TOPICS) ? [ALL_INQUIRIES_ROOM] : granted.map(topicRoom);
}
