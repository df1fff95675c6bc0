// Ids of rows: UUIDs of version 7 (RFC 9562), whose first 48 bits are a time in milliseconds. The order of ids is the order of
// time, so a row is found by its time through its id.
import {uuidv7} from 'uuidv7';

const TIME_DIGITS = 12;
const LATEST = 2 ** 48 - 1;
const [FIRST_TAIL, LAST_TAIL] = ['0000-0000-000000000000', 'ffff-ffff-ffffffffffff'];

/** An id of this moment, larger than all that this process has made before. */
export function newId(): string {
  return uuidv7();
}

/** The time of an id that `newId` has made. */
export function timeOfId(id: string): Date {
  return new Date(parseInt(id.replace('-', '').slice(0, TIME_DIGITS), 16));
}

/** The smallest id of a time, or the largest one; of the first or the last time that an id can have, when it is outside. */
export function boundOfTime(time: Date, bound: 'first' | 'last'): string {
  const milliseconds = Math.min(Math.max(time.getTime(), 0), LATEST);
  const digits = milliseconds.toString(16).padStart(TIME_DIGITS, '0');
  const isWithin = milliseconds === time.getTime();
  const tail = (isWithin ? bound === 'last' : milliseconds > 0) ? LAST_TAIL : FIRST_TAIL;
  return `${digits.slice(0, 8)}-${digits.slice(8)}-${tail}`;
}
