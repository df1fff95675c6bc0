// Fields of a body that are there without saying anything: null, empty, or text in which nobody sees anything. They count
// as left out, as in a form, whose empty fields browsers send: an optional one is absent, a required one is required.
import type {z} from 'zod';
import {hasNothingToSee} from '../../contract/safe-text';

/** The same body without them. What the schema does not know stays, to be refused. */
export function withoutLeftOutFields(schema: z.ZodObject, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const isLeftOut = ([name, value]: [string, unknown]) =>
    (value === null || (typeof value === 'string' && hasNothingToSee(value))) && Object.hasOwn(schema.shape, name);
  const fields = Object.entries(body);
  return fields.some(isLeftOut) ? Object.fromEntries(fields.filter(field => !isLeftOut(field))) : body;
}
