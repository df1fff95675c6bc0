// The answer of a list, or that it is still what the caller has (RFC 9110, 8.8.3 and 13.1.2). The tag is of the
// page's rows alone: what is about the page (Link, Feed-Cursor, the total) comes with a 304 as it does with a 200, and is
// of the same moment as the rows that were compared, so the caller goes on from it with the rows that it has.
import type {JsonText} from '../../platform/json-text';
import {Reply} from '../http/reply';

/** 200 with the page, or 304 without it. */
export function listReply(
  page: JsonText,
  {headers, ifNoneMatch}: {headers: Readonly<Record<string, string>>; ifNoneMatch: string | undefined},
): Reply {
  const tag = `"${page.digest}"`;
  const tagged = {ETag: tag, ...headers};
  return ifNoneMatch !== undefined && isAmong(tag, ifNoneMatch)
    ? new Reply(304, undefined, tagged)
    : new Reply(200, page, tagged);
}

// A tag of ours has no comma, so that one inside of somebody else's does no harm. What is no list of tags has none of
// ours: the whole answer is never wrong.
function isAmong(tag: string, ifNoneMatch: string): boolean {
  const tags = ifNoneMatch.split(',').map(element => element.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}
