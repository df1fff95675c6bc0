// A field that people do not see: who fills it in has read the form's source and not its page.
import {inject, injectable} from '@loopback/core';
import type {SpamReason} from '../../contract/spam-reasons';
import {ServiceBindings} from '../keys';
import {asGuard, type Guard, type GuardedSubmission, NO_SIGNALS, QUARANTINE, type Signal} from './guard';

const FILLED: readonly Signal[] = [{reason: 'honeypot' satisfies SpamReason, weight: QUARANTINE}];

@injectable(asGuard)
export class HoneypotGuard implements Guard {
  readonly cost = 1;
  readonly fields: readonly string[];

  constructor(@inject(ServiceBindings.HONEYPOT_FIELD) private readonly field: string) {
    this.fields = [field];
  }

  check({sender}: GuardedSubmission): readonly Signal[] {
    return sender.fields[this.field] === undefined ? NO_SIGNALS : FILLED;
  }
}
