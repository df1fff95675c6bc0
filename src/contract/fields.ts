// Field schemas that more than one resource uses: e-mail, locale, page URL, topic slug.
import {z} from 'zod';
import {safeText} from './safe-text';

/** An address as typed, at most 254 characters (RFC 5321); no quoted or internationalised local part. */
export const emailSchema = z
  .string()
  .trim()
  .max(254)
  .regex(z.regexes.email, 'must be an e-mail address')
  .meta({
    format: 'email',
    examples: ['ada@example.org'],
  });

/** A BCP 47 language tag, at most 35 characters, stored as sent. */
export const localeSchema = z
  .string()
  .trim()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag, such as "en-GB"')
  .meta({examples: ['en-GB']});

/** The http(s) page a form was sent from; query, fragment and credentials are cut off: they may be personal. */
export const pageUrlSchema = safeText({max: 2048})
  .refine(isHttpUrl, {error: 'must be an absolute http or https URL', abort: true})
  .overwrite(withoutQuery)
  .max(2048) // again: escaping what is not ASCII makes it longer
  .meta({examples: ['https://www.example.org/contact']});

/** A topic's name: lower-case letters, digits and hyphens, 1 to 40. */
export const topicSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be a topic: lower-case letters, digits and hyphens')
  .meta({examples: ['sales']});

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function withoutQuery(text: string): string {
  if (!isHttpUrl(text)) return text;
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}
