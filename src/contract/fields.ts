// Field schemas that more than one resource uses: e-mail, locale, page URL, topic slug.
import {z} from 'zod';
import {safeText} from './safe-text';

/** An address as typed, at most 254 characters (RFC 5321); no quoted or internationalised local part. */
export const emailSchema = z
  .string()
  .trim()
  .max(254, {abort: true}) // so that no pattern sees a longer one
  .regex(z.regexes.email, 'must be an e-mail address')
  .meta({
    format: 'email',
    examples: ['ada@example.org'],
  });

/** A BCP 47 language tag, at most 35 characters, stored as sent. */
export const localeSchema = z
  .string()
  .trim()
  .max(35, {abort: true})
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag, such as "en-GB"')
  .meta({examples: ['en-GB']});

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

/** The http(s) page a form was sent from; query, fragment and credentials are cut off: they may be personal. */
export const pageUrlSchema = safeText({max: 2048})
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

/** A topic's name: lower-case letters, digits and hyphens, 1 to 40. */
export const topicSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be a topic: lower-case letters, digits and hyphens')
  .meta({examples: ['sales']});
