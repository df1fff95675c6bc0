// Subscriptions over REST: lists, and the one change there is, of the status.
import type {components, RestClient} from 'outreach/client';
import {ifVersion, readPage, readThese, type ResourceRequests, toFilterQuery, unwrap} from '../rest/requests';

export {NEXT_SUBSCRIPTION_STATUSES, SUBSCRIPTION_STATUSES} from 'outreach/client';
export type Subscription = components['schemas']['Subscription'];
export type SubscriptionPatch = components['schemas']['SubscriptionPatch'];

export function createSubscriptionRequests(rest: RestClient): ResourceRequests<Subscription> {
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
    update: async ({id, data, previousData}) => {
      const params = {path: {id}, header: ifVersion(previousData)};
      const body = data as SubscriptionPatch; // the row's button
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
