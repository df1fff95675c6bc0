// The namespace and the observation rooms: the only place that names them, and the rule that keeps a socket's
// rooms disjoint, so that one publish per room never shows an event twice. Who may join is in access/policy.ts.

export const OBSERVATION_NAMESPACE = '/observation';

/** The room of those who watch every topic. */
export const ALL_INQUIRIES_ROOM = 'inquiries';

/** The rooms of those who watch one topic; `<topic>` stands for it. */
export const TOPIC_ROOMS = `${ALL_INQUIRIES_ROOM}:<topic>` as const;

/** Every kind of room; each has its row in the access table. */
export type RoomKey = typeof ALL_INQUIRIES_ROOM | typeof TOPIC_ROOMS;

/** Every topic: in a claim, in a request to observe, and in its answer. */
export const ALL_TOPICS = '*';

/** The kind of room in which a topic, or all of them, is watched. */
export function roomKeyOf(topic: string): RoomKey {
  return topic === ALL_TOPICS ? ALL_INQUIRIES_ROOM : TOPIC_ROOMS;
}

/** The room of those who watch one topic. */
export function topicRoom(topic: string): string {
  return TOPIC_ROOMS.replace('<topic>', () => topic);
}

/** The rooms that hear of an inquiry of this topic; never empty (an emit to no room reaches everybody). */
export function roomsOfInquiry(topic: string): [string, ...string[]] {
  return [ALL_INQUIRIES_ROOM, topicRoom(topic)];
}

/** The rooms of a socket that was granted these topics: all of them, or one each, never both. */
export function roomsOfGrant(granted: readonly string[]): string[] {
  return granted.includes(ALL_TOPICS) ? [ALL_INQUIRIES_ROOM] : granted.map(topicRoom);
}
