// The form token: a submission that comes sooner than anybody types, or a second one with the same token, is a program's.
// A submission without a token is as good as any.
import {createHash} from 'node:crypto';
import {inject, injectable} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {SpamReason} from '../../contract/spam-reasons';
import {FormTokenUseRepository} from '../../repositories/inquiry/form-token-use.repository';
import {ServiceBindings} from '../keys';
import {FORM_TOKEN_FIELD, type FormTokens, MAX_AGE_MS, MIN_AGE_MS} from './form-tokens';
import {asGuard, type Guard, type GuardedSubmission, NO_SIGNALS, QUARANTINE, type Signal} from './guard';

const signal = (reason: SpamReason, weight: number): Signal => ({reason, weight});
const TOO_FAST = signal('token_too_fast', QUARANTINE);
const REUSED = signal('token_reused', QUARANTINE);
// People leave pages open, and a replaced key must not quarantine everybody: alone, these two change nothing.
const EXPIRED = signal('token_expired', 40);
const INVALID = signal('token_invalid', 40);

@injectable(asGuard)
export class FormTokenGuard implements Guard {
  readonly cost = 1000; // it asks PostgreSQL
  readonly fields = [FORM_TOKEN_FIELD];

  constructor(
    @inject(ServiceBindings.FORM_TOKENS) private readonly tokens: FormTokens,
    @repository(FormTokenUseRepository) private readonly uses: FormTokenUseRepository,
  ) {}

  /** Throws UnavailableError when PostgreSQL cannot answer. */
  check({input, sender, digest}: GuardedSubmission): readonly Signal[] | Promise<readonly Signal[]> {
    const text = sender.fields[FORM_TOKEN_FIELD];
    if (text === undefined || !this.tokens.areEnabled) return NO_SIGNALS;
    const token = this.tokens.read(text);
    if (!token) return [INVALID];
    const age = Date.now() - token.issuedAt;
    const signals = [...(age < MIN_AGE_MS ? [TOO_FAST] : []), ...(age > MAX_AGE_MS ? [EXPIRED] : [])];
    return this.isReused(token.id, digest ?? JSON.stringify(input)).then(isReused =>
      isReused ? [...signals, REUSED] : signals,
    );
  }

  // The same submission again, with its key, is a second click or a retry, and no second use. With the token's id, which is
  // not stored, nobody can compute the hash of a guessed text.
  private async isReused(id: string, submission: Buffer | string): Promise<boolean> {
    const digest = createHash('sha256').update(PURPOSE).update(id).digest();
    const use = createHash('sha256').update(id).update(submission).digest('hex');
    return !(await this.uses.claim(digest, use));
  }
}
const PURPOSE = 'form token\0';
