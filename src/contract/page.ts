// The query fields of every list: order, page size, cursor, total.
import {z} from 'zod';

export const DEFAULT_ORDER = 'newest';
/** Rows of a page. */
export const DEFAULT_LIMIT = 25;
export const MAX_LIMIT = 100;

export const pageQueryFields = {
  order: z.enum(['newest', 'oldest']).default(DEFAULT_ORDER),
  limit: z
    .string()
    .refine(text => /^\d{1,9}$/.test(text), {error: 'must be a whole number', abort: true})
    .transform(Number)
    .pipe(z.number().min(1).max(MAX_LIMIT))
    .meta({type: 'integer', minimum: 1, maximum: MAX_LIMIT})
    .default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, 'must be a cursor from a Link header')
    .optional(),
  total: z
    .stringbool({truthy: ['true'], falsy: ['false'], case: 'sensitive'})
    .default(false)
    .meta({
      enum: ['true', 'false'],
      description: 'Count the matching rows into X-Total-Count; so does the header `X-Total: true`.',
    }),
};

/** The same where LoopBack's filter may say order and limit instead: nothing is filled in. */
export const filteredPageQueryFields = {
  ...pageQueryFields,
  order: pageQueryFields.order.unwrap().optional().meta({default: DEFAULT_ORDER}),
  limit: pageQueryFields.limit.unwrap().optional().meta({default: DEFAULT_LIMIT}),
};

/** The query fields of every export. */
export const exportQueryFields = {
  order: pageQueryFields.order,
  bom: z
    .stringbool({truthy: ['true'], falsy: ['false'], case: 'sensitive'})
    .default(false)
    .meta({description: 'Begin with a byte order mark, by which Excel knows that it is UTF-8.'}),
};
