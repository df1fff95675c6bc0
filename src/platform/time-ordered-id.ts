// Ids of rows: UUIDs of version 7 (RFC 9562), whose first 48 bits are a time in milliseconds. The order of ids is the order of
// time, so a row is found by its time through its id.
import {randomFillSync} from 'node:crypto';
import {V7Generator} from 'uuidv7';

const TIME_DIGITS = 12;
const LATEST = 2 ** 48 - 1;
const [FIRST_TAIL, LAST_TAIL] = ['0000-0000-000000000000', 'ffff-ffff-ffffffffffff'];

// The system gives random bytes for 500 ids at a time: a call for each id takes longer than the rest of making it.
const random = new Uint32Array(1024);
let used = random.length;
const generator = new V7Generator({nextUint32});

/** An id of this moment, larger than all that this process has made before. */
export function newId(): string {
  return generator.generate().toString();
}

function nextUint32(): number {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  return random[used++] ?? 0; // the index is always in range
}

/** The time of an id that `newId` has made. */
export function timeOfId(id: string): Date {
  return new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/**
 * The smallest or the largest id of a time. A time too early for an id gives the smallest id of all, one too late the
 * largest.
 */
export function boundOfTime(time: Date, bound: 'first' | 'last'): string {
  const milliseconds = Math.min(Math.max(time.getTime(), 0), LATEST);
  const digits = milliseconds.toString(16).padStart(TIME_DIGITS, '0');
  const isWithin = milliseconds === time.getTime();
  const tail = (isWithin ? bound === 'last' : milliseconds > 0) ? LAST_TAIL : FIRST_TAIL;
  return `${digits.slice(0, 8)}-${digits.slice(8)}-${tail}`;
}
