// What the spam guards have quarantined, by reason, and how much of it staff have released.
import type {QuarantineCount} from '../../../src/contract/quarantine';
import {
  quarantineStatement,
  type QuarantineRow,
  toQuarantineCount,
} from '../../../src/repositories/inquiry/quarantine-count';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, TRIAGE_SCOPES} from '../../helpers/triage';

const LINKS =
  'http://a.example http://b.example http://c.example [url=http://d.example]x[/url] <a href="http://e.example">';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let token: string;

// Of sales: three by the honeypot, one of them by its text too, and one of them released. Of press: one by the honeypot. And two that
// nothing speaks against, of which staff have taken one for spam.
beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: TRIAGE_SCOPES, subject: 'grace'});
  const grace = givenTriage(rest, token);
  const released = await givenInquiry(rest, {topic: 'sales', _remarks: 'x'});
  await givenInquiry(rest, {topic: 'sales', _remarks: 'x'});
  await givenInquiry(rest, {topic: 'press', _remarks: 'x'});
  await givenInquiry(rest, {topic: 'sales', _remarks: 'x', message: LINKS});
  await givenInquiry(rest, {topic: 'sales'});
  const marked = await givenInquiry(rest, {topic: 'sales'});
  expect((await grace.change(released, {status: 'new'}, 1)).status).toBe(200);
  expect((await grace.change(released, {status: 'in_progress'}, 2)).status).toBe(200); // is released still
  expect((await grace.change(marked, {status: 'spam'}, 1)).status).toBe(200); // no guard's
});

async function count(query = '', as = token): Promise<QuarantineCount> {
  const response = await rest.get(`/inquiries/quarantine?${query}`, as);
  expect(response.status).toBe(200);
  return (await response.json()) as QuarantineCount;
}

test('counts each inquiry once in all, and for each of its reasons', async () => {
  const {byReason, ...all} = await count();
  expect(all).toEqual({quarantined: 4, released: 1, isExact: true});
  expect(byReason[0]).toEqual({reason: 'honeypot', quarantined: 4, released: 1});
  expect(byReason.slice(1)).toContainEqual({reason: 'links', quarantined: 1, released: 0});
});

test('of a topic, of a time, and of the topics of the token', async () => {
  const one = {quarantined: 1, released: 0};
  const press = {...one, byReason: [{reason: 'honeypot', ...one}], isExact: true};
  expect(await count('topic=press')).toEqual(press);
  expect(await count('', await issuer.sign({scope: TRIAGE_SCOPES, topics: ['press', 'careers']}))).toEqual(press);
  const none = {quarantined: 0, released: 0, byReason: [], isExact: true};
  expect(await count('topic=careers')).toEqual(none);
  expect(await count('createdTo=2020-01-01T00:00:00Z')).toEqual(none);
  expect((await count('createdFrom=2020-01-01T00:00:00Z')).quarantined).toBe(4);
});

// The newest of sales: one that staff took for spam, one that nothing speaks against, then two that the guards have set aside.
test.each([
  {most: 2, quarantined: 0, isExact: false},
  {most: 3, quarantined: 1, isExact: false},
  {most: 6, quarantined: 3, isExact: true},
])('looks at the newest $most, and says whether there are more', async ({most, quarantined, isExact}) => {
  const {text, values} = quarantineStatement([{field: 'topic', operator: 'eq', value: 'sales'}], most);
  const rows = await database.query<QuarantineRow & Record<string, unknown>>(text, values);
  expect(toQuarantineCount(rows)).toMatchObject({quarantined, isExact});
});

test('what is no time or topic, and what else lists are narrowed by, is refused by name', async () => {
  for (const [query, parameter] of [
    ['createdFrom=yesterday', 'createdFrom'],
    ['status=spam', 'status'],
  ]) {
    const problem = await expectProblem(await rest.get(`/inquiries/quarantine?${query}`, token), 'invalid-parameter');
    expect(problem.errors).toMatchObject([{parameter}]);
  }
});
