// The rule of the rooms: whatever a socket is granted, an inquiry reaches it through one room at most.
import {ALL_TOPICS, roomsOfGrant, roomsOfInquiry, topicRoom} from '../../../src/contract/rooms';

const TOPICS = ['general', 'sales', 'sales-2', 'support', 'inquiries'];

test('an inquiry is sent to the room of all and to the room of its topic', () => {
  expect(roomsOfInquiry('sales')).toEqual(['inquiries', 'inquiries:sales']);
});

test('every set of granted topics meets an inquiry in one room when it has the topic, else in none', () => {
  const sets = Array.from({length: 2 ** TOPICS.length}, (_, bits) =>
    TOPICS.filter((_topic, index) => bits & (1 << index)),
  );
  for (const granted of sets) {
    for (const grant of [granted, [...granted, ALL_TOPICS], [ALL_TOPICS, ...granted]]) {
      for (const topic of TOPICS) {
        const met = roomsOfInquiry(topic).filter(room => roomsOfGrant(grant).includes(room));
        expect(met).toHaveLength(grant.includes(ALL_TOPICS) || grant.includes(topic) ? 1 : 0);
      }
    }
  }
});

test('every topic with the star is the room of all and no other', () => {
  expect(roomsOfGrant(['sales', ALL_TOPICS, 'press'])).toEqual(['inquiries']);
});

test('nothing granted is no room', () => {
  expect(roomsOfGrant([])).toEqual([]);
});

test('rooms of different topics differ, and none is the room of all', () => {
  const rooms = TOPICS.map(topicRoom);
  expect(new Set([...rooms, 'inquiries']).size).toBe(TOPICS.length + 1);
});
