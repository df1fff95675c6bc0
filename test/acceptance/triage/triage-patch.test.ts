// PATCH of one inquiry: what changes and what is logged, If-Match, the status machine, the topic claim, bad input.
import type {InquiryView} from '../../../src/contract/inquiry';
import {INQUIRY_STATUSES, type InquiryStatus, NEXT_STATUSES} from '../../../src/contract/status';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, type TestTriage, TRIAGE_SCOPES} from '../../helpers/triage';

const UNKNOWN_ID = '0192f7c4-0000-7000-8000-000000000000';
const SECRET = 'a-value-of-the-caller';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let grace: TestTriage;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: 'https://bo.example.org'}});
  grace = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, subject: 'grace'}));
});

async function stored(id: string) {
  const [row] = await database.query('SELECT status, assignee, topic, version FROM inquiry WHERE id = $1', [id]);
  return row;
}

async function givenInquiryOf(status: InquiryStatus): Promise<string> {
  const id = await givenInquiry(rest);
  await database.query('UPDATE inquiry SET status = $2 WHERE id = $1', [id, status]);
  return id;
}

test('a change is answered with the inquiry and its new tag, and logged with who, what, from, to and when', async () => {
  const id = await givenInquiry(rest);
  const before = await grace.inquiry(id);
  const response = await grace.change(id, {status: 'in_progress', assignee: 'ada', topic: 'press'}, 1);
  expect(response.status).toBe(200);
  expect(response.headers.get('ETag')).toBe('"2"');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const after = (await response.json()) as InquiryView;
  const changed = {status: 'in_progress', assignee: 'ada', topic: 'press', version: 2, updatedAt: after.updatedAt};
  expect(after).toEqual({...before, ...changed});
  expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
  expect(await grace.inquiry(id)).toEqual(after);
  const entry = {id: expect.any(String) as string, actor: 'grace', note: null, createdAt: after.updatedAt};
  expect(await grace.log(id)).toEqual([
    {...entry, kind: 'status', from: 'new', to: 'in_progress'},
    {...entry, kind: 'assignee', from: null, to: 'ada'},
    {...entry, kind: 'topic', from: 'sales', to: 'press'},
  ]);
});

test('the tag that GET and HEAD give is the one that the next change asks for', async () => {
  const id = await givenInquiry(rest);
  for (const assignee of ['ada', 'grace', null]) {
    const read = await rest.get(`/inquiries/${id}`, await issuer.sign());
    const tag = read.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^"\d+"$/);
    const response = await grace.patch(`/inquiries/${id}`, {assignee}, {'If-Match': tag});
    expect([response.status, ((await response.json()) as InquiryView).assignee]).toEqual([200, assignee]);
    expect(response.headers.get('ETag')).not.toBe(tag);
  }
  const head = await fetch(`${rest.url}/inquiries/${id}`, {
    method: 'HEAD',
    headers: {Authorization: `Bearer ${await issuer.sign()}`},
  });
  expect(head.headers.get('ETag')).toBe('"4"');
});

test.each(['application/merge-patch+json', 'application/json', 'Application/Merge-Patch+JSON; charset=UTF-8'])(
  'a patch may be %s',
  async type => {
    const id = await givenInquiry(rest);
    const headers = {'If-Match': '"1"', 'Content-Type': type};
    expect((await grace.patch(`/inquiries/${id}`, {assignee: 'ada'}, headers)).status).toBe(200);
  },
);

test.each(['application/x-www-form-urlencoded', 'application/json-patch+json', 'text/plain', 'constructor'])(
  'a patch that is %s is 415, with what is accepted',
  async type => {
    const headers = {'If-Match': '*', 'Content-Type': type};
    const response = await grace.patch(`/inquiries/${UNKNOWN_ID}`, 'assignee=ada', headers);
    expect(response.headers.get('Accept-Patch')).toBe('application/json, application/merge-patch+json');
    await expectProblem(response, 'unsupported-media-type');
  },
);

test('only PATCH takes a merge patch', async () => {
  const response = await rest.post('/inquiries', {}, {'Content-Type': 'application/merge-patch+json'});
  expect(response.headers.get('Accept')).toBe(
    'application/json, application/x-www-form-urlencoded, multipart/form-data',
  );
  await expectProblem(response, 'unsupported-media-type');
});

test.each<[string, Record<string, unknown>]>([
  ['status', {status: 'new'}],
  ['assignee', {assignee: null}],
  ['all', {status: 'new', assignee: null, topic: 'sales'}],
])('a patch with the same %s changes nothing: same version and tag, no entry in the log', async (_what, patch) => {
  const id = await givenInquiry(rest);
  const before = await database.query('SELECT * FROM inquiry WHERE id = $1', [id]);
  const response = await grace.change(id, patch, 1);
  expect([response.status, response.headers.get('ETag')]).toEqual([200, '"1"']);
  expect(await response.json()).toEqual(await grace.inquiry(id));
  expect(await database.query('SELECT * FROM inquiry WHERE id = $1', [id])).toEqual(before);
  expect(await grace.log(id)).toEqual([]);
});

test('only what changes is logged', async () => {
  const id = await givenInquiry(rest);
  await grace.change(id, {status: 'new', assignee: 'ada', topic: 'sales'}, 1);
  expect((await grace.log(id)).map(({kind}) => kind)).toEqual(['assignee']);
});

test('without If-Match it is 428, and nothing changes', async () => {
  const id = await givenInquiry(rest);
  await expectProblem(await grace.patch(`/inquiries/${id}`, {status: 'spam'}), 'precondition-required');
  expect(await stored(id)).toMatchObject({status: 'new', version: 1});
});

test.each(['"1"', 'W/"2"', '"3"', '"1", W/"2"', '"02"', '""', '"2147483648"', '"99999999999999999999"', `"${SECRET}"`])(
  'If-Match: %s does not match version 2: 412, and nothing changes',
  async tag => {
    const id = await givenInquiry(rest);
    await grace.change(id, {assignee: 'ada'}, 1);
    const response = await grace.patch(`/inquiries/${id}`, {status: 'spam'}, {'If-Match': tag});
    await expectProblem(response, 'precondition-failed', {without: SECRET});
    expect(await stored(id)).toMatchObject({status: 'new', version: 2});
    expect(await grace.log(id)).toHaveLength(1);
  },
);

test.each(['"2"', '"1", "2"', '"2","9"', ',"2",', '*'])('If-Match: %s matches version 2', async tag => {
  const id = await givenInquiry(rest);
  await grace.change(id, {assignee: 'ada'}, 1);
  const response = await grace.patch(`/inquiries/${id}`, {status: 'spam'}, {'If-Match': tag});
  expect([response.status, response.headers.get('ETag')]).toEqual([200, '"3"']);
});

test.each(['2', '', '"2', "'2'", 'w/"2"', '*, "2"', '"2" "3"', SECRET, `"${'1'.repeat(1000)}"`])(
  'If-Match: %s is malformed: 400 that names the header',
  async tag => {
    const response = await grace.patch(`/inquiries/${UNKNOWN_ID}`, {status: 'spam'}, {'If-Match': tag});
    const problem = await expectProblem(response, 'invalid-parameter', {without: SECRET});
    expect(problem.errors?.map(({parameter}) => parameter)).toEqual(['if-match']);
  },
);

const STEPS = INQUIRY_STATUSES.flatMap(from => INQUIRY_STATUSES.map(to => ({from, to})));
test.each(STEPS.filter(({from, to}) => NEXT_STATUSES[from].includes(to)))(
  '$from can become $to',
  async ({from, to}) => {
    const id = await givenInquiryOf(from);
    expect((await grace.change(id, {status: to}, 1)).status).toBe(200);
    expect(await stored(id)).toMatchObject({status: to, version: 2});
  },
);

test.each(STEPS.filter(({from, to}) => from !== to && !NEXT_STATUSES[from].includes(to)))(
  '$from cannot become $to: 409 that names what it can become, and nothing else of the patch happens',
  async ({from, to}) => {
    const id = await givenInquiryOf(from);
    const problem = await expectProblem(await grace.change(id, {status: to, assignee: 'ada'}, 1), 'conflict');
    const allowed = NEXT_STATUSES[from].join(', ');
    expect(problem.detail).toBe(`From ${from} the next status can be: ${allowed}.`);
    expect(problem.errors).toEqual([
      {pointer: '/status', code: 'illegal_transition', detail: `must be one of: ${allowed}`},
    ]);
    expect(await stored(id)).toEqual({status: from, assignee: null, topic: 'sales', version: 1});
    expect(await grace.log(id)).toEqual([]);
  },
);

test('a stale tag counts before an illegal step', async () => {
  const id = await givenInquiryOf('spam');
  await expectProblem(await grace.change(id, {status: 'resolved'}, 7), 'precondition-failed');
});

test('an unknown inquiry and one outside the topic claim are 404 in the same words', async () => {
  const id = await givenInquiry(rest, {topic: 'press'});
  const outsider = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, topics: ['sales', 'support']}));
  for (const version of [1, 9, '*'] as const) {
    const problems = await Promise.all(
      [id, UNKNOWN_ID].map(async path =>
        expectProblem(await outsider.change(path, {status: 'spam'}, version), 'not-found'),
      ),
    );
    expect({...problems[0], instance: ''}).toEqual({...problems[1], instance: ''});
  }
  expect(await stored(id)).toMatchObject({status: 'new', version: 1});
});

test('an inquiry can be moved within the claim, and neither out of it nor to a topic that is not configured', async () => {
  const id = await givenInquiry(rest);
  const narrowed = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, topics: ['sales', 'support', 'gone']}));
  expect((await narrowed.change(id, {topic: 'support'}, 1)).status).toBe(200);
  const problems = await Promise.all(
    ['press', 'gone'].map(async topic => expectProblem(await narrowed.change(id, {topic}, 2), 'invalid-body')),
  );
  expect(problems[0]?.errors).toEqual([expect.objectContaining({pointer: '/topic', code: 'unknown_topic'})]);
  expect({...problems[0], instance: ''}).toEqual({...problems[1], instance: ''});
  expect(await stored(id)).toMatchObject({topic: 'support', version: 2});
});

test.each<[string, unknown, string]>([
  ['an empty patch', {}, ''],
  ['null', null, ''],
  ['a list', [{op: 'replace'}], ''],
  ['a text', '"status"', ''],
  ['an unknown status', {status: SECRET}, '/status'],
  ['no status', {status: null}, '/status'],
  ['a status of another case', {status: 'New'}, '/status'],
  ['no topic', {topic: null}, '/topic'],
  ['a topic that is none', {topic: SECRET.toUpperCase()}, '/topic'],
  ['a topic that is not configured', {topic: SECRET}, '/topic'],
  ['an empty assignee', {assignee: '  '}, '/assignee'],
  ['an assignee that is a number', {assignee: 7}, '/assignee'],
  ['an assignee of 256 characters', {assignee: 'x'.repeat(256)}, '/assignee'],
  ['an assignee with a NUL', {assignee: 'a\u0000b'}, '/assignee'],
  ['an assignee with a lone surrogate', '{"assignee": "\\ud800"}', '/assignee'],
  ['an assignee of two lines', {assignee: 'a\nb'}, '/assignee'],
  ['an assignee whom nobody sees', {assignee: '\u202E\u200B'}, '/assignee'],
  ['a field that cannot be changed', {status: 'spam', version: 9}, '/version'],
  ['another one', {email: SECRET}, '/email'],
  ['a field of every object', {constructor: SECRET}, '/constructor'],
])('%s is refused with a pointer, without an echo, and nothing changes', async (_what, patch, pointer) => {
  const id = await givenInquiry(rest);
  const problem = await expectProblem(await grace.change(id, patch, 1), 'invalid-body', {without: SECRET});
  expect(problem.errors?.map(error => error.pointer)).toEqual([pointer]);
  expect(await stored(id)).toMatchObject({status: 'new', version: 1});
});

test.each<[string, string]>([
  ['no body', ''],
  ['no JSON', '{status: "spam"}'],
  ['a prototype', '{"__proto__": {"status": "spam"}}'],
])('%s is 400', async (_what, body) => {
  await expectProblem(await grace.change(UNKNOWN_ID, body, '*'), 'malformed-body');
});

test('a body of more than 32 KB is 413', async () => {
  await expectProblem(await grace.change(UNKNOWN_ID, {assignee: 'x'.repeat(33_000)}, '*'), 'body-too-large');
});

test.each(['1', 'not-a-uuid', `${UNKNOWN_ID}0`, '%00'])('the id %s is 400 that names it', async id => {
  const problem = await expectProblem(await grace.change(id, {status: 'spam'}, '*'), 'invalid-parameter');
  expect(problem.errors?.map(({parameter}) => parameter)).toEqual(['id']);
});

test('an unknown parameter is refused', async () => {
  const response = await grace.patch(`/inquiries/${UNKNOWN_ID}?force=true`, {status: 'spam'}, {'If-Match': '*'});
  const problem = await expectProblem(response, 'invalid-parameter');
  expect(problem.errors?.map(({parameter}) => parameter)).toEqual(['force']);
});

test('text is stored as it was sent, in the row and in the log', async () => {
  const id = await givenInquiry(rest);
  const assignee = `O'Brien "日本" \\ $1 ${'👍'.repeat(200)}`;
  expect((await grace.change(id, {assignee}, 1)).status).toBe(200);
  expect((await grace.inquiry(id)).assignee).toBe(assignee);
  expect((await grace.log(id))[0]?.to).toBe(assignee);
});

test('a page of an allowed origin may send the patch and read the tag', async () => {
  const headers = {
    Origin: 'https://bo.example.org',
    'Access-Control-Request-Method': 'PATCH',
    'Access-Control-Request-Headers': 'authorization,content-type,if-match',
  };
  const preflight = await fetch(`${rest.url}/inquiries/${UNKNOWN_ID}`, {method: 'OPTIONS', headers});
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('Access-Control-Allow-Methods')).toContain('PATCH');
  expect(preflight.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('if-match');
  const id = await givenInquiry(rest);
  const changed = await grace.patch(`/inquiries/${id}`, {status: 'spam'}, {'If-Match': '"1"', Origin: headers.Origin});
  expect(changed.headers.get('Access-Control-Allow-Origin')).toBe(headers.Origin);
  expect(changed.headers.get('Access-Control-Expose-Headers')).toContain('ETag');
});

test('a change marks its row for the feed of changes', async () => {
  const id = await givenInquiry(rest);
  const [before] = await database.query<{changed_xid: string}>('SELECT changed_xid FROM inquiry WHERE id = $1', [id]);
  await grace.change(id, {status: 'spam'}, 1);
  const [after] = await database.query<{changed_xid: string}>('SELECT changed_xid FROM inquiry WHERE id = $1', [id]);
  expect(Number(after?.changed_xid)).toBeGreaterThan(Number(before?.changed_xid));
});

test('no log line holds what was written', async () => {
  const id = await givenInquiry(rest);
  await grace.change(id, {assignee: SECRET}, 1);
  expect(rest.text()).not.toContain(SECRET);
});
