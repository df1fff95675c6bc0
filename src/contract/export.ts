// What an export answers: CSV (RFC 4180), a header line with the fields of one item and a line for each.
import {z} from 'zod';
import {inquirySchema} from './inquiry';
import {subscriptionSchema} from './subscription';

const COMMON = {
  id: '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e',
  email: 'ada@example.org',
  locale: 'en-GB',
  version: '1',
  createdAt: '2026-11-23T09:30:00.000Z',
  updatedAt: '2026-11-23T09:30:00.000Z',
};

export const inquiryCsvSchema = csvOf(inquirySchema, {
  ...COMMON,
  topic: 'sales',
  name: 'Ada Lovelace',
  message: 'What would ten of them cost?',
  status: 'new',
  spamReasons: '[]',
});

export const subscriptionCsvSchema = csvOf(subscriptionSchema, {
  ...COMMON,
  list: 'newsletter',
  status: 'active',
  consentVersion: '2026-11',
  consentTextSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  consentedAt: '2026-11-23T09:30:00.000Z',
});

// With an example of a line, whose other fields are empty.
function csvOf<Field extends string>(
  {shape}: z.ZodObject<Record<Field, z.ZodType>>,
  example: Readonly<Partial<Record<Field, string>>>,
): z.ZodString {
  const fields = Object.keys(shape) as Field[]; // Object.keys forgets them
  return z
    .string()
    .meta({examples: [`${fields.join(',')}\r\n${fields.map(field => example[field] ?? '').join(',')}\r\n`]});
}
