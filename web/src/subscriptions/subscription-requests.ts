// Subscriptions over REST: lists, and the one change there is, of the status.
import type {components, RestClient} from 'outreach/client';
import {readPage, readThese, type ResourceRequests, toFilterQuery} from '../rest/list-query';
import {unwrap} from '../rest/service';
import {ifVersion} from '../rest/version';

export {NEXT_SUBSCRIPTION_STATUSES, SUBSCRIPTION_STATUSES} from 'outreach/client';
export type Subscription = components['schemas']['Subscription'];
export type SubscriptionPatch = components['schemas']['SubscriptionPatch'];

export function createSubscriptionRequests(rest: RestClient): ResourceRequests<Subscription> {
  return {
    getList: ({signal, ...params}) => {
      const filter = toFilterQuery(params.filter as Record<string, unknown>); // our filter form's
      return readPage(params, page =>
        unwrap(rest.GET('/subscriptions', {params: {query: {...filter, ...page}}, signal})),
      );
    },
    getThese: (ids, values) => {
      const filter = toFilterQuery(values);
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
