// The rules of triage: who may change what, from which status to which, and from which version. A quarantined inquiry that is set
// to new is released: its event goes out then.
import {BindingScope, inject, injectable, service} from '@loopback/core';
import {repository} from '@loopback/repository';
import type {Claims} from '../access/claims';
import {isInTopicScope} from '../access/topic-scope';
import {OutreachSocketEventService} from '../components/websocket/socket-event.service';
import {toInquirySubmitted} from '../contract/events';
import {NEXT_STATUSES} from '../contract/status';
import type {BulkResult, InquiryPatch} from '../contract/triage';
import type {Row} from '../models/column';
import type {InquiryActivity} from '../models/inquiry-activity.model';
import {InquiryActivityRepository, type TriagedInquiry} from '../repositories/inquiry/inquiry-activity.repository';
import {InquiryRepository} from '../repositories/inquiry/inquiry.repository';
import type {ListPosition, Page} from '../repositories/query/keyset-list';
import {Conflict, InvalidField, NotFound, Stale} from './domain-errors';
import {ServiceBindings} from './keys';
import type {SubmissionMetrics} from './submission-metrics';
import {topicConditions} from './topic-conditions';

@injectable({scope: BindingScope.SINGLETON})
export class TriageService {
  private readonly topics: ReadonlySet<string>;

  constructor(
    @repository(InquiryRepository) private readonly inquiries: InquiryRepository,
    @repository(InquiryActivityRepository) private readonly activity: InquiryActivityRepository,
    @inject(ServiceBindings.INQUIRY_TOPICS) topics: readonly string[],
    @service(OutreachSocketEventService) private readonly socketEvents: OutreachSocketEventService,
    @inject(ServiceBindings.SUBMISSION_METRICS) private readonly metrics: SubmissionMetrics,
  ) {
    this.topics = new Set(topics);
  }

  /**
   * Changes one inquiry and resolves with it as it is now, `updated` or `unchanged`. Throws NotFound, Stale when it has
   * none of the expected versions (any version when undefined), Conflict for a step that the status machine does not
   * have, InvalidField for a topic that the bearer cannot use.
   */
  async patch(
    claims: Claims,
    id: string,
    {patch, expectedVersions}: {patch: InquiryPatch; expectedVersions?: readonly number[]},
  ): Promise<TriagedInquiry> {
    const [inquiry] = await this.triage(claims, [id], {patch, expectedVersions});
    if (!inquiry) throw noSuchInquiry();
    if (inquiry.outcome === 'stale') {
      throw new Stale('Somebody has changed the inquiry: read it again, then decide.');
    }
    if (inquiry.outcome === 'conflict') throw illegalStep(inquiry);
    return inquiry;
  }

  /** Changes each of the inquiries independently of the others; results in the order of the ids. */
  async patchAll(claims: Claims, ids: readonly string[], patch: InquiryPatch): Promise<BulkResult[]> {
    const found = new Map((await this.triage(claims, ids, {patch})).map(inquiry => [inquiry.id, inquiry]));
    return ids.map(id => toResult(id, found.get(id)));
  }

  /** Adds a note to an inquiry. Throws NotFound when there is none that the bearer may see. */
  async addNote(claims: Claims, inquiryId: string, note: string): Promise<Row<InquiryActivity>> {
    const conditions = topicConditions(claims);
    const entry = await this.activity.addNote({inquiryId, conditions, note, actor: claims.subject});
    if (!entry) throw noSuchInquiry();
    return entry;
  }

  /** A page of an inquiry's log. Throws NotFound when there is no inquiry that the bearer may see. */
  async listActivity(
    claims: Claims,
    inquiryId: string,
    {order, limit, after}: {order: 'newest' | 'oldest'; limit: number; after?: ListPosition},
  ): Promise<Page<InquiryActivity>> {
    if (!(await this.inquiries.findMatching(inquiryId, topicConditions(claims)))) throw noSuchInquiry();
    return this.activity.page(inquiryId, order, {limit, after});
  }

  private async triage(
    claims: Claims,
    ids: readonly string[],
    {patch, expectedVersions}: {patch: InquiryPatch; expectedVersions?: readonly number[]},
  ): Promise<TriagedInquiry[]> {
    if (patch.topic !== undefined) this.expectUsableTopic(claims, patch.topic);
    const conditions = topicConditions(claims);
    const triaged = await this.activity.triage({ids, conditions, patch, expectedVersions, actor: claims.subject});
    for (const inquiry of triaged.filter(({isRelease}) => isRelease)) {
      this.metrics.countRelease();
      const createdAt = inquiry.createdAt.toISOString();
      this.socketEvents.notifyInquirySubmitted(toInquirySubmitted({...inquiry, createdAt}));
    }
    return triaged;
  }

  // A topic outside the claim is refused like an unknown one: nobody can move an inquiry to where they could not see
  // it.
  private expectUsableTopic(claims: Claims, topic: string): void {
    if (this.topics.has(topic) && isInTopicScope(claims, topic)) return;
    const detail = 'must be one of the topics that you may use';
    throw new InvalidField({field: 'topic', code: 'unknown_topic', detail});
  }
}

function toResult(id: string, inquiry: TriagedInquiry | undefined): BulkResult {
  if (!inquiry) return {id, outcome: 'not-found'};
  const {outcome, status} = inquiry;
  if (outcome === 'stale') throw new TypeError('a bulk change expects no version');
  return outcome === 'conflict' ? {id, outcome, allowed: [...NEXT_STATUSES[status]]} : {id, outcome};
}

function illegalStep({status}: TriagedInquiry): Conflict {
  const allowed = NEXT_STATUSES[status].join(', ');
  return new Conflict(`From ${status} the next status can be: ${allowed}.`, {
    field: 'status',
    code: 'illegal_transition',
    detail: `must be one of: ${allowed}`,
  });
}

function noSuchInquiry(): NotFound {
  return new NotFound('There is no such inquiry.');
}
