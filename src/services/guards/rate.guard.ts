// Takes a submission for spam when its client, its e-mail address or everybody together has sent very many of late. People who
// share an address are set aside and not refused; what refuses is the flood limit, before a body is read (rest/server).
import {inject, injectable} from '@loopback/core';
import type {SpamReason} from '../../contract/spam-reasons';
import {ServiceBindings} from '../keys';
import {asGuard, type Guard, type GuardedSubmission, NO_SIGNALS, QUARANTINE, type Signal} from './guard';
import type {RateLimit} from './rate-limit';

const signal = (reason: SpamReason): Signal => ({reason, weight: QUARANTINE});

@injectable(asGuard)
export class RateGuard implements Guard {
  readonly cost = 2;

  constructor(@inject(ServiceBindings.RATE_LIMIT) private readonly rateLimit: RateLimit | undefined) {}

  check({input, sender}: GuardedSubmission): readonly Signal[] {
    if (!this.rateLimit) return NO_SIGNALS;
    const {limits} = this.rateLimit;
    const isOver = {
      rate: sender.attempts > limits.client,
      rate_email: this.rateLimit.hitEmail(input.email) > limits.email,
      burst: this.rateLimit.hitAll() > limits.burst,
    } satisfies Partial<Record<SpamReason, boolean>>;
    if (!isOver.rate && !isOver.rate_email && !isOver.burst) return NO_SIGNALS;
    return (Object.keys(isOver) as (keyof typeof isOver)[]).filter(reason => isOver[reason]).map(signal); // its keys
  }
}
