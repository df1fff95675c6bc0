// Entity tags (RFC 9110, 8.8.3 and 13.1.1): a row's tag is its version, and it is strong, since the version
// grows with every change of what a reader sees.
import {z} from 'zod';
import {ProblemError} from '../problems/problem-error';

/** What If-Match asks for: any version, or one of these; an empty list never matches. */
export type IfMatch = '*' | readonly number[];

const LONGEST = 1000;
const LARGEST_VERSION = 2 ** 31 - 1; // an integer of PostgreSQL
// One list element at a time, so that a comma inside a tag is no separator; empty elements are allowed.
const ELEMENT = /[ \t]*(?:(W\/)?"([\x21\x23-\x7E\x80-\xFF]*)")?[ \t]*(,|$)/y;

/** The strong tag of a row, such as `"3"`. */
export function etagOf({version}: {version: number}): string {
  return `"${version}"`;
}

/** Schema of the header If-Match. Tags that outreach never gave, weak ones among them, are valid and never match. */
export const ifMatchSchema = z
  .string()
  .max(LONGEST)
  .transform((text, context): IfMatch => {
    const versions = parseIfMatch(text);
    if (versions) return versions;
    const message = 'must be an entity tag in double quotes, such as "3", a list of them, or *';
    context.addIssue({code: 'custom', message, params: {code: 'format'}});
    return z.NEVER;
  })
  .meta({description: 'The ETag as it was read; without it the answer is 428. `*` takes any version.'});

/**
 * Schema of the header If-Match where many rows are changed. A version would have to be that of all of them; an
 * unheeded condition would be worse than a refused one.
 */
export const anyVersionSchema = z.literal('*').meta({description: 'Only `*`: each is changed whatever its version.'});

/** The versions that a change is meant for, undefined for any. Throws ProblemError `precondition-required` without. */
export function requireIfMatch(ifMatch: IfMatch | undefined): readonly number[] | undefined {
  if (ifMatch === undefined) {
    throw new ProblemError('precondition-required', 'Send If-Match with the ETag as you read it.');
  }
  return ifMatch === '*' ? undefined : ifMatch;
}

/** Undefined when the text is no If-Match. */
export function parseIfMatch(text: string): IfMatch | undefined {
  if (text.trim() === '*') return '*';
  const versions: number[] = [];
  let tags = 0;
  ELEMENT.lastIndex = 0;
  for (let isLast = false; !isLast;) {
    const element = ELEMENT.exec(text);
    if (!element) return undefined;
    const [, weak, tag, end] = element;
    if (tag !== undefined) tags += 1;
    if (weak === undefined && isVersion(tag)) versions.push(Number(tag));
    isLast = end === '';
  }
  return tags > 0 ? versions : undefined;
}

function isVersion(tag: string | undefined): boolean {
  return tag !== undefined && /^[1-9]\d{0,9}$/.test(tag) && Number(tag) <= LARGEST_VERSION;
}
