// Asks every guard about a submission and adds up what they say. Nobody is refused here: what is suspicious is stored as
// spam, where a person finds and releases it.
import {BindingScope, extensions, injectable} from '@loopback/core';
import {type Guard, type GuardedSubmission, GUARDS, QUARANTINE, type Signal} from './guard';

/** What becomes of a submission, and why: reasons each once, in the order of the guards. */
export interface Verdict {
  outcome: 'accept' | 'quarantine';
  /** Of all signals. */
  reasons: readonly string[];
  /** Of those that speak against it and are not outweighed. */
  against: readonly string[];
}

const ACCEPTED: Verdict = {outcome: 'accept', reasons: [], against: []};

@injectable({scope: BindingScope.SINGLETON})
export class SubmissionGuards {
  /** Names of all fields that guards take out of a body. */
  readonly fields: readonly string[];
  /** Does any of them ask a third party? */
  readonly askOthers: boolean;
  private readonly guards: readonly Guard[];

  constructor(@extensions.list(GUARDS) guards: readonly Guard[]) {
    this.guards = [...guards].sort((one, other) => one.cost - other.cost);
    this.askOthers = guards.some(({asksOthers = false}) => asksOthers);
    this.fields = [...new Set(this.guards.flatMap(({fields = []}) => fields))];
  }

  /** The verdict. Rejects with what a guard throws. */
  async screen(submission: GuardedSubmission): Promise<Verdict> {
    const signals: Signal[] = [];
    for (const guard of this.guards) {
      if (guard.asksOthers && verdictOf(signals).outcome === 'quarantine') continue;
      const found = guard.check(submission);
      signals.push(...(found instanceof Promise ? await found : found));
    }
    return verdictOf(signals);
  }
}

function verdictOf(signals: readonly Signal[]): Verdict {
  if (signals.length === 0) return ACCEPTED;
  const outweighed = signals.flatMap(({outweighs = []}) => outweighs);
  const counted = signals.filter(({reason}) => !outweighed.includes(reason));
  const weight = counted.reduce((sum, signal) => sum + signal.weight, 0);
  return {
    outcome: weight >= QUARANTINE ? 'quarantine' : 'accept',
    reasons: reasonsOf(signals),
    against: reasonsOf(counted.filter(signal => signal.weight > 0)),
  };
}

function reasonsOf(signals: readonly Signal[]): string[] {
  return [...new Set(signals.map(({reason}) => reason))];
}
