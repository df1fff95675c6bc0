// What a guard of the public routes is: it looks at a submission that is valid and says what speaks against it. It refuses
// nothing by itself; submission-guards.ts adds up what all of them say. A guard of your own: docs/loopback.md.
import {BindingScope, type BindingTemplate, extensionFor} from '@loopback/core';
import type {InquirySubmission} from '../../contract/inquiry';

/** Who has sent a submission, and how. */
export interface Sender {
  /** Who the request counts for: an address, IPv6 by its first 64 bits. Not to be logged, stored or sent anywhere. */
  client: string;
  /** How many submissions of this client came in this window of the rate limit, this one among them; 0 without one. */
  attempts: number;
  /** How the body was sent: as JSON, or as a form as browsers send it. */
  format: 'json' | 'form';
  /** The fields of the guards that were filled in, by their names. They are no part of the submission. */
  fields: Readonly<Record<string, string>>;
  /** Its turn among the submissions that are being stored; a guard that waits for a third party leaves it first. */
  turn: {leave(): void};
}

/** A submission as guards see it: parsed and cleaned, and not stored yet. */
export interface GuardedSubmission {
  input: InquirySubmission;
  sender: Sender;
  /** SHA-256 of it and of its Idempotency-Key, or its form token; a repeat has the same. Undefined without either. */
  digest?: Buffer;
}

/** Something that speaks against a submission, or for it. */
export interface Signal {
  /**
   * Why, as a code of lower-case letters and `_`: it is stored with the inquiry and labels a metric, so it never comes
   * from what was sent. outreach's own: contract/spam-reasons.ts.
   */
  reason: string;
  /** How much: weights add up, to QUARANTINE for one. */
  weight: number;
  /** Reasons whose weight does not count beside this signal, of whichever guard. */
  outweighs?: readonly string[];
}

/** From this weight on an inquiry is stored as spam. One signal has it when it is proof enough by itself. */
export const QUARANTINE = 100;

/** Looks at each submission of a public route. A singleton: requests share it. */
export interface Guard {
  /** Names of the body's fields that are this guard's own: taken out of the body, forms and JSON alike. */
  readonly fields?: readonly string[];
  /** About how long one check takes, in microseconds: the cheapest guard looks first. */
  readonly cost: number;
  /** Does it ask a third party? It is spared what the guards before it have quarantined already, and what is stored already. */
  readonly asksOthers?: boolean;
  /** What speaks against it; none when nothing does. May not throw for anything that was sent. */
  check(submission: GuardedSubmission): readonly Signal[] | Promise<readonly Signal[]>;
}

/** LoopBack's extension point of guards. */
export const GUARDS = 'outreach.guards';

/** Binds a class as a guard: `@injectable(asGuard)`. */
export const asGuard: BindingTemplate = binding => {
  extensionFor(GUARDS)(binding);
  binding.inScope(BindingScope.SINGLETON);
};

/** What a guard answers when nothing speaks against the submission. */
export const NO_SIGNALS: readonly Signal[] = [];
