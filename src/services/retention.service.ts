// Retention: removes what is older than configured, by status; always forgets idempotency keys after 7 days, and the
// tombstones of the feed after 30. What is not configured is kept for ever. The next run continues an interrupted one:
// the rows are the only state.
import type {InquiryStatus, SubscriptionStatus} from '../contract/status';
import {newId} from '../platform/time-ordered-id';
import type {AuditEntry} from '../repositories/privacy/privacy-audit';
import type {BatchPosition, Expired, RetentionRepository} from '../repositories/privacy/retention.repository';

/** Days since its last change after which a row goes, by status; absent keeps it for ever. */
export interface RetentionDays {
  inquiry: Readonly<Record<InquiryStatus, number | undefined>>;
  subscription: Readonly<Partial<Record<SubscriptionStatus, number>>>;
}

export interface RetentionOptions {
  days: RetentionDays;
  /** Only count. */
  dryRun: boolean;
  /** Ends the run after the batch in hand. */
  signal: AbortSignal;
  /** Called after each batch, with one line for a person. */
  onProgress: (text: string) => void;
}

/**
 * What a run did, or would do. The keys of the counts are `inquiry.` or `subscription.` with each configured status,
 * `idempotencyKeys` and `tombstones`.
 */
export interface RetentionResult {
  outcome: 'done' | 'stopped' | 'already_running';
  dryRun: boolean;
  counts: Readonly<Record<string, number>>;
}

/** How long a repeated submission is recognised. */
export const IDEMPOTENCY_KEY_DAYS = 7;

/** How long a reader of the feed may be away and still learn which rows are gone. */
const TOMBSTONE_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH_ROWS = 1000;

export class RetentionService {
  constructor(private readonly retention: RetentionRepository) {}

  /** One run. Throws UnavailableError; the batches before it stay removed, and the audit records them. */
  async run(options: RetentionOptions): Promise<RetentionResult> {
    const startedAt = new Date();
    const steps = stepsOf(options.days, startedAt);
    if (options.dryRun) return this.count(steps, options.signal);
    const release = await this.retention.tryStart();
    if (!release) return {outcome: 'already_running', dryRun: false, counts: {}};
    try {
      return await this.remove(steps, startedAt, options);
    } finally {
      release();
    }
  }

  private async count(steps: readonly Step[], signal: AbortSignal): Promise<RetentionResult> {
    const counts: Record<string, number> = {};
    for (const {name, expired} of steps) {
      if (signal.aborted) return {outcome: 'stopped', dryRun: true, counts};
      counts[name] = await this.retention.count(expired);
    }
    return {outcome: 'done', dryRun: true, counts};
  }

  private async remove(
    steps: readonly Step[],
    createdAt: Date,
    {signal, onProgress}: RetentionOptions,
  ): Promise<RetentionResult> {
    const counts = Object.fromEntries(steps.map(({name}) => [name, 0]));
    const entry: Omit<AuditEntry, 'counts'> = {id: newId(), kind: 'retention', actor: 'npm run retention', createdAt};
    for (const {name, expired} of steps) {
      let position: BatchPosition | undefined;
      do {
        if (signal.aborted) return {outcome: 'stopped', dryRun: false, counts};
        const before = counts[name] ?? 0;
        const batch = await this.retention.removeBatch(expired, {position, limit: BATCH_ROWS}, removed => ({
          ...entry,
          counts: {...counts, [name]: before + removed},
        }));
        counts[name] = before + batch.removed;
        position = batch.last;
        onProgress(`retention: ${name} ${counts[name].toLocaleString('en')}`);
      } while (position);
    }
    await this.retention.record({...entry, counts});
    return {outcome: 'done', dryRun: false, counts};
  }
}

interface Step {
  name: string;
  expired: Expired;
}

function stepsOf(days: RetentionDays, now: Date): Step[] {
  const before = (age: number) => new Date(now.getTime() - age * DAY_MS);
  const byStatus = (kind: 'inquiry' | 'subscription') =>
    Object.entries(days[kind]).flatMap(([status, age]) =>
      age === undefined ? [] : [{name: `${kind}.${status}`, expired: {kind, status, before: before(age)}}],
    );
  return [
    ...byStatus('inquiry'),
    ...byStatus('subscription'),
    {name: 'idempotencyKeys', expired: {kind: 'idempotency-key', before: before(IDEMPOTENCY_KEY_DAYS)}},
    {name: 'tombstones', expired: {kind: 'tombstone', before: before(TOMBSTONE_DAYS)}},
  ];
}
