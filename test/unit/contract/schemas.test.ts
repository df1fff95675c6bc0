// The schemas of bodies and queries become an OpenAPI document, and the limits in it are the real ones.
import {z} from 'zod';
import {inquiryListQuerySchema, inquirySubmissionSchema} from '../../../src/contract/inquiry';
import {PROBLEMS, problemSchema} from '../../../src/contract/problem';
import {subscriptionRequestSchema} from '../../../src/contract/subscription';

interface JsonSchema {
  properties: Record<string, {maxLength?: number; minLength?: number; type?: string}>;
  required?: string[];
  additionalProperties?: unknown;
}
const toJson = (schema: z.ZodType) =>
  z.toJSONSchema(schema, {target: 'openapi-3.0', io: 'input'}) as unknown as JsonSchema;

test('the submission documents its limits, its required fields and that it takes no other', () => {
  const {properties, required, additionalProperties} = toJson(inquirySubmissionSchema);
  expect(required).toEqual(['topic', 'name', 'email', 'message']);
  expect(additionalProperties).toBe(false);
  const limits = Object.entries(properties).map(([name, {maxLength}]) => [name, maxLength]);
  expect(Object.fromEntries(limits)).toMatchObject({
    name: 120,
    email: 254,
    phone: 32,
    company: 160,
    subject: 200,
    message: 5000,
    sourceUrl: 2048,
    privacyNoticeVersion: 64,
  });
});

test('the subscription documents its required fields, and that list and hash are optional', () => {
  const {required, additionalProperties} = toJson(subscriptionRequestSchema);
  expect(required).toEqual(['email', 'consentVersion']);
  expect(additionalProperties).toBe(false);
  const parsed = subscriptionRequestSchema.parse({
    email: 'ada@example.org',
    consentVersion: '1',
    consentTextSha256: ` ${'AB'.repeat(32)} `,
  });
  expect(parsed).toEqual({email: 'ada@example.org', consentVersion: '1', consentTextSha256: 'ab'.repeat(32)});
});

test('the list query has its defaults and documents its bounds', () => {
  expect(inquiryListQuerySchema.parse({})).toEqual({total: false}); // LoopBack's filter may say the others
  const {order, limit} = toJson(inquiryListQuerySchema).properties;
  expect(order).toMatchObject({default: 'newest'});
  expect(limit).toMatchObject({type: 'integer', minimum: 1, maximum: 100});
});

test('each kind of problem has a status of an error and a title of its own', () => {
  const kinds = Object.entries(PROBLEMS);
  for (const [kind, {status}] of kinds) {
    expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
  }
  expect(new Set(kinds.map(([, {title}]) => title)).size).toBe(kinds.length);
});

test('a problem has no field that its schema does not name', () => {
  const problem = {type: '/problems/not-found', title: 'x', status: 404, instance: 'r'};
  expect(problemSchema.safeParse(problem).success).toBe(true);
  expect(problemSchema.safeParse({...problem, stack: 'x'}).success).toBe(false);
});
