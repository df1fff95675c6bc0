// What a site keeps beside an inquiry's own fields: of the visit, and answers to questions of its own.
import {z} from 'zod';
import {safeText} from './safe-text';

const MAX_BYTES = 4096;
const TOO_LARGE = 'must be at most 4 KB as JSON';
const KEY = /^[A-Za-z0-9_.-]{1,64}$/;

/** May a field of metadata have this name? */
export function isMetadataKey(name: string): boolean {
  return KEY.test(name);
}

const text = safeText({min: 0, max: 1000, multiline: true});
// Beyond it a number of JSON is another one in JavaScript.
const number = z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const value = z.union([text, number, z.boolean(), z.array(text)], {
  error: 'must be text, a number, true, false, or a list of texts',
});

/** One value of metadata, as it is stored. */
export type MetadataValue = z.output<typeof value>;

/** As a site sends it. */
export const metadataSchema = z
  .preprocess(refuseUnbounded, z.record(z.string(), value))
  .refine(metadata => isWithin(JSON.stringify(metadata)), {error: TOO_LARGE, params: {code: 'too_big', max: MAX_BYTES}})
  .meta({
    description:
      'Of the visit, such as utm_source, and answers to questions of your own: text of up to 1000 characters and several ' +
      'lines, numbers, booleans and lists of texts; at most 4 KB as JSON.',
  });

const MAX_ASKED = 5;

/** What a list is narrowed to: `metadata[budget]=1000`. */
export const metadataQuerySchema = z
  .record(z.string(), text)
  .superRefine((asked, context) => {
    const names = Object.keys(asked);
    if (names.length > MAX_ASKED) {
      const message = `must have at most ${MAX_ASKED} names`;
      context.addIssue({code: 'custom', params: {code: 'too_big', max: MAX_ASKED}, message});
    }
    if (!names.every(isMetadataKey)) {
      const message = 'has a name that no field of metadata has: use letters, digits, "_", "." and "-"';
      context.addIssue({code: 'custom', params: {code: 'key'}, message});
    }
  })
  .meta({
    description:
      'Those with these values of metadata, `metadata[budget]=1000`: the whole of a text, an item of a list, or a number, true ' +
      `or false as JSON writes it. At most ${MAX_ASKED}.`,
  });

/** As the back office reads it. */
export const storedMetadataSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

// A UTF-16 unit has at most three bytes in UTF-8, so most texts need not be encoded to be measured.
function isWithin(json: string): boolean {
  return json.length * 3 <= MAX_BYTES || new TextEncoder().encode(json).length <= MAX_BYTES;
}

// Before a value is looked at: how many keys and items there are, then what the keys are. Thousands get one answer.
function refuseUnbounded(metadata: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return metadata; // refused by the record
  const refuse = (code: string, message: string) => {
    context.addIssue({code: 'custom', params: {code, ...(code === 'too_big' && {max: MAX_BYTES})}, message});
    return z.NEVER;
  };
  if (leastBytesOf(metadata) > MAX_BYTES) return refuse('too_big', TOO_LARGE);
  if (Object.keys(metadata).every(isMetadataKey)) return metadata;
  return refuse('key', 'has a key that is not allowed: use letters, digits, "_", "." and "-"');
}

// `"key":"",` is the shortest entry of a key, and `"",` the shortest item of a list.
function leastBytesOf(metadata: object): number {
  return Object.entries(metadata).reduce(
    (bytes, [key, each]) => bytes + key.length + 6 + (Array.isArray(each) ? 3 * each.length : 0),
    1,
  );
}
