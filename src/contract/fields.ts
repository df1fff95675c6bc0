// Field schemas that more than one resource uses: locale, page URL, topic slug.
import {z} from 'zod';
import {safeText} from './safe-text';

const MAX_LOCALE = 35;

/**
 * A BCP 47 language tag, at most 35 characters. POSIX spellings are read (`en_US.UTF-8@posix`). Nobody typed it, so that
 * what cannot be read is left out, and no inquiry is lost for it.
 */
export const localeSchema = z
  .string()
  .transform(readLocale)
  .meta({
    description: 'A BCP 47 language tag; `_` is read as `-`, and what cannot be read is left out.',
    examples: ['en-GB'],
  });

function readLocale(text: string): string | undefined {
  const [tag = ''] = text
    .trim()
    .slice(0, 2 * MAX_LOCALE)
    .split(/[.@,;]/, 1);
  const locale = tag.replaceAll('_', '-');
  return locale.length <= MAX_LOCALE && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(locale) ? locale : undefined;
}

/** Longest authority of a URL that is looked at: a host of the DNS has at most 253 characters (RFC 1035). */
const MAX_AUTHORITY = 512;

/**
 * The URL that the text is; undefined when it is no absolute one of http or https, and when its authority (credentials,
 * host, port) is too long: URL() takes the square of a host's length to write it in ASCII (RFC 3492).
 */
export function parseHttpUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  const [, authority = ''] = text.split(/[/\\?#]+/, 2);
  return authority.length <= MAX_AUTHORITY && URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * The http(s) page a form was sent from; query, fragment and credentials are cut off: they may be personal. What is cut off
 * does not count: advertisements add thousands of characters to a query.
 */
export const pageUrlSchema = safeText({max: 2048, prepare: withoutQuery})
  .check(payload => {
    const url = parseHttpUrl(payload.value);
    if (url) {
      payload.value = `${url.origin}${url.pathname}`;
      return;
    }
    const message = 'must be an absolute http or https URL';
    payload.issues.push({code: 'custom', input: payload.value, message, continue: false});
  })
  .max(2048) // again: escaping what is not ASCII makes it longer
  .meta({examples: ['https://www.example.org/contact']});

function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

/** A topic's name: lower-case letters, digits and hyphens, 1 to 40. */
export const topicSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be a topic: lower-case letters, digits and hyphens')
  .meta({examples: ['sales']});
