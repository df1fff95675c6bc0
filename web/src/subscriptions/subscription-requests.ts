// Subscriptions over REST: lists, and the one change there is, of the status.
import type {components, RestClient} from 'outreach/client';
import type {ResourceRequests} from '../rest/data-provider';
import {readPage, toFilterQuery} from '../rest/list-query';
import {unwrap} from '../rest/service';

export type Subscription = components['schemas']['Subscription'] & {etag?: string};
export type SubscriptionPatch = components['schemas']['SubscriptionPatch'];

export const SUBSCRIPTION_STATUSES = [
  'active',
  'pending',
  'unsubscribed',
] as const satisfies readonly Subscription['status'][];

export function createSubscriptionRequests(rest: RestClient): ResourceRequests<Subscription> {
  return {
    getList: ({signal, ...params}) => {
      const filter = toFilterQuery(params.filter as Record<string, unknown>); // our filter form's
      return readPage(params, page =>
        unwrap(rest.GET('/subscriptions', {params: {query: {...filter, ...page}}, signal})),
      );
    },
    getOne: async id => {
      const {body, headers} = await unwrap(rest.GET('/subscriptions/{id}', {params: {path: {id}}}));
      return {...body, etag: headers.get('ETag') ?? undefined};
    },
    update: async ({id, data, previousData}) => {
      // A row of the list has no ETag, and reading it first would only hide that somebody else was here.
      const header = {'if-match': previousData.etag ?? `"${previousData.version}"`};
      const request = rest.PATCH('/subscriptions/{id}', {
        params: {path: {id}, header},
        body: data as SubscriptionPatch, // the row's button
      });
      return (await unwrap(request)).body;
    },
  };
}
