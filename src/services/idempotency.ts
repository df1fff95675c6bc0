// By what a repeated submission is known.
import {createHash} from 'node:crypto';

/**
 * Hash of an Idempotency-Key and of the parsed submission that came with it. Another body under the same key has another
 * one, so that neither a constant key nor a stranger's guess loses a submission. Neither key nor body can be read out of it.
 *
 * A parsed submission has its fields in the schema's order, so equal ones are equal text; the order of metadata is the
 * sender's, and a retry sends the same.
 */
export function idempotencyDigest(key: string, submission: object): Buffer {
  const ofSubmission = createHash('sha256').update(JSON.stringify(submission)).digest();
  return createHash('sha256').update(key).update('\0').update(ofSubmission).digest();
}
