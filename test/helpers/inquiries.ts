// Submissions as a public site would send them.
import {randomUUID} from 'node:crypto';

/** A valid submission, different each time, but for what `fields` says. */
export function givenSubmission(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const id = randomUUID();
  return {topic: 'sales', name: 'Ada Lovelace', email: `ada.${id}@example.org`, message: `Hello ${id}`, ...fields};
}
