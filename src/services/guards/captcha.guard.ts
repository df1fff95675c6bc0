// The captcha: a submission whose visitor a provider has not let pass is set aside. So is what a provider could not be asked
// about: its outage costs no inquiry. Without CAPTCHA_PROVIDER the widgets' fields are taken out, and say nothing.
import {inject, injectable} from '@loopback/core';
import {CAPTCHA_FIELDS} from '../../contract/captcha';
import type {SpamReason} from '../../contract/spam-reasons';
import {ServiceBindings} from '../keys';
import type {Captcha} from './captcha';
import type {CaptchaOutcome} from './captcha-providers';
import {asGuard, type Guard, type GuardedSubmission, NO_SIGNALS, QUARANTINE, type Signal} from './guard';

const signals = (reason: SpamReason): readonly Signal[] => [{reason, weight: QUARANTINE}];
const MISSING = signals('captcha_missing');
const FAILED = signals('captcha_failed');
const UNAVAILABLE = signals('captcha_unavailable');
const SIGNALS_OF: Readonly<Record<CaptchaOutcome, readonly Signal[]>> = {
  passed: NO_SIGNALS,
  failed: FAILED,
  unavailable: UNAVAILABLE,
  secret: UNAVAILABLE,
  site_key: UNAVAILABLE,
};

@injectable(asGuard)
export class CaptchaGuard implements Guard {
  readonly cost = 200_000;
  /** Of all providers: a page may change its captcha before the service does. */
  readonly fields = Object.values(CAPTCHA_FIELDS);
  readonly asksOthers: boolean;

  constructor(@inject(ServiceBindings.CAPTCHA) private readonly captcha: Captcha | undefined) {
    this.asksOthers = captcha !== undefined;
  }

  check({sender, digest}: GuardedSubmission): readonly Signal[] | Promise<readonly Signal[]> {
    if (!this.captcha) return NO_SIGNALS;
    const response = sender.fields[this.captcha.field];
    if (response === undefined) return MISSING;
    sender.turn.leave(); // others are not to wait for the provider
    return this.captcha.check({response, client: sender.client, digest}).then(outcome => SIGNALS_OF[outcome]);
  }
}
