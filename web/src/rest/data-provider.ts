// react-admin's data provider over the typed REST client. Each resource says in its own folder how it is read and
// changed; what outreach does not offer (create, delete) is refused. A token is renewed once after a 401, and problems
// (RFC 9457) are thrown as react-admin's errors.
import {createRestClient, type Problem} from 'outreach/client';
import {type DataProvider, HttpError} from 'react-admin';
import type {Session} from '../authentication/session';
import {type InquiryRequests, createInquiryRequests} from '../inquiries/inquiry-requests';
import {createSubscriptionRequests, type SubscriptionRequests} from '../subscriptions/subscription-requests';
import type {FilterValues, ResourceRequests} from './requests';

const TIMEOUT_MS = 20_000;

/** What this data provider says of a list beside its rows. */
export interface ListMeta {
  isTotalExact?: boolean;
  /** When it was read: milliseconds since the epoch by this machine's clock. */
  readAt?: number;
}

/**
 * Triage, notes, logs, the counts and the export have no word in react-admin: they are beside its own methods, flat,
 * since `useDataProvider` knows functions only.
 */
export type OutreachDataProvider = DataProvider &
  Pick<
    InquiryRequests,
    'readInquiry' | 'patchInquiries' | 'addNote' | 'listActivity' | 'countInquiries' | 'countQuarantine'
  > &
  Pick<SubscriptionRequests, 'listConsents'> & {
    getThese: <T extends {id: string}>(resource: string, ids: readonly string[], filter: FilterValues) => Promise<T[]>;
    /** The answer as it comes: of the one route that streams, the export. `path` has its query. */
    fetchText: (path: string, signal: AbortSignal) => Promise<Response>;
  };

export function createDataProvider(restUrl: string, session: Session): OutreachDataProvider {
  const rest = createRestClient({
    restUrl,
    getToken: () => session.getToken(),
    fetch: request => send(session, request, () => AbortSignal.timeout(TIMEOUT_MS)),
  });
  const inquiries = createInquiryRequests(rest);
  const subscriptions = createSubscriptionRequests(rest);
  // react-admin chooses the record's type with the resource's name, which types cannot follow.
  const resources = {inquiries, subscriptions} as unknown as Record<string, ResourceRequests<never>>;
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
    listConsents: subscriptions.listConsents,
    countQuarantine: inquiries.countQuarantine,
    fetchText: async (path, signal) =>
      send(session, await authorize(session, new Request(restUrl + path)), () => signal),
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

// Rejects with HttpError for an answer that is no success; its `body` is the problem.
async function send(session: Session, request: Request, signalOfTry: () => AbortSignal): Promise<Response> {
  const again = request.clone(); // a body can be read once
  let response = await fetch(request, {signal: signalOfTry()});
  if (response.status === 401 && (await session.renew())) {
    response = await fetch(await authorize(session, again), {signal: signalOfTry()});
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  throw new HttpError(problem?.detail ?? problem?.title ?? `HTTP ${response.status}`, response.status, problem);
}

async function authorize(session: Session, request: Request): Promise<Request> {
  const token = await session.getToken();
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

async function readProblem(response: Response): Promise<Partial<Problem> | undefined> {
  try {
    return (await response.json()) as Partial<Problem>; // every error is a problem
  } catch {
    return undefined; // but for one of a proxy in between
  }
}
