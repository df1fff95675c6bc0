// Identifies a repeated submission.
import {createHash} from 'node:crypto';

/**
 * Hash of an Idempotency-Key and of the parsed submission that came with it. Another body under the same key has
 * another hash, so that neither a constant key nor a guessed one loses a submission. The hash reveals neither key nor
 * body.
 *
 * A parsed submission has its fields in the schema's order, so equal ones are equal text; the order of metadata is the
 * sender's, and a retry sends the same.
 */
export function idempotencyDigest(key: string, submission: object): Buffer {
  const ofSubmission = createHash('sha256').update(JSON.stringify(submission)).digest();
  return createHash('sha256').update(key).update('\0').update(ofSubmission).digest();
}
