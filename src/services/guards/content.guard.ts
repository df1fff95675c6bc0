// What advertisements are made of. It is easy on people: a link or three are no reason, and no word is.
import {injectable} from '@loopback/core';
import type {SpamReason} from '../../contract/spam-reasons';
import {asGuard, type Guard, type GuardedSubmission, NO_SIGNALS, QUARANTINE, type Signal} from './guard';

const LINK = /\bhttps?:\/\/|\bwww\./gi;
/** Links of a message that say nothing, and from which on they are reason enough. */
const FEW_LINKS = 3;
const MANY_LINKS = 10;
/** As forums take links, and as pages have them; the forms of public sites take neither. */
const LINK_MARKUP = /\[url[=\]]|\[link[=\]]|<a\s[^>]{0,200}\bhref\s*=/i;
const MORE_THAN_HALF = QUARANTINE * 0.6;

@injectable(asGuard)
export class ContentGuard implements Guard {
  readonly cost = 10;

  check({input: {name, message}}: GuardedSubmission): readonly Signal[] {
    const links = message.match(LINK)?.length ?? 0;
    const weights = {
      links: links > MANY_LINKS ? QUARANTINE : links > FEW_LINKS ? MORE_THAN_HALF : 0,
      markup: LINK_MARKUP.test(message) ? MORE_THAN_HALF : 0,
      link_in_name: name.search(LINK) >= 0 ? QUARANTINE : 0,
    } satisfies Partial<Record<SpamReason, number>>;
    if (weights.links + weights.markup + weights.link_in_name === 0) return NO_SIGNALS;
    return Object.entries(weights).flatMap(([reason, weight]) => (weight > 0 ? {reason, weight} : []));
  }
}
