// The keyset cursor of a list: opaque to clients, the last row's time and id inside. It holds no personal data and
// needs no signature: it can only move a reader within what the token lets them see.
import {z} from 'zod';
import {ProblemError} from '../contract/problem';

// PostgreSQL's time begins in 4713 BC, JavaScript's ends in 275760.
const positionSchema = z.tuple([z.number().int().min(-2e14).max(8.64e15), z.uuid()]);

/** Where a page ended. */
export interface Position {
  createdAt: Date;
  id: string;
}

export function encodeCursor({createdAt, id}: Position): string {
  return Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString('base64url');
}

/** Throws ProblemError `invalid-parameter` for anything that encodeCursor did not make. */
export function decodeCursor(cursor: string): Position {
  const position = positionSchema.safeParse(parse(cursor));
  if (!position.success) {
    throw new ProblemError('invalid-parameter', 'Start again without a cursor.', {
      errors: [{parameter: 'cursor', code: 'format', detail: 'must be a cursor from a Link header'}],
    });
  }
  const [time, id] = position.data;
  return {createdAt: new Date(time), id};
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined; // refused by the schema, like everything else that is not a position
  }
}
