// react-admin's data provider over the typed REST client. Each resource says in its own folder how it is read and
// changed; what outreach does not offer (create, delete) is refused.
import type {DataProvider} from 'react-admin';
import {type InquiryRequests, createInquiryRequests} from '../inquiries/inquiry-requests';
import {createSubscriptionRequests} from '../subscriptions/subscription-requests';
import type {FilterValues, ResourceRequests} from './list-query';
import type {Service} from './service';

/** What this data provider says of a list beside its rows. */
export interface ListMeta {
  isTotalExact?: boolean;
  /** When it was read: milliseconds since the epoch by this machine's clock. */
  readAt?: number;
}

/**
 * Triage, notes, the log, the counts and the export have no word in react-admin: they are beside its own methods, flat,
 * since `useDataProvider` knows functions only.
 */
export type OutreachDataProvider = DataProvider &
  Pick<InquiryRequests, 'readInquiry' | 'patchInquiries' | 'addNote' | 'listActivity' | 'countInquiries'> &
  Pick<Service, 'fetchText'> & {
    getThese: <T extends {id: string}>(resource: string, ids: readonly string[], filter: FilterValues) => Promise<T[]>;
  };

export function createDataProvider(service: Service): OutreachDataProvider {
  const inquiries = createInquiryRequests(service.rest);
  // react-admin chooses the record's type with the resource's name, which types cannot follow.
  const resources = {inquiries, subscriptions: createSubscriptionRequests(service.rest)} as unknown as Record<
    string,
    ResourceRequests<never>
  >;
  const find = (name: string) => {
    const resource = resources[name];
    if (!resource) throw new Error(`There is no resource ${name}`);
    return resource;
  };
  const refuse = (name: string) => () => Promise.reject(new Error(`outreach has no ${name}`));
  return {
    readInquiry: inquiries.readInquiry,
    patchInquiries: inquiries.patchInquiries,
    addNote: inquiries.addNote,
    listActivity: inquiries.listActivity,
    countInquiries: inquiries.countInquiries,
    fetchText: service.fetchText,
    getThese: async (name, ids, filter) => find(name).getThese(ids, filter),
    getList: async (name, params) => {
      const answer = await find(name).getList(params);
      const meta: ListMeta = {...(answer.meta as ListMeta), readAt: Date.now()};
      return {...answer, meta};
    },
    getOne: async (name, {id}) => ({data: await find(name).getOne(String(id))}),
    getMany: async (name, {ids}) => ({data: await Promise.all(ids.map(id => find(name).getOne(String(id))))}),
    getManyReference: refuse('getManyReference'),
    update: async (name, params) => ({data: await find(name).update(params as never)}),
    updateMany: refuse('updateMany'),
    create: refuse('create'),
    delete: refuse('delete'),
    deleteMany: refuse('deleteMany'),
  };
}
