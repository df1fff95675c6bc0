// Inquiries over REST: lists, one with its ETag, changes with If-Match, many at once, notes and the log.
import type {components, RestClient} from 'outreach/client';
import type {Count} from '../i18n/counts';
import type {ResourceRequests} from '../rest/data-provider';
import {readPage, toFilterQuery} from '../rest/list-query';
import {unwrap} from '../rest/service';

export type InquiryStatus = components['schemas']['Inquiry']['status'];
/** `etag` is there once the inquiry was read by itself: a change needs it. */
export type Inquiry = components['schemas']['Inquiry'] & {etag?: string};
export type InquiryPatch = components['schemas']['InquiryPatch'];
export type BulkResult = components['schemas']['BulkResult'];
export type Activity = components['schemas']['Activity'];

export const INQUIRY_STATUSES = ['new', 'in_progress', 'resolved', 'spam'] as const satisfies readonly InquiryStatus[];
/** Most that one request may change. */
export const MAX_BULK_IDS = 100;
const ACTIVITY_PAGE = 50;

export interface InquiryRequests extends ResourceRequests<Inquiry> {
  /** The same as getOne, for who must have it fresh. */
  readInquiry: (id: string) => Promise<Inquiry>;
  patchInquiries: (ids: string[], patch: InquiryPatch) => Promise<BulkResult[]>;
  addNote: (id: string, note: string) => Promise<Activity>;
  /** Newest first; `cursor` is of the page before. */
  listActivity: (id: string, cursor?: string) => Promise<{entries: Activity[]; next?: string}>;
  countInquiries: (query: {topic?: string; createdFrom?: string; createdTo?: string}) => Promise<Count>;
}

export function createInquiryRequests(rest: RestClient): InquiryRequests {
  const readInquiry = async (id: string): Promise<Inquiry> => {
    const {body, headers} = await unwrap(rest.GET('/inquiries/{id}', {params: {path: {id}}}));
    return {...body, etag: headers.get('ETag') ?? undefined};
  };
  return {
    readInquiry,
    getOne: readInquiry,
    getList: ({signal, ...params}) => {
      const filter = toFilterQuery(params.filter as Record<string, unknown>); // our filter form's
      return readPage(params, page => unwrap(rest.GET('/inquiries', {params: {query: {...filter, ...page}}, signal})));
    },
    update: async ({id, data, previousData}) => {
      const header = {'if-match': previousData.etag ?? ''}; // without one the service answers 428
      const request = rest.PATCH('/inquiries/{id}', {
        params: {path: {id}, header},
        body: data,
      }); // the triage panel's
      const {body, headers} = await unwrap(request);
      return {...body, etag: headers.get('ETag') ?? undefined};
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
  };
}
