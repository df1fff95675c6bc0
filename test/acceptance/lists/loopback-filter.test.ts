// LoopBack's filter over HTTP, as any client of a LoopBack 4 service sends it, and what it must not be able to do.
import {Scope} from '../../../src/access/policy';
import type {InquiryCount, InquiryView} from '../../../src/contract/inquiry';
import {encodeCursor} from '../../../src/rest/list/cursor';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {idOf} from '../../helpers/ids';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SECRET = 'value-that-must-not-be-echoed';
const CURSOR_ID = '0192f7c4-0000-7000-8000-000000000010';
const TOPICS = ['sales', 'press', 'sales', 'support', 'sales', 'press'];

let database: TestDatabase;
let rest: TestRest;
let issuer: TokenIssuer;
let token: string;
let ids: string[];

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: `${Scope.INQUIRIES_READ} ${Scope.SUBSCRIPTIONS_READ}`});
  ids = [];
  for (const topic of TOPICS) {
    const response = await rest.post('/inquiries', givenSubmission({topic}));
    ids.push(((await response.json()) as {id: string}).id);
  }
  // A day apart, the first one on the first of January; two of them taken and one resolved.
  const moved = await database.query<{id: string}>(
    `UPDATE inquiry SET id = ${idOf('day')}, created_at = day, updated_at = day, status = status_then, assignee = assignee_then
     FROM unnest($1::uuid[], $2::timestamptz[], $3::inquiry_status[], $4::text[]) AS later (later_id, day, status_then, assignee_then)
     WHERE id = later_id RETURNING id`,
    [
      ids,
      TOPICS.map((_, index) => `2026-01-0${index + 1}T12:00:00Z`),
      ['new', 'in_progress', 'resolved', 'new', 'new', 'spam'],
      [null, 'ada', 'ada', null, 'bob', null],
    ],
  );
  ids = moved.map(({id}) => id).sort();
});

const json = (filter: unknown) => `filter=${encodeURIComponent(JSON.stringify(filter))}`;

/** Which of the six are in the answer, in its order. */
async function list(query: string, claims?: {topics: string[]}): Promise<number[]> {
  const response = await rest.get(`/inquiries?${query}`, claims ? await issuer.sign(claims) : token);
  expect({query, status: response.status}).toEqual({query, status: 200});
  return ((await response.json()) as InquiryView[]).map(({id}) => ids.indexOf(id));
}

test.each([
  [{}, [5, 4, 3, 2, 1, 0]],
  [{where: {}}, [5, 4, 3, 2, 1, 0]],
  [{where: {status: 'new'}}, [4, 3, 0]],
  [{where: {status: {neq: 'new'}}}, [5, 2, 1]],
  [{where: {status: {inq: ['spam', 'resolved']}}}, [5, 2]],
  [{where: {status: {inq: []}}}, []],
  [{where: {status: {inq: ['new', 'new']}}}, [4, 3, 0]],
  [{where: {status: {gt: 'new'}}}, [5, 2]],
  [{where: {status: {lte: 'new'}}}, [4, 3, 1, 0]],
  [{where: {topic: {neq: 'sales'}}}, [5, 3, 1]],
  [{where: {topic: {inq: ['press', 'support']}}}, [5, 3, 1]],
  [{where: {topic: {gte: 'sales'}}}, [4, 3, 2, 0]],
  [{where: {topic: {inq: ['press', 'sales']}, status: 'new'}}, [4, 0]],
  [{where: {and: [{topic: {inq: ['press', 'sales']}}, {topic: {inq: ['press', 'support']}}]}}, [5, 1]],
  [{where: {and: [{status: 'new'}, {status: 'spam'}]}}, []],
  [{where: {assignee: null}}, [5, 3, 0]],
  [{where: {assignee: null, status: 'new'}}, [3, 0]],
  [{where: {assignee: null, topic: 'press'}}, [5]],
  [{where: {assignee: {neq: null}}}, [4, 2, 1]],
  [{where: {assignee: 'ada'}}, [2, 1]],
  [{where: {assignee: {neq: 'ada'}}}, [5, 4, 3, 0]],
  [{where: {assignee: {inq: ['ada', 'bob']}, topic: 'sales'}}, [4, 2]],
  [{where: {assignee: 'ada', status: 'resolved'}}, [2]],
  [{where: {createdAt: {gt: '2026-01-03T12:00:00Z'}}}, [5, 4, 3]],
  [{where: {createdAt: {gte: '2026-01-03T12:00:00Z'}}}, [5, 4, 3, 2]],
  [{where: {createdAt: {lt: '2026-01-03T13:00:00+01:00'}}}, [1, 0]],
  [{where: {createdAt: {lte: '2026-01-03T12:00:00Z'}}}, [2, 1, 0]],
  [{where: {createdAt: '2026-01-03T12:00:00Z'}}, [2]],
  [{where: {createdAt: {neq: '2026-01-03T12:00:00Z'}}}, [5, 4, 3, 1, 0]],
  [{where: {createdAt: {inq: ['2026-01-05T12:00:00Z', '2026-01-03T12:00:00Z', '1969-01-01T00:00:00Z']}}}, [4, 2]],
  [{where: {createdAt: {inq: []}}}, []],
  [{where: {and: [{createdAt: '2026-01-03T12:00:00Z'}, {createdAt: '2026-01-05T12:00:00Z'}]}}, []],
  [{where: {createdAt: {between: ['2026-01-02T00:00:00Z', '2026-01-04T00:00:00Z']}}}, [2, 1]],
  [{where: {createdAt: {between: ['2026-01-04T00:00:00Z', '2026-01-02T00:00:00Z']}}}, []],
  [{where: {topic: 'sales', createdAt: {gt: '2026-01-01T12:00:00Z', lt: '2026-01-05T12:00:00Z'}}}, [2]],
  [{where: {topic: 'sales', createdAt: {gte: '2026-01-01T12:00:00Z', lte: '2026-01-05T12:00:00Z'}}}, [4, 2, 0]],
  [{where: {topic: 'sales', createdAt: '2026-01-05T12:00:00Z'}}, [4]],
  [{where: {updatedAt: {gte: '2026-01-05T00:00:00Z'}}}, [5, 4]],
  [{where: {createdAt: {gte: '0000-01-01T00:00:00Z', lt: '9999-12-31T23:59:59-23:59'}}, limit: 1}, [5]],
  [
    {where: {topic: 'sales', createdAt: {gte: '0000-01-01T00:00:00+23:59', lt: '9999-12-31T23:59:59-23:59'}}},
    [4, 2, 0],
  ],
  [{order: ['createdAt ASC']}, [0, 1, 2, 3, 4, 5]],
  [{order: 'id DESC', where: {topic: 'sales'}}, [4, 2, 0]],
  [{order: 'id ASC', where: {topic: {inq: ['sales', 'press']}}}, [0, 1, 2, 4, 5]],
  [{order: ['createdAt ASC'], limit: 2, offset: 3}, [3, 4]],
  [{order: ['createdAt ASC'], limit: 2, skip: 1, where: {topic: {inq: ['sales', 'press']}}}, [1, 2]],
  [{offset: 10_000}, []],
])('%j', async (filter, expected) => {
  expect(await list(json(filter))).toEqual(expected);
});

test('the bracketed form says the same', async () => {
  expect(await list('filter[where][status]=new&filter[order]=createdAt%20ASC&filter[limit]=2')).toEqual([0, 3]);
  expect(await list('filter[where][topic][inq]=press&filter[where][topic][inq]=support')).toEqual([5, 3, 1]);
  expect(await list('filter[where][topic][inq]=support')).toEqual([3]);
  expect(await list('filter%5Bwhere%5D%5Bstatus%5D%5Bneq%5D=new&filter[offset]=1')).toEqual([2, 1]);
  expect(await list(`filter[where][id][inq][0]=${ids[1]}&filter[where][id][inq][1]=${ids[4]}`)).toEqual([4, 1]);
  const between = ['2026-01-02T00:00:00Z', '2026-01-04T00:00:00Z'].map(
    day => `filter[where][createdAt][between]=${day}`,
  );
  expect(await list(between.join('&'))).toEqual([2, 1]);
});

test('ids, in either case', async () => {
  expect(await list(json({where: {id: ids[2]}}))).toEqual([2]);
  expect(await list(json({where: {id: ids[2]?.toUpperCase()}}))).toEqual([2]);
  expect(await list(json({where: {id: {inq: [ids[2], ids[0], ids[2]]}}}))).toEqual([2, 0]);
  expect(await list(json({where: {id: {gt: ids[3]}}}))).toEqual([5, 4]);
  expect(await list(json({where: {id: {between: [ids[1], ids[2]]}}}))).toEqual([2, 1]);
});

test('narrows together with the flat query', async () => {
  expect(await list(`topic=sales&${json({where: {status: 'new'}})}`)).toEqual([4, 0]);
  expect(await list(`topic=sales&${json({where: {topic: 'press'}})}`)).toEqual([]);
});

test('never leaves the topic claim', async () => {
  expect(await list(json({where: {topic: {neq: 'press'}}}), {topics: ['press', 'support']})).toEqual([3]);
  expect(await list(json({where: {topic: {inq: TOPICS}}}), {topics: ['press']})).toEqual([5, 1]);
  expect(await list(json({where: {id: {inq: ids}}}), {topics: ['press']})).toEqual([5, 1]);
  expect(await list(json({where: {topic: 'sales'}}), {topics: []})).toEqual([]);
});

test('pages by the cursor of the Link header, each row once, whatever is merged', async () => {
  const filters = [
    {},
    {where: {topic: {inq: ['sales', 'press']}}},
    {where: {assignee: null}},
    {where: {status: {neq: 'spam'}}},
  ];
  for (const filter of filters) {
    for (const order of ['createdAt ASC', 'createdAt DESC']) {
      const all = await list(json({...filter, order}));
      const seen: number[] = [];
      for (let path: string | undefined = `/inquiries?${json({...filter, order, limit: 2})}`; path;) {
        const response: Response = await rest.get(path, token);
        seen.push(...((await response.json()) as InquiryView[]).map(({id}) => ids.indexOf(id)));
        path = /<(.*)>/.exec(response.headers.get('Link') ?? '')?.[1];
      }
      expect(seen).toEqual(all);
    }
  }
});

test('no Link header for who pages by offset', async () => {
  const response = await rest.get(`/inquiries?${json({limit: 2, offset: 2})}`, token);
  expect(response.headers.get('Link')).toBeNull();
});

test('X-Total and total=true count how many there are', async () => {
  const query = `/inquiries?${json({where: {topic: 'sales'}, limit: 1})}`;
  const headers = {Authorization: `Bearer ${token}`};
  const total = async (path: string, more = {}) =>
    (await fetch(rest.url + path, {headers: {...headers, ...more}})).headers.get('X-Total-Count');
  expect(await total(query)).toBeNull();
  expect(await total(query, {'X-Total': 'false'})).toBeNull();
  expect(await total(query, {'X-Total': 'true'})).toBe('3');
  expect(await total(`${query}&total=true`)).toBe('3');
});

test.each([
  ['', 6],
  ['?where[status]=new', 3],
  [`?where=${encodeURIComponent('{"topic":{"inq":["sales","press"]}}')}`, 5],
  ['?where={}', 6],
  [`?where=${encodeURIComponent('{"assignee":null}')}`, 3],
  ['?status=new&where[topic]=support', 1],
])('count%s is %d', async (query, expected) => {
  const response = await rest.get(`/inquiries/count${query}`, token);
  const {count, byStatus} = (await response.json()) as InquiryCount;
  expect(count).toBe(expected);
  expect(Object.values(byStatus).reduce((sum, part) => sum + part, 0)).toBe(expected);
});

test('one inquiry comes with an empty filter, and with no other', async () => {
  expect((await rest.get(`/inquiries/${ids[0]}?filter={}`, token)).status).toBe(200);
  for (const query of [json({where: {}}), json({include: ['notes']}), 'filter[limit]=1', 'filter=', 'where={}']) {
    await expectProblem(await rest.get(`/inquiries/${ids[0]}?${query}`, token), 'invalid-parameter');
  }
});

let deep: unknown = {status: SECRET};
for (let depth = 0; depth < 50; depth++) deep = {and: [deep]};
const brackets = (depth: number) => `filter${'[where]'.repeat(depth)}=${SECRET}`;

test.each([
  [json({where: deep}), 'filter', /^(\/where)(\/and\/0)+$/],
  [brackets(50), 'filter', undefined],
  ['filter={"__proto__":{"status":"x"}}', 'filter', /^\/__proto__$/],
  ['filter={"where":{"__proto__":{"status":"x"}}}', 'filter', /^\/where\/__proto__$/],
  ['filter={"where":{"constructor":{"prototype":1}}}', 'filter', /^\/where\/constructor$/],
  [`filter[__proto__][status]=${SECRET}`, 'filter', undefined],
  [`filter[where][__proto__]=${SECRET}`, 'filter', undefined],
  [`filter[where][constructor][prototype][status]=${SECRET}`, 'filter', /^\/where\/constructor$/],
  [`__proto__[status]=${SECRET}`, '__proto__[status]', undefined],
  [`constructor=${SECRET}`, 'constructor', undefined],
  [json({where: {topic: {inq: Array.from({length: 300}, () => 'sales')}}}), 'filter', /^\/where\/topic\/inq$/],
  [json({where: {topic: {regexp: SECRET}}}), 'filter', /^\/where\/topic\/regexp$/],
  [json({where: {assignee: {like: `%${SECRET}`}}}), 'filter', /^\/where\/assignee\/like$/],
  [json({where: {assignee: {ilike: `%${SECRET}`}}}), 'filter', /^\/where\/assignee\/ilike$/],
  [json({where: {or: [{status: 'new'}]}}), 'filter', /^\/where\/or$/],
  [json({include: [{relation: SECRET}]}), 'filter', /^\/include$/],
  [json({fields: [SECRET]}), 'filter', /^\/fields$/],
  [json({where: {email: SECRET}}), 'filter', /^\/where\/email$/],
  [json({where: {status: 7}}), 'filter', /^\/where\/status$/],
  [json({where: {topic: {eq: {toString: 1}}}}), 'filter', /^\/where\/topic\/eq$/],
  [json({where: {id: SECRET}}), 'filter', /^\/where\/id$/],
  [json({where: {id: {inq: [SECRET]}}}), 'filter', /^\/where\/id\/inq\/0$/],
  [json({where: {assignee: 'a\u0000b'}}), 'filter', /^\/where\/assignee$/],
  [json({where: {createdAt: {gt: '+275760-09-13T00:00:00.000Z'}}}), 'filter', /^\/where\/createdAt\/gt$/],
  [json({where: {createdAt: {lt: '10000-01-01T00:00:00Z'}}}), 'filter', /^\/where\/createdAt\/lt$/],
  [json({where: {createdAt: {lt: '2026-02-30T00:00:00Z'}}}), 'filter', /^\/where\/createdAt\/lt$/],
  [json({where: {createdAt: {lt: 99999999999999}}}), 'filter', /^\/where\/createdAt\/lt$/],
  ['createdFrom=10000-01-01T00:00:00Z', 'createdFrom', undefined],
  ['createdTo=%2B275760-09-13T00:00:00Z', 'createdTo', undefined],
  [json({order: {toString: 1}}), 'filter', /^\/order$/],
  ['filter[order][a]=b', 'filter', /^\/order$/],
  [json({order: ['email ASC']}), 'filter', /^\/order$/],
  [json({limit: 101}), 'filter', /^\/limit$/],
  [json({limit: 1e308}), 'filter', /^\/limit$/],
  [json({limit: -1}), 'filter', /^\/limit$/],
  [json({offset: 10_001}), 'filter', /^\/offset$/],
  [json({offset: 9e15}), 'filter', /^\/offset$/],
  ['filter=', 'filter', undefined],
  ['filter=[]', 'filter', undefined],
  ['filter={', 'filter', undefined],
  ['filter[where', 'filter', undefined],
  ['filter={}&filter={}', 'filter', undefined],
  ['filter={}&filter[limit]=1', 'filter', undefined],
  ['status=new&status=spam', 'status', undefined],
  ['limit=5&limit=6', 'limit', undefined],
  ['limit=1e400', 'limit', undefined],
  [`sort=${SECRET}`, 'sort', undefined],
  ['where[status]=new', 'where', undefined],
  [`cursor=${SECRET}`, 'cursor', undefined],
])('refuses %.70s', async (query, parameter, pointer) => {
  const response = await rest.get(`/inquiries?${query}`, token);
  const {errors = []} = await expectProblem(response, 'invalid-parameter', {without: SECRET});
  expect(errors.map(error => error.parameter)).toContain(parameter);
  if (pointer) expect(errors.some(error => pointer.test(error.pointer ?? ''))).toBe(true);
});

test.each([
  [`order=oldest&${json({order: 'createdAt DESC'})}`, ['order']],
  [`limit=5&order=newest&${json({limit: 6, order: 'createdAt DESC'})}`, ['order', 'limit']],
  [`cursor=${encodeCursor({id: CURSOR_ID})}&${json({offset: 1})}`, ['cursor']],
])('what is said flat and in the filter is refused: %.40s', async (query, parameters) => {
  for (const path of ['/inquiries', '/subscriptions']) {
    const {errors = []} = await expectProblem(await rest.get(`${path}?${query}`, token), 'invalid-parameter');
    expect(errors.map(({parameter}) => parameter)).toEqual(parameters);
  }
  expect((await rest.get(`/inquiries?limit=5&${json({order: 'createdAt ASC'})}`, token)).status).toBe(200);
});

test('a deep offset points to the cursor', async () => {
  const response = await rest.get(`/inquiries?${json({offset: 10_001})}`, token);
  const {errors} = await expectProblem(response, 'invalid-parameter');
  expect(errors?.[0]?.detail).toContain('cursor');
});

test.each(['/inquiries?filter=', '/inquiries/count?where='])('a megabyte after %s is refused, not read', async path => {
  const values = Array.from({length: 10_000}, () => '"sales"').join();
  for (const query of [`{"topic":{"inq":[${values}]}}`, 'x'.repeat(1_000_000)]) {
    const headers = {Authorization: `Bearer ${token}`};
    const {status} = await sendRaw(rest.url, rawRequest(`GET ${path}${encodeURIComponent(query)}`, headers));
    expect([400, 414, 431]).toContain(status);
  }
});

test('an answer does not grow with what was wrong', async () => {
  const where = Object.fromEntries(Array.from({length: 500}, (_, index) => [`f${index}`, 1]));
  const response = await rest.get(`/inquiries?${json({where})}`, token);
  expect((await response.text()).length).toBeLessThan(4000);
});
