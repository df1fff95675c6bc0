// What `GET /form-token` answers.
import {z} from 'zod';

/** The token of one form, for its field `_token`. */
export const formTokenSchema = z.strictObject({
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{46}$/)
    .meta({
      description: 'For the field `_token` of one submission.',
      examples: ['AZx1q2w3e4r5t6y7u8i9o0p1a2s3d4f5g6h7j8k9l0ABCD'],
    }),
  minAgeSeconds: z
    .int()
    .min(0)
    .meta({description: 'What is sent sooner counts as a program’s.', examples: [2]}),
  maxAgeSeconds: z
    .int()
    .min(0)
    .meta({description: 'What is sent later counts as a page left open.', examples: [86400]}),
});
z.globalRegistry.add(formTokenSchema, {title: 'FormToken'});
