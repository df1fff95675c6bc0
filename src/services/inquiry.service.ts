// The rules of inquiries and the order of steps: persist, then notify.
import {BindingScope, inject, injectable, service} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../access/claims';
import {toInquirySubmitted} from '../contract/events';
import {type InquiryCount, type InquirySubmission, REQUESTED_TOPIC} from '../contract/inquiry';
import type {Total} from '../contract/page';
import type {QuarantineCount} from '../contract/quarantine';
import {OutreachSocketEventService} from '../components/websocket/socket-event.service';
import type {Inquiry} from '../models/inquiry.model';
import {JsonText} from '../platform/json-text';
import {PlatformBindings} from '../platform/keys';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import {newId, timeOfId} from '../platform/time-ordered-id';
import {SingleFlight} from '../platform/single-flight';
import type {FeedPosition} from '../repositories/change-feed/feed-position';
import {InquiryRepository, type StoredSubmission} from '../repositories/inquiry/inquiry.repository';
import type {NewInquiry} from '../repositories/inquiry/inquiry-insert';
import type {InquiryFilter} from '../repositories/inquiry/inquiry-list';
import type {ListPosition, PageRequest} from '../repositories/query/keyset-list';
import {InvalidField, NotFound} from './domain-errors';
import type {Sender} from './guards/guard';
import {SubmissionGuards, type Verdict} from './guards/submission-guards';
import {FORM_TOKEN_FIELD, type FormTokens} from './guards/form-tokens';
import {idempotencyDigest} from './idempotency';
import {ServiceBindings, type UnknownTopicRule} from './keys';
import type {SubmissionMetrics} from './submission-metrics';
import {topicConditions} from './topic-conditions';

/** One page of inquiries; `next` is where the following page starts, absent on the last one. */
export interface ListedInquiries {
  /** An array of the contract's inquiries. */
  inquiries: JsonText;
  next?: ListPosition;
  /** Where the feed continues after these inquiries. */
  end: FeedPosition;
  /** Only when it was asked for. */
  total?: Total;
}

/** What is known of a submission beside its fields. */
export interface SubmitOptions {
  idempotencyKey?: string;
  /** Who has sent it and how. The visitor of an HTML form can do nothing about what its developer got wrong. */
  sender?: Sender;
}

@injectable({scope: BindingScope.SINGLETON})
export class InquiryService {
  private readonly topics: ReadonlySet<string>;
  private readonly pages = new SingleFlight<Omit<ListedInquiries, 'total'>>();
  private readonly counts = new SingleFlight<InquiryCount>();
  private readonly quarantineCounts = new SingleFlight<QuarantineCount>();

  constructor(
    @repository(InquiryRepository) private readonly inquiries: InquiryRepository,
    @service(OutreachSocketEventService) private readonly socketEvents: OutreachSocketEventService,
    @inject(ServiceBindings.INQUIRY_TOPICS) topics: readonly string[],
    @inject(ServiceBindings.UNKNOWN_TOPIC) private readonly unknownTopic: UnknownTopicRule | undefined,
    @inject(ServiceBindings.SUBMISSION_METRICS) private readonly metrics: SubmissionMetrics,
    @inject(PlatformBindings.RATE_LIMITED_LOG) private readonly log: RateLimitedLog,
    @service(SubmissionGuards) private readonly guards: SubmissionGuards,
    @inject(ServiceBindings.FORM_TOKENS) private readonly formTokens: FormTokens,
  ) {
    this.topics = new Set(topics);
  }

  /**
   * Stores the submission and then notifies the observation rooms. Resolved means committed. What the guards quarantine is
   * stored as spam and notifies nobody; guards look only where the sender is given. With an idempotency key, or else a form
   * token, a repeat of the same submission resolves with the first one's receipt and emits no event. Throws InvalidField for
   * an unknown topic that UNKNOWN_TOPIC refuses, UnavailableError when PostgreSQL cannot answer.
   */
  async submit(submission: InquirySubmission, options: SubmitOptions = {}): Promise<StoredSubmission> {
    const {idempotencyKey, sender} = options;
    const known = this.withKnownTopic(submission, options);
    const key = idempotencyKey ?? this.formTokens.idempotencyKeyOf(sender?.fields[FORM_TOKEN_FIELD]);
    const digest = key === undefined ? undefined : idempotencyDigest(key, submission);
    if (digest && this.guards.askOthers) {
      const earlier = await this.inquiries.findByDigest(digest); // what a third party was asked with is good once
      if (earlier) return this.repeated(earlier, known.topic);
    }
    const verdict = sender && (await this.guards.screen({input: known, sender, digest}));
    return this.store(known, {digest, verdict});
  }

  private async store(
    submission: InquirySubmission,
    {digest, verdict}: {digest: Buffer | undefined; verdict: Verdict | undefined},
  ): Promise<StoredSubmission> {
    const id = newId();
    const inquiry: NewInquiry = {...submission, id, createdAt: timeOfId(id).toISOString()};
    const spamReasons = verdict?.outcome === 'quarantine' ? verdict.against : undefined;
    if (!(await this.inquiries.insert({inquiry, digest, spamReasons})) && digest) {
      const earlier = await this.inquiries.findByDigest(digest);
      if (!earlier) return this.store(submission, {digest, verdict}); // it was erased just now
      return this.repeated(earlier, submission.topic);
    }
    this.metrics.countInquiry(spamReasons ? 'quarantined' : 'stored', inquiry.topic);
    if (verdict) this.metrics.countVerdict(verdict);
    if (spamReasons) return inquiry; // an event is for a person to look now
    this.socketEvents.notifyInquirySubmitted(toInquirySubmitted(inquiry));
    return inquiry;
  }

  private repeated(earlier: StoredSubmission, topic: string): StoredSubmission {
    this.metrics.countInquiry('repeated', topic);
    return earlier;
  }

  // The requested topic stays readable; metadata has room for it beyond what a submission may use.
  private withKnownTopic(submission: InquirySubmission, {sender}: SubmitOptions): InquirySubmission {
    const {topic, metadata} = submission;
    if (this.topics.has(topic)) return submission;
    const rule = this.unknownTopic ?? (sender?.format === 'form' ? 'default' : 'refuse');
    const [defaultTopic] = this.topics;
    if (rule === 'refuse' || defaultTopic === undefined) throw unknownTopic();
    this.log.write('warn', 'inquiry.topic.unknown', {variable: 'INQUIRY_TOPICS'});
    return {...submission, topic: defaultTopic, metadata: {...metadata, [REQUESTED_TOPIC]: topic}};
  }

  /** How many submissions wait to be stored, for metrics. */
  get waiting(): number {
    return this.inquiries.waiting;
  }

  /** A page of the inquiries that the bearer may see, read after the call; identical concurrent requests share it. */
  async list(
    claims: Claims,
    filter: InquiryFilter,
    page: PageRequest & {withTotal: boolean},
  ): Promise<ListedInquiries> {
    const visible = {...filter, conditions: [...topicConditions(claims), ...filter.conditions]};
    const [part, total] = await Promise.all([
      this.readPage(visible, page),
      page.withTotal ? this.countVisible(visible) : undefined,
    ]);
    return {...part, total};
  }

  /** How many the bearer may see, in all and by status. */
  async count(claims: Claims, filter: Omit<InquiryFilter, 'order'>): Promise<InquiryCount> {
    return this.countVisible({...filter, conditions: [...topicConditions(claims), ...filter.conditions]});
  }

  /** What guards have quarantined of those that the bearer may see, and what of it was released. */
  async countQuarantine(claims: Claims, asked: InquiryFilter['conditions']): Promise<QuarantineCount> {
    const conditions = [...topicConditions(claims), ...asked];
    return this.quarantineCounts.run(JSON.stringify(conditions), () => this.inquiries.countQuarantine(conditions));
  }

  /** One inquiry. Throws NotFound when there is none or its topic is outside the bearer's claim. */
  async get(claims: Claims, id: string): Promise<Inquiry> {
    const inquiry = await this.inquiries.findMatching(id, topicConditions(claims));
    if (!inquiry) throw new NotFound('There is no such inquiry.');
    return inquiry;
  }

  // The conditions contain the bearer's topics, so the keys of both shared reads do too.
  private readPage(
    filter: InquiryFilter,
    {limit, after, offset}: PageRequest,
  ): Promise<Omit<ListedInquiries, 'total'>> {
    const {conditions, search, order} = filter;
    return this.pages.run(JSON.stringify([conditions, search, order, limit, after, offset]), async () => {
      const {json, identity, ...place} = await this.inquiries.page(filter, {limit, after, offset});
      return {inquiries: new JsonText(json, identity), ...place};
    });
  }

  private countVisible({conditions, search}: Omit<InquiryFilter, 'order'>): Promise<InquiryCount> {
    return this.counts.run(JSON.stringify([conditions, search]), () =>
      this.inquiries.countByStatus({conditions, search}),
    );
  }
}

function unknownTopic(): InvalidField {
  const detail = 'must be one of the topics that this site offers';
  return new InvalidField({field: 'topic', code: 'unknown_topic', detail});
}
