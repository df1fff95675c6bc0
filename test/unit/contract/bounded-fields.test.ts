// No field that somebody sends takes more than its share of a request's 10 ms for 32 KB of text, whatever that text is.
import {z} from 'zod';
import {observeRequestSchema} from '../../../src/contract/events';
import {changesQuerySchema} from '../../../src/contract/feed';
import {idempotencyKeySchema, ifNoneMatchSchema, totalRequestSchema} from '../../../src/contract/headers';
import {inquiryPathSchema, inquirySubmissionSchema} from '../../../src/contract/inquiry';
import {subjectRequestSchema} from '../../../src/contract/privacy';
import {
  subscriptionPatchSchema,
  subscriptionPathSchema,
  subscriptionRequestSchema,
} from '../../../src/contract/subscription';
import {
  activityQuerySchema,
  bulkPatchQuerySchema,
  inquiryPatchSchema,
  newNoteSchema,
} from '../../../src/contract/triage';
import * as inquiryQueries from '../../../src/controllers/inquiry-queries';
import * as subscriptionQueries from '../../../src/controllers/subscription-queries';
import {anyVersionSchema, ifMatchSchema} from '../../../src/rest/http/etag';
import {COSTLY_METADATA, COSTLY_QUERIES, COSTLY_TEXTS, COSTLY_VALUES} from '../../helpers/costly';
import {leastCpuMs} from '../../helpers/cpu';

const MAX_CPU_MS = 5;

const FIELDS: readonly [string, z.core.$ZodType][] = Object.entries({
  inquirySubmissionSchema,
  inquiryPathSchema,
  inquiryPatchSchema,
  inquiryList: inquiryQueries.listQuery,
  inquiryCount: inquiryQueries.countQuery,
  inquiryExport: inquiryQueries.exportQuery,
  inquiryGet: inquiryQueries.getQuery,
  changesQuerySchema,
  bulkPatchQuerySchema,
  newNoteSchema,
  activityQuerySchema,
  subscriptionRequestSchema,
  subscriptionPathSchema,
  subscriptionPatchSchema,
  subscriptionList: subscriptionQueries.listQuery,
  subscriptionCount: subscriptionQueries.countQuery,
  subscriptionExport: subscriptionQueries.exportQuery,
  subjectRequestSchema,
  observeRequestSchema,
  headers: z.object({
    idempotencyKeySchema,
    ifNoneMatchSchema,
    ifMatchSchema,
    anyVersionSchema,
    totalRequestSchema,
  }),
}).flatMap(([name, {shape}]) =>
  Object.entries<z.core.$ZodType>(shape).map(([field, schema]): [string, z.core.$ZodType] => [
    `${name}.${field}`,
    schema,
  ]),
);

const VALUES: readonly [string, unknown][] = [
  ...Object.entries(COSTLY_TEXTS),
  ...Object.entries(COSTLY_QUERIES).map(([name, query]): [string, unknown] => [
    name,
    decodeURIComponent(query.slice(query.indexOf('=') + 1)),
  ]),
  ...Object.entries({...COSTLY_VALUES, ...COSTLY_METADATA}).map(([name, json]): [string, unknown] => [
    name,
    JSON.parse(json),
  ]),
  ['10,000 texts', JSON.parse(`[${'"",'.repeat(10_000)}""]`)],
];

test.each(FIELDS)('%s', (_name, schema) => {
  for (const [name, value] of VALUES) {
    const least = leastCpuMs(() => z.safeParse(schema, value), MAX_CPU_MS);
    expect([name, least]).toEqual([name, Math.min(least, MAX_CPU_MS)]);
  }
});
