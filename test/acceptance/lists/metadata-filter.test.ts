// Lists, counts and exports of what has a value of metadata, whatever kind of value it is.
import {parseCsv} from '../../helpers/csv';
import {givenDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';
import {givenInquiry} from '../../helpers/triage';

let rest: TestRest;
let token: string;
let ids: Record<'text' | 'list' | 'number' | 'flag' | 'other' | 'none', string>;

beforeAll(async () => {
  const [{url: databaseUrl}, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl, issuer});
  token = await issuer.sign({scope: 'inquiries:read inquiries:export'});
  ids = {
    text: await givenInquiry(rest, {metadata: {budget: '1000', utm_source: 'mail', note: 'Up to\n1000 €'}}),
    list: await givenInquiry(rest, {metadata: {budget: ['500', '1000']}}),
    number: await givenInquiry(rest, {metadata: {budget: 1000}, topic: 'press'}),
    flag: await givenInquiry(rest, {metadata: {budget: true}}),
    other: await givenInquiry(rest, {metadata: {price: '1000', budget: '10000'}}),
    none: await givenInquiry(rest, {message: 'My budget is 1000.'}),
  };
});

async function found(query: Record<string, string>): Promise<string[]> {
  const response = await rest.get(`/inquiries?${new URLSearchParams({order: 'oldest', ...query}).toString()}`, token);
  expect(response.status).toBe(200);
  return ((await response.json()) as {id: string}[]).map(({id}) => id);
}

test('a value is found as text, in a list and as a number; as a whole, and by its name', async () => {
  expect(await found({'metadata[budget]': '1000'})).toEqual([ids.text, ids.list, ids.number]);
  expect(await found({'metadata[budget]': '500'})).toEqual([ids.list]);
  expect(await found({'metadata[budget]': 'true'})).toEqual([ids.flag]);
  expect(await found({'metadata[budget]': '100'})).toEqual([]);
  expect(await found({'metadata[note]': 'Up to\r\n1000 €'})).toEqual([ids.text]);
});

test('with another value, a topic and a search, all of them hold', async () => {
  expect(await found({'metadata[budget]': '1000', 'metadata[utm_source]': 'mail'})).toEqual([ids.text]);
  expect(await found({'metadata[budget]': '1000', topic: 'press'})).toEqual([ids.number]);
  expect(await found({'metadata[budget]': '1000', q: 'nothing-like-it'})).toEqual([]);
  expect(await found({q: 'budget'})).toEqual([ids.none]);
});

test('counts, exports and the next page are of the same', async () => {
  const query = 'metadata[budget]=1000';
  expect(await (await rest.get(`/inquiries/count?${query}`, token)).json()).toMatchObject({count: 3, isExact: true});
  const rows = parseCsv(await (await rest.get(`/inquiries/export.csv?${query}`, token)).text());
  expect(rows).toHaveLength(3);
  const first = await rest.get(`/inquiries?${query}&limit=2`, token);
  const next = /<([^>]*)>; rel="next"/.exec(first.headers.get('Link') ?? '')?.[1] ?? '';
  expect(((await (await rest.get(next, token)).json()) as {id: string}[]).map(({id}) => id)).toEqual([ids.text]);
});

test.each([
  ['metadata[a b]=1', 'key'],
  ['metadata=1', 'type'],
  ['metadata[a][b]=1', 'type'],
  [[1, 2, 3, 4, 5, 6].map(key => `metadata[k${key}]=1`).join('&'), 'too_big'],
  [`metadata[a]=${'x'.repeat(1001)}`, 'too_big'],
])('%s is refused by name', async (query, code) => {
  const problem = await expectProblem(await rest.get(`/inquiries?${query}`, token), 'invalid-parameter');
  expect(problem.errors).toMatchObject([{parameter: 'metadata', code}]);
});
