// The proof of work: whoever sends one may send more than the rate limit lets in, since each costs the sender time. It makes good
// for nothing else, and who sends none is as welcome as ever.
import {inject, injectable} from '@loopback/core';
import type {SpamReason} from '../../contract/spam-reasons';
import {ServiceBindings} from '../keys';
import {FORM_TOKEN_FIELD} from './form-tokens';
import {asGuard, type Guard, type GuardedSubmission, NO_SIGNALS, type Signal} from './guard';
import type {ProofOfWork} from './proof-of-work';

/** The field of a body that holds the proof, as ALTCHA names it. */
export const PROOF_FIELD = 'altcha';

const signals = (signal: Signal): readonly Signal[] => [signal];
/** Not of `rate_email`: an address that gets too much is helped by no work of the sender's. */
const OUTWEIGHED: readonly SpamReason[] = ['rate', 'burst'];
const VERDICTS = {
  valid: signals({reason: 'proof', weight: 0, outweighs: OUTWEIGHED}),
  // People leave pages open, and a replaced key must not quarantine everybody: alone, these two change nothing.
  expired: signals({reason: 'proof_expired' satisfies SpamReason, weight: 40}),
  invalid: signals({reason: 'proof_invalid' satisfies SpamReason, weight: 40}),
};

@injectable(asGuard)
export class ProofOfWorkGuard implements Guard {
  readonly cost = 20;
  readonly fields = [PROOF_FIELD];

  constructor(@inject(ServiceBindings.PROOF_OF_WORK) private readonly proofOfWork: ProofOfWork | undefined) {}

  check({sender}: GuardedSubmission): readonly Signal[] {
    const text = sender.fields[PROOF_FIELD];
    if (text === undefined || !this.proofOfWork) return NO_SIGNALS;
    // The form token's guard sees to it that a token, and with it the proof, is used once.
    const token = sender.fields[FORM_TOKEN_FIELD] ?? '';
    return VERDICTS[this.proofOfWork.verify(text, {token})];
  }
}
