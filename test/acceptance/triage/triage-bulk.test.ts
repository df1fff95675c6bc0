// PATCH of many inquiries: each on its own, results in the order of the ids, bad ids refused.
import {randomUUID} from 'node:crypto';
import type {BulkResult} from '../../../src/contract/triage';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, type TestTriage, TRIAGE_SCOPES} from '../../helpers/triage';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let grace: TestTriage;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  grace = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, subject: 'grace'}));
});

async function patchAll(ids: string[], patch: unknown, by: TestTriage = grace): Promise<BulkResult[]> {
  const response = await by.patch(`/inquiries?ids=${ids.join(',')}`, patch);
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
  return ((await response.json()) as {results: BulkResult[]}).results;
}

test('each inquiry gets its own result, in the order of the ids, whatever becomes of the others', async () => {
  const [updated, unchanged, conflict, last] = await Promise.all([1, 2, 3, 4].map(() => givenInquiry(rest)));
  if (!updated || !unchanged || !conflict || !last) throw new Error('four were submitted');
  await grace.change(unchanged, {status: 'resolved'}, 1);
  await grace.change(conflict, {status: 'spam'}, 1);
  const unknown = randomUUID();
  expect(await patchAll([last, conflict, unknown, unchanged, updated], {status: 'resolved'})).toEqual([
    {id: last, outcome: 'updated'},
    {id: conflict, outcome: 'conflict', allowed: ['new']},
    {id: unknown, outcome: 'not-found'},
    {id: unchanged, outcome: 'unchanged'},
    {id: updated, outcome: 'updated'},
  ]);
  const rows = await database.query('SELECT id, status, version FROM inquiry WHERE id = ANY ($1) ORDER BY id', [
    [updated, unchanged, conflict, last],
  ]);
  const expected = [
    {id: updated, status: 'resolved', version: 2},
    {id: unchanged, status: 'resolved', version: 2},
    {id: conflict, status: 'spam', version: 2},
    {id: last, status: 'resolved', version: 2},
  ];
  expect(rows).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
  expect((await grace.log(updated)).map(({kind, from, to}) => ({kind, from, to}))).toEqual([
    {kind: 'status', from: 'new', to: 'resolved'},
  ]);
  expect((await grace.log(unchanged)).map(({to}) => to)).toEqual(['resolved']);
  expect((await grace.log(conflict)).map(({to}) => to)).toEqual(['spam']);
});

test('100 inquiries change at once, each with its entries in the log', async () => {
  const ids = await Promise.all(Array.from({length: 100}, () => givenInquiry(rest)));
  const results = await patchAll(ids, {status: 'in_progress', assignee: 'ada'});
  expect(results).toEqual(ids.map(id => ({id, outcome: 'updated'})));
  const entries = await database.query<{kind: string; count: number}>(
    `SELECT kind, count(DISTINCT inquiry_id)::int AS count FROM inquiry_activity
     WHERE inquiry_id = ANY ($1) AND actor = 'grace' GROUP BY kind ORDER BY kind::text`,
    [ids],
  );
  expect(entries).toEqual([
    {kind: 'assignee', count: 100},
    {kind: 'status', count: 100},
  ]);
});

test('inquiries outside the topic claim are not found, and stay', async () => {
  const [sales, press] = await Promise.all([givenInquiry(rest), givenInquiry(rest, {topic: 'press'})]);
  const narrowed = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, topics: ['sales']}));
  expect(await patchAll([press, sales], {status: 'spam'}, narrowed)).toEqual([
    {id: press, outcome: 'not-found'},
    {id: sales, outcome: 'updated'},
  ]);
  expect(await grace.inquiry(press)).toMatchObject({status: 'new', version: 1});
  const response = await narrowed.patch(`/inquiries?ids=${sales}`, {topic: 'press'});
  await expectProblem(response, 'invalid-body');
  const none = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, topics: []}));
  expect(await patchAll([sales], {status: 'new'}, none)).toEqual([{id: sales, outcome: 'not-found'}]);
});

test('ids have no case', async () => {
  const id = await givenInquiry(rest);
  expect(await patchAll([id.toUpperCase()], {status: 'spam'})).toEqual([{id, outcome: 'updated'}]);
});

const ID = '0192f7c4-0000-7000-8000-000000000000';
test.each([
  ['no ids', ''],
  ['empty ids', '?ids='],
  ['a comma', `?ids=${ID},`],
  ['a blank', `?ids=${ID},%20${randomUUID()}`],
  ['what is no UUID', `?ids=${ID},1`],
  ['a NUL', `?ids=${ID}%00`],
  ['an id twice', `?ids=${ID},${ID}`],
  ['an id twice in another case', `?ids=${randomUUID()},${ID},${ID.toUpperCase()}`],
  ['ids twice', `?ids=${ID}&ids=${randomUUID()}`],
  ['brackets', `?ids[]=${ID}`],
  ['101 ids', `?ids=${Array.from({length: 101}, () => randomUUID()).join(',')}`],
  ['a filter', `?ids=${ID}&where={}`],
])('%s: 400 that names the parameter', async (_what, query) => {
  const problem = await expectProblem(await grace.patch(`/inquiries${query}`, {status: 'spam'}), 'invalid-parameter');
  expect(problem.errors?.length).toBeGreaterThan(0);
  for (const {parameter} of problem.errors ?? []) expect(parameter).toMatch(/^(ids|ids\[\]|where)$/);
});

test('a bad body is refused as for one inquiry', async () => {
  for (const patch of [{}, {status: 'open'}, {topic: 'unheard-of'}, {subject: 'x'}]) {
    await expectProblem(await grace.patch(`/inquiries?ids=${ID}`, patch), 'invalid-body');
  }
});

test('a version cannot be asked for, since it would have to be that of all', async () => {
  const id = await givenInquiry(rest);
  const refused = await grace.patch(`/inquiries?ids=${id}`, {status: 'spam'}, {'If-Match': '"1"'});
  const problem = await expectProblem(refused, 'invalid-parameter');
  expect(problem.errors?.map(({parameter}) => parameter)).toEqual(['if-match']);
  expect((await grace.patch(`/inquiries?ids=${id}`, {status: 'spam'}, {'If-Match': '*'})).status).toBe(200);
});
