// What an export answers: CSV (RFC 4180), a header line with the fields of one item and a line for each.
import {z} from 'zod';
import {inquirySchema} from './inquiry';
import {subscriptionSchema} from './subscription';

export const inquiryCsvSchema = csvOf(
  inquirySchema,
  '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e,sales,Ada Lovelace,ada@example.org,,,,What would ten of them cost?,en-GB,,,,' +
    'new,,[],1,2026-11-23T09:30:00.000Z,2026-11-23T09:30:00.000Z',
);

export const subscriptionCsvSchema = csvOf(
  subscriptionSchema,
  '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e,ada@example.org,newsletter,en-GB,active,2026-11,' +
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08,2026-11-23T09:30:00.000Z,,,1,' +
    '2026-11-23T09:30:00.000Z,2026-11-23T09:30:00.000Z',
);

function csvOf({shape}: z.ZodObject, line: string): z.ZodString {
  return z.string().meta({examples: [`${Object.keys(shape).join(',')}\r\n${line}\r\n`]});
}
