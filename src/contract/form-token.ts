// What `GET /form-token` answers.
import {z} from 'zod';

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`))
    .meta({examples: ['0f'.repeat(bytes)]});

/**
 * A challenge in the form of ALTCHA (version 2, https://altcha.org): find the counter, from 0 up, for which PBKDF2 of the
 * nonce followed by the counter in 32 bits, with the salt and `cost` iterations, begins with `keyPrefix`.
 */
export const challengeSchema = z
  .strictObject({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      cost: z
        .int()
        .min(1)
        .meta({description: 'Iterations of PBKDF2.', examples: [500]}),
      expiresAt: z
        .int()
        .min(0)
        .meta({description: 'Seconds since 1970.', examples: [1795939200]}),
      keyLength: z.literal(32),
      keyPrefix: hex(16),
      keySignature: hex(32),
      nonce: hex(16),
      salt: hex(16),
    }),
    signature: hex(32),
  })
  .meta({description: 'Of ALTCHA. The proof, as ALTCHA sends it, is for the field `altcha` beside this token.'});

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
  challenge: challengeSchema.optional(),
});
z.globalRegistry.add(formTokenSchema, {title: 'FormToken'});
