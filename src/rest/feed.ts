// The feed parameter: opaque to clients, a position and the mark of its filter inside. It holds no personal data and
// is not sealed: it moves a reader within what the token lets them see, but the position of a reader of some topics
// may name an inquiry of another topic by its id, and so when it came (docs/feed.md).
import {z} from 'zod';
import {ProblemError} from '../contract/problem';

/** A position of the feed with the mark of the filter that it belongs to. */
export interface Feed {
  life: string;
  xid: string;
  id: string;
  filter: string;
}

const LARGEST_XID = 2n ** 63n;
const feedSchema = z.tuple([
  z.string().regex(/^[0-9a-f]{16}$/),
  z.string().regex(/^(0|[1-9]\d{0,18})$/).refine(text => BigInt(text) < LARGEST_XID), // prettier-ignore
  z.guid(),
  z.string().regex(/^[0-9a-f]{8}$/),
]);

export function encodeFeed({life, xid, id, filter}: Feed): string {
  return Buffer.from(JSON.stringify([life, xid, id, filter])).toString('base64url');
}

/** Throws ProblemError `invalid-parameter` for anything that encodeFeed did not make. */
export function decodeFeed(text: string): Feed {
  const parsed = feedSchema.safeParse(parse(text));
  if (!parsed.success) {
    throw new ProblemError('invalid-parameter', 'Read the list, and go on from its Feed-Cursor.', {
      errors: [
        {parameter: 'after', code: 'format', detail: 'must be the feed of an answer, or the Feed-Cursor of a list'},
      ],
    });
  }
  const [life, xid, id, filter] = parsed.data;
  return {life, xid, id, filter};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined; // refused by the schema, like everything else that is not a feed
  }
}
