// The query fields of every list: order, page size, cursor, total.
import {z} from 'zod';
import {MAX_PAGE_ROWS} from './limits';

export const DEFAULT_ORDER = 'newest';
/** Rows of a page. */
export const DEFAULT_LIMIT = 25;

/**
 * Rows of a status that a count counts; in a search, of all statuses together. With more of them a count is a lower
 * bound, since counting each row of millions takes longer than anybody waits.
 */
export const MAX_COUNTED = 100_000;

/** What every count says: how many rows match or, unless that is exact, that there are at least so many. */
export const totalFields = {
  count: z.int().min(0).meta({description: 'The sum of `byStatus`.'}),
  isExact: z.boolean().meta({
    description:
      `false: at least so many. Each status is counted up to ${MAX_COUNTED}, one with fewer than that is counted ` +
      'exactly; with `q` all of them together are counted up to there.',
  }),
};
/** How many rows match; see `totalFields`. */
export type Total = z.infer<z.ZodObject<typeof totalFields>>;

/** The times between which rows were created. */
export const createdQueryFields = {
  createdFrom: z.iso
    .datetime({offset: true})
    .optional()
    .meta({description: 'Created at this time or later; ISO 8601 with an offset.', examples: ['2026-11-01T00:00:00Z']}),
  createdTo: z.iso
    .datetime({offset: true})
    .optional()
    .meta({description: 'Created before this time; ISO 8601 with an offset.', examples: ['2026-12-01T00:00:00Z']}),
};

const LIMIT = {
  type: 'integer',
  minimum: 1,
  maximum: MAX_PAGE_ROWS,
  // In words, since zod leaves out the default of what is transformed.
  description: `Rows of a page, at most ${MAX_PAGE_ROWS}; ${DEFAULT_LIMIT} unless told.`,
} as const;

export const pageQueryFields = {
  order: z.enum(['newest', 'oldest']).meta({description: 'By the time of creation.'}).default(DEFAULT_ORDER),
  limit: z
    .string()
    .refine(text => /^\d{1,9}$/.test(text), {error: 'must be a whole number', abort: true})
    .transform(Number)
    .pipe(z.number().min(1).max(MAX_PAGE_ROWS))
    .meta(LIMIT)
    .default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, 'must be a cursor from a Link header')
    .optional()
    .meta({description: 'Where the page begins: copied from the `Link` of the page before; opaque.'}),
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
  limit: pageQueryFields.limit.unwrap().optional().meta(LIMIT),
};

/** What stands between two cells of an export, by the name that a query gives it. */
export const CSV_SEPARATORS = {comma: ',', semicolon: ';', tab: '\t'} as const;
export type CsvSeparator = keyof typeof CSV_SEPARATORS;

const flag = z.stringbool({truthy: ['true'], falsy: ['false'], case: 'sensitive'}).default(false);

/** The query fields of every export. */
export const exportQueryFields = {
  order: pageQueryFields.order,
  separator: z
    .enum(Object.keys(CSV_SEPARATORS) as [CsvSeparator, ...CsvSeparator[]])
    .default('comma')
    .meta({
      description: 'What stands between two cells. Excel reads the one of its country: `;` where the comma is decimal.',
    }),
  sep: flag.meta({
    enum: ['true', 'false'],
    description: 'Begin with a line such as `sep=;`, by which Excel takes the separator, whatever its country.',
  }),
  bom: flag.meta({
    enum: ['true', 'false'],
    description: 'Begin with a byte order mark, by which Excel knows that it is UTF-8.',
  }),
};
