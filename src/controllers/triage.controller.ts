// Triage over HTTP: change one inquiry or many, note something, read what was done.
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {etagHeader, nextLinkHeader} from '../contract/headers';
import {inquiryPathSchema, inquirySchema} from '../contract/inquiry';
import {
  activityQuerySchema,
  activitySchema,
  type ActivityView,
  bulkPatchQuerySchema,
  type BulkResult,
  bulkResultsSchema,
  inquiryPatchSchema,
  newNoteSchema,
} from '../contract/triage';
import type {Row} from '../models/column';
import type {InquiryActivity} from '../models/inquiry-activity.model';
import {decodeCursor, encodeCursor} from '../rest/list/cursor';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {anyVersionSchema, etagOf, ifMatchSchema, requireIfMatch} from '../rest/http/etag';
import {nextPageLink} from '../rest/list/next-page';
import {Reply} from '../rest/http/reply';
import {TriageService} from '../services/triage.service';
import {toView} from './inquiry-view';

const patchInquiry = {
  operationId: 'patchInquiry',
  summary: 'Change status, assignee or topic of an inquiry as it was read.',
  path: inquiryPathSchema,
  headers: z.object({'if-match': ifMatchSchema.optional()}),
  body: inquiryPatchSchema,
  mergePatch: true,
  responses: {
    200: {
      description: 'The inquiry as it is now; with the same version when the patch changes nothing.',
      body: inquirySchema,
      headers: z.object({ETag: etagHeader}),
    },
  },
  problems: ['not-found', 'conflict', 'precondition-failed', 'precondition-required'],
} satisfies OperationOptions;

const patchInquiries = {
  operationId: 'patchInquiries',
  summary: 'Change many inquiries, each on its own, whatever their version.',
  query: bulkPatchQuerySchema,
  headers: z.object({'if-match': anyVersionSchema.optional()}),
  body: inquiryPatchSchema,
  mergePatch: true,
  responses: {200: {description: 'What became of each, in the order of the ids.', body: bulkResultsSchema}},
} satisfies OperationOptions;

const addNote = {
  operationId: 'addInquiryNote',
  summary: 'Note something about an inquiry; notes are never changed.',
  path: inquiryPathSchema,
  body: newNoteSchema,
  responses: {201: {description: 'Noted: the entry of the activity log.', body: activitySchema}},
  problems: ['not-found'],
} satisfies OperationOptions;

const listActivity = {
  operationId: 'listInquiryActivity',
  summary: 'Read what was changed and noted: who, what, from, to, when.',
  path: inquiryPathSchema,
  query: activityQuerySchema,
  responses: {
    200: {
      description: 'One page.',
      body: z.array(activitySchema),
      headers: z.object({Link: nextLinkHeader.optional()}),
    },
  },
  problems: ['not-found'],
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class TriageController {
  constructor(@service(TriageService) private readonly triage: TriageService) {}

  @operation('PATCH /inquiries/{id}', patchInquiry)
  async patch(input: OperationInput<'PATCH /inquiries/{id}', typeof patchInquiry>): Promise<Reply> {
    const {path, headers, body, claims} = input;
    const expectedVersions = requireIfMatch(headers['if-match']);
    const inquiry = await this.triage.patch(claims, path.id, {patch: body, expectedVersions});
    return new Reply(200, toView(inquiry), {ETag: etagOf(inquiry)}, {[inquiry.outcome]: 1});
  }

  @operation('PATCH /inquiries', patchInquiries)
  async patchAll({query, body, claims}: OperationInput<'PATCH /inquiries', typeof patchInquiries>): Promise<Reply> {
    const results = await this.triage.patchAll(claims, query.ids, body);
    return new Reply(200, {results}, {}, countOutcomes(results));
  }

  @operation('POST /inquiries/{id}/notes', addNote)
  async note({path, body, claims}: OperationInput<'POST /inquiries/{id}/notes', typeof addNote>): Promise<Reply> {
    return new Reply(201, toActivityView(await this.triage.addNote(claims, path.id, body.note)), {}, {notes: 1});
  }

  @operation('GET /inquiries/{id}/activity', listActivity)
  async activity(input: OperationInput<'GET /inquiries/{id}/activity', typeof listActivity>): Promise<Reply> {
    const {path, query, target, claims} = input;
    const {order, limit, cursor} = query;
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const {rows, next} = await this.triage.listActivity(claims, path.id, {order, limit, after});
    const headers = next && {Link: nextPageLink(target, encodeCursor(next))};
    return new Reply(200, rows.map(toActivityView), headers);
  }
}

function countOutcomes(results: readonly BulkResult[]): Record<string, number> {
  const counts = {updated: 0, unchanged: 0, 'not-found': 0, conflict: 0};
  for (const {outcome} of results) counts[outcome] += 1;
  return counts;
}

function toActivityView({id, kind, actor, fromValue, toValue, note, createdAt}: Row<InquiryActivity>): ActivityView {
  return {id, kind, actor, from: fromValue, to: toValue, note, createdAt: createdAt.toISOString()};
}
