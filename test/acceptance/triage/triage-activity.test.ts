// Notes and the activity log: what they hold, how they are read, and that nothing rewrites them.
import {randomUUID} from 'node:crypto';
import type {ActivityView} from '../../../src/contract/triage';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, type TestTriage, TRIAGE_SCOPES} from '../../helpers/triage';

const SECRET = 'a-value-of-the-caller';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let reader: string;
let grace: TestTriage;
let ada: TestTriage;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  const person = async (subject: string) => givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, subject}));
  [grace, ada, reader] = await Promise.all([person('grace'), person('ada'), issuer.sign({scope: 'inquiries:read'})]);
});

test('a note is an entry of the log, between the changes, and leaves the inquiry alone', async () => {
  const id = await givenInquiry(rest);
  await grace.change(id, {status: 'in_progress'}, 1);
  const response = await ada.note(id, {note: 'Called back.\nNobody there.'});
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([201, 'no-store']);
  const entry = (await response.json()) as ActivityView;
  const {id: entryId, createdAt, ...said} = entry;
  expect(said).toEqual({kind: 'note', actor: 'ada', from: null, to: null, note: 'Called back.\nNobody there.'});
  expect([entryId, createdAt]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), new Date(createdAt).toISOString()]);
  const before = await grace.inquiry(id);
  expect(before.version).toBe(2);
  await grace.change(id, {status: 'resolved'}, 2);
  const log = await grace.log(id);
  expect(log[1]).toEqual(entry);
  expect(log.map(({actor, kind}) => `${actor} ${kind}`)).toEqual(['grace status', 'ada note', 'grace status']);
});

test.each([
  ['tabs, lines and quotes', 'a\tb\r\nc "d" \'e\' $1 \\', 'a\tb\nc "d" \'e\' $1 \\'],
  ['composed and trimmed', '  Zoe\u0308 \n', 'Zoë'],
  ['of 5000 characters beyond the basic plane', '👍'.repeat(5000), '👍'.repeat(5000)],
])('a note is stored as sent: %s', async (_what, note, expected) => {
  const id = await givenInquiry(rest);
  expect((await grace.note(id, {note})).status).toBe(201);
  expect((await grace.log(id)).map(entry => entry.note)).toEqual([expected]);
});

test.each<[string, unknown, string]>([
  ['no note', {}, '/note'],
  ['an empty one', {note: ' \n '}, '/note'],
  ['null', {note: null}, '/note'],
  ['one of 5001 characters', {note: 'x'.repeat(5001)}, '/note'],
  ['one with a NUL', {note: `${SECRET}\u0000`}, '/note'],
  ['one with an escape', {note: `\u001B[31m${SECRET}`}, '/note'],
  ['an actor of its own', {note: 'x', actor: SECRET}, '/actor'],
  ['a list', [], ''],
])('%s is refused with a pointer and without an echo', async (_what, body, pointer) => {
  const id = await givenInquiry(rest);
  const problem = await expectProblem(await grace.note(id, body), 'invalid-body', {without: SECRET});
  expect(problem.errors?.map(error => error.pointer)).toEqual([pointer]);
  expect(await grace.log(id)).toEqual([]);
});

test.each([
  ['oldest', (log: string[]) => log],
  ['newest', (log: string[]) => [...log].reverse()],
])('the log is read page by page, %s first, without a gap or a repeat', async (order, sorted) => {
  const id = await givenInquiry(rest);
  const written: string[] = [];
  for (let number = 1; number <= 7; number += 1) {
    await grace.note(id, {note: `note ${number}`});
    written.push(`note ${number}`);
  }
  const read: (string | null)[] = [];
  let next: string | undefined = `/inquiries/${id}/activity?order=${order}&limit=3`;
  const sizes: number[] = [];
  while (next !== undefined) {
    const response = await rest.get(next, reader);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    const page = (await response.json()) as ActivityView[];
    sizes.push(page.length);
    read.push(...page.map(({note}) => note));
    next = /^<(.+)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1];
  }
  expect(sizes).toEqual([3, 3, 1]);
  expect(read).toEqual(sorted(written));
});

test('newest first, 25 at a time by default', async () => {
  const id = await givenInquiry(rest);
  for (let number = 1; number <= 26; number += 1) await grace.note(id, {note: `note ${number}`});
  const response = await rest.get(`/inquiries/${id}/activity`, reader);
  const page = (await response.json()) as ActivityView[];
  expect([page.length, page[0]?.note, page.at(-1)?.note]).toEqual([25, 'note 26', 'note 2']);
  expect(response.headers.get('Link')).toContain('cursor=');
});

test('the log of one inquiry holds nothing of another', async () => {
  const [one, other] = await Promise.all([givenInquiry(rest), givenInquiry(rest)]);
  await grace.note(one, {note: 'one'});
  await grace.note(other, {note: 'other'});
  expect((await grace.log(one)).map(({note}) => note)).toEqual(['one']);
});

test.each([
  ['limit', 'limit=0'],
  ['limit', 'limit=101'],
  ['order', 'order=random'],
  ['cursor', 'cursor=nonsense'],
  ['cursor', `cursor=${Buffer.from('[1,"x"]').toString('base64url')}`],
  ['filter', 'filter={}'],
  ['total', 'total=true'],
])('a bad or unknown %s is 400 that names it (%s)', async (parameter, query) => {
  const id = await givenInquiry(rest);
  const problem = await expectProblem(
    await rest.get(`/inquiries/${id}/activity?${query}`, reader),
    'invalid-parameter',
  );
  expect(problem.errors?.map(error => error.parameter)).toEqual([parameter]);
});

test('neither log nor notes exist for an unknown inquiry and outside the topic claim', async () => {
  const id = await givenInquiry(rest, {topic: 'press'});
  await grace.note(id, {note: 'seen by press only'});
  const token = await issuer.sign({scope: TRIAGE_SCOPES, topics: ['sales']});
  const outsider = givenTriage(rest, token);
  for (const path of [id, randomUUID()]) {
    await expectProblem(await rest.get(`/inquiries/${path}/activity`, token), 'not-found');
    await expectProblem(await outsider.note(path, {note: 'x'}), 'not-found');
  }
  expect(await grace.log(id)).toHaveLength(1);
});

test('who may read may not note', async () => {
  const id = await givenInquiry(rest);
  const response = await rest.post(`/inquiries/${id}/notes`, {note: 'x'}, {Authorization: `Bearer ${reader}`});
  await expectProblem(response, 'forbidden');
});

test('PostgreSQL refuses to rewrite the log, and lets it go with its inquiry', async () => {
  const id = await givenInquiry(rest);
  await grace.note(id, {note: 'as it was'});
  const rewrite = database.query("UPDATE inquiry_activity SET note = 'as it suits' WHERE inquiry_id = $1", [id]);
  await expect(rewrite).rejects.toThrow('append-only');
  await expect(database.query("UPDATE inquiry_activity SET actor = 'nobody'")).rejects.toThrow('append-only');
  expect((await grace.log(id)).map(({note}) => note)).toEqual(['as it was']);
  await database.query('DELETE FROM inquiry WHERE id = $1', [id]);
  expect(await database.query('SELECT id FROM inquiry_activity WHERE inquiry_id = $1', [id])).toEqual([]);
});

test('no log line of the service holds a note', async () => {
  const id = await givenInquiry(rest);
  await grace.note(id, {note: SECRET});
  expect(rest.text()).not.toContain(SECRET);
});
