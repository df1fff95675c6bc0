// Counts of more rows than anybody waits for: at least so many, and they say so. The bound is three here.
import type {InquiryCount} from '../../../src/contract/inquiry';
import {parseCsv} from '../../helpers/csv';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const BOUND = 3;
const SCOPE = 'inquiries:read inquiries:export subscriptions:read subscriptions:export';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let token: string;

// Sales: four new and two resolved; press: two new. Each message has the word "boiler".
beforeAll(async () => {
  [issuer, database] = await Promise.all([givenTokenIssuer(), givenDatabase()]);
  rest = await givenRest({databaseUrl: database.url, issuer, countBound: BOUND});
  token = await issuer.sign({scope: SCOPE});
  for (const topic of ['sales', 'sales', 'sales', 'sales', 'sales', 'sales', 'press', 'press']) {
    await rest.post('/inquiries', givenSubmission({topic, message: 'The boiler is cold.'}));
  }
  await database.query(`UPDATE inquiry SET status = 'resolved' WHERE id IN (
    SELECT id FROM inquiry WHERE topic = 'sales' ORDER BY id LIMIT 2)`);
  for (const name of ['a', 'b', 'c']) {
    const consent = {consentVersion: '2026-11', consentTextSha256: 'ab'.repeat(32)};
    const response = await rest.post('/subscriptions', {email: `${name}@example.org`, ...consent});
    expect(response.ok).toBe(true);
  }
});

async function count(query: string, as = token): Promise<InquiryCount> {
  const response = await rest.get(`/inquiries/count?${query}`, as);
  expect(response.status).toBe(200);
  return (await response.json()) as InquiryCount;
}

async function total(path: string, {method = 'GET', as = token} = {}): Promise<(string | null)[]> {
  const response = await fetch(rest.url + path, {method, headers: {Authorization: `Bearer ${as}`}});
  expect(response.status).toBe(200);
  await response.text(); // an export holds its place until it is read
  const {headers} = response;
  return [headers.get('X-Total-Count'), headers.get('X-Total-Count-Exact')];
}

test('below the bound a count is exact', async () => {
  const byStatus = {new: 0, in_progress: 0, resolved: 0, spam: 0};
  expect(await count('status=resolved')).toEqual({count: 2, byStatus: {...byStatus, resolved: 2}, isExact: true});
  expect(await count('topic=press')).toEqual({count: 2, byStatus: {...byStatus, new: 2}, isExact: true});
  expect(await count('topic=careers')).toEqual({count: 0, byStatus, isExact: true});
});

test('a status that reaches it is a lower bound; the others are exact, and the count is their sum', async () => {
  const byStatus = {new: BOUND, in_progress: 0, resolved: 2, spam: 0};
  expect(await count('')).toEqual({count: BOUND + 2, byStatus, isExact: false});
  expect(await count('topic=sales')).toEqual({count: BOUND + 2, byStatus, isExact: false});
  expect(await count('where[status][neq]=resolved')).toEqual({
    count: BOUND,
    byStatus: {...byStatus, resolved: 0},
    isExact: false,
  });
});

test('a search counts up to it in all', async () => {
  const found = await count('q=boiler');
  expect(found).toMatchObject({count: BOUND, isExact: false});
  expect(Object.values(found.byStatus).reduce((sum, part) => sum + part, 0)).toBe(BOUND);
  expect(await count('q=boiler&topic=press')).toMatchObject({count: 2, byStatus: {new: 2}, isExact: true});
});

test('what is outside of a claim neither counts nor makes the count a lower bound', async () => {
  const press = await issuer.sign({scope: SCOPE, topics: ['press']});
  expect(await count('', press)).toMatchObject({count: 2, byStatus: {new: 2}, isExact: true});
  expect(await count('q=boiler', press)).toMatchObject({count: 2, isExact: true});
  expect(await total('/inquiries?total=true', {as: press})).toEqual(['2', 'true']);
});

test('the total of a list stays a number, and a header beside it says what it is', async () => {
  expect(await total('/inquiries?total=true')).toEqual([String(BOUND + 2), 'false']);
  expect(await total('/inquiries?total=true&topic=press')).toEqual(['2', 'true']);
  expect(await total('/inquiries')).toEqual([null, null]);
  expect(await total('/subscriptions?total=true')).toEqual([String(BOUND), 'false']);
  expect(await total('/subscriptions?total=true&status=pending')).toEqual(['0', 'true']);
});

test('an export announces every row whatever the bound, so that a short one is seen, and has all of them', async () => {
  const press = await issuer.sign({scope: SCOPE, topics: ['press']});
  for (const method of ['HEAD', 'GET']) {
    expect(await total('/inquiries/export.csv', {method})).toEqual(['8', null]);
    expect(await total('/inquiries/export.csv', {method, as: press})).toEqual(['2', null]);
    expect(await total('/inquiries/export.csv?q=boiler&topic=sales', {method})).toEqual(['6', null]);
    expect(await total('/subscriptions/export.csv', {method})).toEqual(['3', null]);
  }
  const response = await rest.get('/inquiries/export.csv', token);
  expect(parseCsv(await response.text())).toHaveLength(8);
});

test('subscriptions are counted the same way', async () => {
  const response = await rest.get('/subscriptions/count', token);
  const byStatus = {active: BOUND, pending: 0, unsubscribed: 0};
  expect(await response.json()).toEqual({count: BOUND, byStatus, isExact: false});
});
