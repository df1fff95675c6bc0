// Subscriptions over REST: lists, one with the history of its consent, and the one change there is, of the status.
import type {components, RestClient} from 'outreach/client';
import {ifVersion, readPage, readThese, type ResourceRequests, toFilterQuery, unwrap} from '../rest/requests';

export {NEXT_SUBSCRIPTION_STATUSES, SUBSCRIPTION_STATUSES} from 'outreach/client';
export type Subscription = components['schemas']['Subscription'];
export type SubscriptionPatch = components['schemas']['SubscriptionPatch'];
export type Consent = components['schemas']['Consent'];

/** Most entries that the service answers of one history. */
export const MAX_CONSENTS = 100;

/** Options of react-query: no event announces a change, so it is read again while the page is seen. */
export const WATCHED = {refetchInterval: 15_000, refetchOnWindowFocus: 'always'} as const;

export interface SubscriptionRequests extends ResourceRequests<Subscription> {
  /** Newest first, at most MAX_CONSENTS. */
  listConsents: (id: string) => Promise<Consent[]>;
}

export function createSubscriptionRequests(rest: RestClient): SubscriptionRequests {
  // The service looks for an address alone, and in a body: it must be in no URL. It has few subscriptions.
  const find = async (email: string, filter: Record<string, string>) => {
    const {body} = await unwrap(rest.POST('/subscriptions/search', {body: {email}}));
    return body.filter(meets(filter));
  };
  return {
    getList: async ({signal, ...params}) => {
      const {email, ...filter} = toFilterQuery(params.filter as Record<string, unknown>); // our filter form's
      if (email !== undefined) {
        const {page, perPage} = params.pagination ?? {page: 1, perPage: 25};
        const found = (await find(email, filter)).sort(byId);
        if (params.sort?.order !== 'ASC') found.reverse();
        return {data: found.slice((page - 1) * perPage, page * perPage), total: found.length};
      }
      return readPage(params, page =>
        unwrap(rest.GET('/subscriptions', {params: {query: {...filter, ...page}}, signal})),
      );
    },
    getThese: async (ids, values) => {
      const {email, ...filter} = toFilterQuery(values);
      if (email !== undefined) return (await find(email, filter)).filter(({id}) => ids.includes(id));
      return readThese(ids, page => unwrap(rest.GET('/subscriptions', {params: {query: {...filter, ...page}}})));
    },
    getOne: async id => (await unwrap(rest.GET('/subscriptions/{id}', {params: {path: {id}}}))).body,
    listConsents: async id => (await unwrap(rest.GET('/subscriptions/{id}/consents', {params: {path: {id}}}))).body,
    update: async ({id, data, previousData}) => {
      const params = {path: {id}, header: ifVersion(previousData)};
      const body = data as SubscriptionPatch; // the dialog's
      return (await unwrap(rest.PATCH('/subscriptions/{id}', {params, body}))).body;
    },
  };
}

const byId = (one: Subscription, other: Subscription) => (one.id < other.id ? -1 : 1); // the order of time

function meets({status, list, createdFrom, createdTo}: Record<string, string>): (row: Subscription) => boolean {
  return row =>
    (status === undefined || row.status === status) &&
    (list === undefined || row.list === list) &&
    (createdFrom === undefined || row.createdAt >= createdFrom) &&
    (createdTo === undefined || row.createdAt < createdTo);
}
