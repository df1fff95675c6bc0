// The keyset cursor of a list: opaque to clients, the last row's id inside. It holds no personal data and needs no signature:
// it can only move a reader within what the token lets them see.
import {z} from 'zod';
import {inputProblem} from '../problems/problem-error';

const idSchema = z.uuid().toLowerCase();

/** Where a page ended. */
export interface Position {
  id: string;
}

export function encodeCursor({id}: Position): string {
  return Buffer.from(id).toString('base64url');
}

/** Throws ProblemError `invalid-parameter` for anything that encodeCursor did not make. */
export function decodeCursor(cursor: string): Position {
  const id = idSchema.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (id.success) return {id: id.data};
  throw inputProblem(
    'parameter',
    [{parameter: 'cursor', code: 'format', detail: 'must be a cursor from a Link header'}],
    {detail: 'Start again without a cursor.'},
  );
}
