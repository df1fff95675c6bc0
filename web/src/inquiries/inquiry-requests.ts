// Inquiries over REST: lists, one, changes with If-Match, many at once, notes and the log.
import type {components, InquiryStatus, RestClient} from 'outreach/client';
import type {Count} from '../i18n/counts';
import {ifVersion, readPage, readThese, type ResourceRequests, toFilterQuery, unwrap} from '../rest/requests';

export {INQUIRY_STATUSES, MAX_BULK_IDS, NEXT_STATUSES} from 'outreach/client';
export type {InquiryStatus};
export type Inquiry = components['schemas']['Inquiry'];
export type InquiryPatch = components['schemas']['InquiryPatch'];
export type BulkResult = components['schemas']['BulkResult'];
export type Activity = components['schemas']['Activity'];
export type QuarantineCount = components['schemas']['QuarantineCount'];

/** Is it set aside by a spam guard, and not released? */
export function isQuarantined({status, spamReasons}: Inquiry): boolean {
  return status === 'spam' && spamReasons.length > 0;
}

/** What triage changes. */
export const TRIAGE_FIELDS = ['status', 'assignee', 'topic'] as const;
export type TriageField = (typeof TRIAGE_FIELDS)[number];

const ACTIVITY_PAGE = 50;

export interface InquiryRequests extends ResourceRequests<Inquiry> {
  /** The same as getOne, for who must have it fresh. */
  readInquiry: (id: string) => Promise<Inquiry>;
  /** At most MAX_BULK_IDS of them. */
  patchInquiries: (ids: string[], patch: InquiryPatch) => Promise<BulkResult[]>;
  addNote: (id: string, note: string) => Promise<Activity>;
  /** Newest first; `cursor` is of the page before. */
  listActivity: (id: string, cursor?: string) => Promise<{entries: Activity[]; next?: string}>;
  countInquiries: (query: {topic?: string; createdFrom?: string; createdTo?: string}) => Promise<Count>;
  /** What the spam guards have set aside. */
  countQuarantine: (query: {createdFrom?: string}) => Promise<QuarantineCount>;
}

export function createInquiryRequests(rest: RestClient): InquiryRequests {
  const readInquiry = async (id: string): Promise<Inquiry> =>
    (await unwrap(rest.GET('/inquiries/{id}', {params: {path: {id}}}))).body;
  return {
    readInquiry,
    getOne: readInquiry,
    getList: ({signal, ...params}) => {
      const filter = toFilterQuery(params.filter as Record<string, unknown>); // our filter form's
      return readPage(params, page => unwrap(rest.GET('/inquiries', {params: {query: {...filter, ...page}}, signal})));
    },
    getThese: (ids, values) => {
      const filter = toFilterQuery(values);
      return readThese(ids, page => unwrap(rest.GET('/inquiries', {params: {query: {...filter, ...page}}})));
    },
    update: async ({id, data, previousData}) => {
      const params = {path: {id}, header: ifVersion(previousData)};
      return (await unwrap(rest.PATCH('/inquiries/{id}', {params, body: data}))).body; // the triage panel's
    },
    patchInquiries: async (ids, patch) => {
      const request = rest.PATCH('/inquiries', {params: {query: {ids: ids.join(',')}}, body: patch});
      return (await unwrap(request)).body.results;
    },
    addNote: async (id, note) =>
      (await unwrap(rest.POST('/inquiries/{id}/notes', {params: {path: {id}}, body: {note}}))).body,
    listActivity: async (id, cursor) => {
      const query = {limit: ACTIVITY_PAGE, ...(cursor !== undefined && {cursor})};
      const {body, headers} = await unwrap(rest.GET('/inquiries/{id}/activity', {params: {path: {id}, query}}));
      const next = /[?&]cursor=([\w-]+)[^>]*>; rel="next"/.exec(headers.get('Link') ?? '')?.[1];
      return {entries: body, next};
    },
    countInquiries: async query => (await unwrap(rest.GET('/inquiries/count', {params: {query}}))).body,
    countQuarantine: async query => (await unwrap(rest.GET('/inquiries/quarantine', {params: {query}}))).body,
  };
}
