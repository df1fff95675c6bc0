// Data providers of react-admin for LoopBack 4, from npm and unchanged, read inquiries over HTTP. Their writes are not
// LoopBack's any more: inquiries are triaged by PATCH with If-Match.
import type {InquiryCount, InquiryView} from '../../../src/contract/inquiry';
import {givenDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

interface Listed {
  data: InquiryView[];
  total: number;
}
interface ListParameters {
  pagination: {page: number; perPage: number};
  sort: {field: string; order: 'ASC' | 'DESC'};
  filter: Record<string, unknown>;
}
/** The reads of a data provider, as react-admin calls them. */
interface Provider {
  getList(resource: string, parameters: ListParameters): Promise<Listed>;
  getOne(resource: string, parameters: {id: string}): Promise<{data: InquiryView}>;
  getMany(resource: string, parameters: {ids: string[]}): Promise<{data: InquiryView[]}>;
  getManyReference(resource: string, parameters: ListParameters & {target: string; id: string}): Promise<Listed>;
}

type FetchJson = (url: string, options?: {headers?: Headers}) => Promise<unknown>;
// Neither has types that compile here; ra-core is the one that the back office uses.
const raDataLb4 = jest.requireActual<{
  default: (url: string, aggregate: () => unknown[], client: FetchJson) => Provider;
}>('ra-data-lb4');
const {fetchUtils} = jest.requireActual<{fetchUtils: {fetchJson: FetchJson}}>('ra-core');
const reactAdminLb4 = jest.requireActual<{
  default: (
    url: string,
    headers: () => Record<string, string>,
    idParamApi: string,
  ) => (type: string, resource: string, parameters: object) => Promise<unknown>;
}>('react-admin-lb4/commonjs');

let rest: TestRest;
let token: string;
let submitted: string[];

beforeAll(async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign();
  submitted = [];
  for (let index = 0; index < 12; index++) {
    const response = await rest.post('/inquiries', givenSubmission({topic: index % 3 === 0 ? 'press' : 'sales'}));
    submitted.push(((await response.json()) as {id: string}).id);
  }
});

function givenRaDataLb4(): Provider {
  return raDataLb4.default(
    rest.url,
    () => [],
    (url, options = {}) => {
      const headers = new Headers(options.headers);
      headers.set('Authorization', `Bearer ${token}`);
      return fetchUtils.fetchJson(url, {...options, headers});
    },
  );
}

function givenReactAdminLb4(): Provider {
  const provide = reactAdminLb4.default(rest.url, () => ({Authorization: `Bearer ${token}`}), 'id');
  // It is one function of the request's type; what it resolves with is react-admin's.
  return {
    getList: (resource, parameters) => provide('GET_LIST', resource, parameters) as Promise<Listed>,
    getOne: (resource, parameters) => provide('GET_ONE', resource, parameters) as Promise<{data: InquiryView}>,
    getMany: (resource, parameters) => provide('GET_MANY', resource, parameters) as Promise<{data: InquiryView[]}>,
    getManyReference: (resource, parameters) => provide('GET_MANY_REFERENCE', resource, parameters) as Promise<Listed>,
  };
}

const idsOf = ({data}: {data: InquiryView[]}) => data.map(({id}) => id);
const page = (
  number: number,
  filter: Record<string, unknown> = {},
  order: 'ASC' | 'DESC' = 'DESC',
): ListParameters => ({
  pagination: {page: number, perPage: 5},
  sort: {field: 'createdAt', order},
  filter,
});

describe.each([
  ['ra-data-lb4', givenRaDataLb4],
  ['react-admin-lb4', givenReactAdminLb4],
])('%s', (_, givenProvider) => {
  test('getList pages through all rows, in both orders, with their total', async () => {
    const provider = givenProvider();
    for (const order of ['ASC', 'DESC'] as const) {
      const pages = [];
      for (const number of [1, 2, 3]) pages.push(await provider.getList('inquiries', page(number, {}, order)));
      expect(pages.map(({total}) => total)).toEqual([12, 12, 12]);
      expect(pages.map(({data}) => data.length)).toEqual([5, 5, 2]);
      const seen = pages.flatMap(idsOf);
      expect(order === 'ASC' ? seen : seen.reverse()).toEqual(submitted);
    }
  });

  test('getList sorts by id as well, which is what react-admin starts with', async () => {
    const {data} = await givenProvider().getList('inquiries', {...page(1), sort: {field: 'id', order: 'ASC'}});
    expect(idsOf({data})).toEqual(submitted.slice(0, 5));
  });

  test('getList filters, and counts what it filters', async () => {
    const {data, total} = await givenProvider().getList('inquiries', page(1, {topic: 'press', status: 'new'}));
    expect(total).toBe(4);
    expect(data.map(({topic}) => topic)).toEqual(['press', 'press', 'press', 'press']);
    const since = {createdAt: {gte: '2020-01-01T00:00:00Z', lt: '2020-01-02T00:00:00Z'}};
    expect(await givenProvider().getList('inquiries', page(1, since))).toMatchObject({data: [], total: 0});
  });

  test('getOne reads one row', async () => {
    const [id = ''] = submitted;
    const {data} = await givenProvider().getOne('inquiries', {id});
    expect(data).toMatchObject({id, topic: 'press', status: 'new'});
  });

  test('getMany reads the rows of these ids', async () => {
    const ids = submitted.slice(3, 6);
    expect(idsOf(await givenProvider().getMany('inquiries', {ids})).sort()).toEqual(ids);
    expect(idsOf(await givenProvider().getMany('inquiries', {ids: ids.slice(0, 1)}))).toEqual(ids.slice(0, 1));
  });

  test('getManyReference reads the rows that point to something', async () => {
    const reference = {...page(2), target: 'topic', id: 'sales'};
    const {data, total} = await givenProvider().getManyReference('inquiries', reference);
    expect(total).toBe(8);
    expect(data.map(({topic}) => topic)).toEqual(['sales', 'sales', 'sales']);
  });
});

test('ra-data-lb4 learns of a wrong filter as an error with our status', async () => {
  await expect(givenRaDataLb4().getList('inquiries', page(1, {email: 'a'}))).rejects.toMatchObject({status: 400});
});

test('count answers what generated clients of LoopBack expect', async () => {
  const response = await rest.get('/inquiries/count?where[topic]=press', token);
  const {count} = (await response.json()) as InquiryCount;
  expect(count).toBe(4);
});

test.each([
  ['ra-data-lb4', givenRaDataLb4],
  ['react-admin-lb4', givenReactAdminLb4],
])('%s gets all rows of as many ids as there may be, though it sends no limit', async (_name, givenProvider) => {
  const answers = await Promise.all(Array.from({length: 60}, () => rest.post('/inquiries', givenSubmission())));
  const ids = (await Promise.all(answers.map(async answer => ((await answer.json()) as {id: string}).id))).sort();
  expect(idsOf(await givenProvider().getMany('inquiries', {ids})).sort()).toEqual(ids);
});
