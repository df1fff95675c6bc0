// How many inquiries the guards have quarantined, by reason, and how many of them staff have released since.
import {z} from 'zod';
import {inquiryFilterFields} from './inquiry';
import {createdQueryFields, totalFields} from './page';

/** The query of `GET /inquiries/quarantine`. `createdFrom` is inclusive, `createdTo` exclusive. */
export const quarantineQuerySchema = z.strictObject({topic: inquiryFilterFields.topic, ...createdQueryFields});
export type QuarantineQuery = z.infer<typeof quarantineQuerySchema>;

const counts = {
  quarantined: z.int().min(0).meta({description: 'Those that guards have stored as spam, released or not.'}),
  released: z.int().min(0).meta({description: 'Those of them that are no spam any more.'}),
};

/** Answer of `GET /inquiries/quarantine`. */
export const quarantineCountSchema = z.strictObject({
  ...counts,
  byReason: z.array(z.strictObject({reason: z.string(), ...counts})).meta({
    description: 'An inquiry with several reasons counts for each of them. The most frequent reason is first.',
  }),
  isExact: totalFields.isExact,
});
z.globalRegistry.add(quarantineCountSchema, {
  title: 'QuarantineCount',
  examples: [
    {quarantined: 40, released: 1, byReason: [{reason: 'honeypot', quarantined: 40, released: 1}], isExact: true},
  ],
});
export type QuarantineCount = z.infer<typeof quarantineCountSchema>;
