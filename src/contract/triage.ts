// Triage: how the back office changes inquiries, what it notes about them, and the log of both.
import {z} from 'zod';
import {topicSchema} from './fields';
import {assigneeSchema} from './inquiry';
import {MAX_BULK_IDS} from './limits';
import {INQUIRY_STATUSES} from './status';
import {pageQueryFields} from './page';
import type {InputError} from './problem';
import {safeText} from './safe-text';

/**
 * Body of a PATCH, a merge patch (RFC 7396): what is absent stays, null takes the assignee away. That `topic` is one
 * of INQUIRY_TOPICS, and one of the bearer's, is checked by the service.
 */
export const inquiryPatchSchema = z
  .strictObject({
    status: z.enum(INQUIRY_STATUSES).optional(),
    assignee: assigneeSchema.nullable().optional(),
    topic: topicSchema.optional(),
  })
  .refine(patch => Object.keys(patch).length > 0, {
    error: 'must have at least one of status, assignee and topic',
    params: {code: 'empty'},
    when: ({issues}) => issues.length === 0, // a patch of unknown fields is not empty
  })
  .meta({title: 'InquiryPatch', minProperties: 1, examples: [{status: 'in_progress', assignee: 'grace'}]});
export type InquiryPatch = z.infer<typeof inquiryPatchSchema>;

/** The query of `PATCH /inquiries`. Ids are compared without case, as PostgreSQL does. */
export const bulkPatchQuerySchema = z.strictObject({
  ids: z
    .string()
    .transform(text => text.toLowerCase().split(','))
    .superRefine((ids, context) => {
      const refuse = (params: Pick<InputError, 'code' | 'max'>, message: string) =>
        context.addIssue({code: 'custom', message, params});
      if (ids.length > MAX_BULK_IDS) {
        refuse({code: 'too_big', max: MAX_BULK_IDS}, `must be at most ${MAX_BULK_IDS} ids`);
      } else if (!ids.every(id => z.uuid().safeParse(id).success)) {
        refuse({code: 'format'}, 'must be UUIDs, separated by commas');
      } else if (new Set(ids).size < ids.length) {
        refuse({code: 'repeated'}, 'must name each inquiry once');
      }
    })
    .meta({description: `Up to ${MAX_BULK_IDS} ids, separated by commas, each one once.`}),
});

/** What became of one inquiry of a bulk change. */
const bulkResultSchema = z.strictObject({
  id: z.uuid(),
  outcome: z.enum(['updated', 'unchanged', 'not-found', 'conflict']),
  allowed: z
    .array(z.enum(INQUIRY_STATUSES))
    .optional()
    .meta({description: 'With `conflict`: the statuses that this inquiry can have next.'}),
});
z.globalRegistry.add(bulkResultSchema, {title: 'BulkResult'});
export type BulkResult = z.infer<typeof bulkResultSchema>;

/** Answer of `PATCH /inquiries`, in the order of the ids. */
export const bulkResultsSchema = z.strictObject({results: z.array(bulkResultSchema)});
z.globalRegistry.add(bulkResultsSchema, {
  title: 'BulkResults',
  examples: [
    {
      results: [
        {id: '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e', outcome: 'updated'},
        {id: '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9f', outcome: 'conflict', allowed: ['in_progress']},
      ],
    },
  ],
});
export type BulkResults = z.infer<typeof bulkResultsSchema>;

/** Body of `POST /inquiries/{id}/notes`. */
export const newNoteSchema = z.strictObject({
  note: safeText({max: 5000, multiline: true}).meta({examples: ['Called back; wants an offer by Friday.']}),
});
z.globalRegistry.add(newNoteSchema, {title: 'NewNote'});

/** What an entry of the activity log is about. */
export const ACTIVITY_KINDS = ['status', 'assignee', 'topic', 'note'] as const;

/** An entry of the activity log. `actor` is the `sub` of the token; `note` is null for changes. */
export const activitySchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(ACTIVITY_KINDS),
  actor: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  note: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
z.globalRegistry.add(activitySchema, {
  title: 'Activity',
  examples: [
    {
      id: '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e',
      kind: 'status',
      actor: 'grace',
      from: 'new',
      to: 'in_progress',
      note: null,
      createdAt: '2026-11-23T09:30:00.000Z',
    },
  ],
});
export type ActivityView = z.infer<typeof activitySchema>;

const {order, limit, cursor} = pageQueryFields;
/** The query of `GET /inquiries/{id}/activity`. */
export const activityQuerySchema = z.strictObject({order, limit, cursor});
