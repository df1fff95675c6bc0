// The feed of changes: what a reader asks for, and what it gets, for both sides.
import {z} from 'zod';
import {topicSchema} from './fields';
import {inquirySchema} from './inquiry';
import {MAX_PAGE_ROWS} from './limits';

/** The header of a list's answer that holds the feed from which to follow it. */
export const FEED_CURSOR_HEADER = 'Feed-Cursor';

/** A place in the feed: opaque and sealed, and only good for the topics that it was made for. */
export const feedSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{91}$/, 'must be the feed of an answer, or the Feed-Cursor of a list')
  .meta({examples: ['kq1yJ0mB3vT8cZ4e-7uHsxW2nLdQpRf6aGVoYtEi_5jXbSMwzU9KCNhPDgrOAFIl0k2Jq8y3Tn6Hc4Wv7ZsBeaQ8rTd']});

/** Query of `GET /inquiries/changes`. */
export const changesQuerySchema = z.strictObject({
  after: feedSchema.meta({description: 'The `feed` of the answer before, or the `Feed-Cursor` of a list.'}),
  topic: topicSchema.optional().meta({description: 'The same as in the request that gave `after`.'}),
  limit: z
    .string()
    .refine(text => /^\d{1,9}$/.test(text), {error: 'must be a whole number', abort: true})
    .transform(Number)
    .pipe(z.number().min(1).max(MAX_PAGE_ROWS))
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE_ROWS,
      description: `Changes in one answer, at most ${MAX_PAGE_ROWS}.`,
    })
    .default(MAX_PAGE_ROWS),
});

/** An inquiry as it is now. `isNew`: it was stored after the place that was asked for. */
const inquiryChangeSchema = z.strictObject({
  kind: z.literal('inquiry'),
  isNew: z.boolean().meta({description: 'Stored since `after`, and not only changed.'}),
  inquiry: inquirySchema,
});
z.globalRegistry.add(inquiryChangeSchema, {title: 'InquiryChange'});

/** An inquiry that is no longer there for this reader: erased, removed by age, or moved to a topic out of reach. */
const inquiryGoneSchema = z.strictObject({kind: z.literal('gone'), id: z.uuid()});
z.globalRegistry.add(inquiryGoneSchema, {title: 'InquiryGone'});

/** One entry of the feed. */
const changeSchema = z.discriminatedUnion('kind', [inquiryChangeSchema, inquiryGoneSchema]);
export type Change = z.infer<typeof changeSchema>;

/** Answer of `GET /inquiries/changes`. `data` may be empty while `hasMore` is true. */
export const changesSchema = z.strictObject({
  data: z.array(changeSchema),
  feed: feedSchema.meta({description: '`after` of the next request.'}),
  hasMore: z.boolean().meta({description: 'There is more to read now.'}),
});
z.globalRegistry.add(changesSchema, {title: 'Changes'});
export type Changes = z.infer<typeof changesSchema>;
