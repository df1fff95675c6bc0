// The rate limit in front of the public routes: many from one client are set aside, a flood is refused before it is read, and
// nothing that is logged or counted has a client's or a visitor's address.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

const LIMITS = {RATE_LIMIT: 'on', RATE_LIMIT_PER_CLIENT: '3', RATE_LIMIT_FLOOD_PER_CLIENT: '6', TRUST_PROXY_HOPS: '1'};
const start = (env: Record<string, string> = {}): Promise<TestRest> =>
  givenRest({databaseUrl: database.url, issuer, env: {...LIMITS, ...env}});

const post = (rest: TestRest, address: string, fields: Record<string, unknown> = {}) =>
  rest.post('/inquiries', givenSubmission(fields), {'X-Forwarded-For': address});

async function verdictOf(answer: Response): Promise<unknown> {
  expect(answer.status).toBe(201);
  const {id} = (await answer.json()) as {id: string};
  const [row] = await database.query('SELECT status, spam_reasons AS reasons FROM inquiry WHERE id = $1', [id]);
  return row;
}

async function verdictsOf(count: number, send: (index: number) => Promise<Response>): Promise<unknown[]> {
  const verdicts: unknown[] = [];
  for (let index = 0; index < count; index += 1) verdicts.push(await verdictOf(await send(index)));
  return verdicts;
}

const NEW = {status: 'new', reasons: []};
const spam = (...reasons: string[]) => ({status: 'spam', reasons});

test('a client above its limit is set aside, above the flood limit refused; others are not concerned', async () => {
  const rest = await start();
  const verdicts = await verdictsOf(6, () => post(rest, '203.0.113.7'));
  expect(verdicts).toEqual([NEW, NEW, NEW, spam('rate'), spam('rate'), spam('rate')]);
  const refused = await post(rest, '203.0.113.7');
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(600);
  expect(refused.headers.get('ratelimit-policy')).toBe('"client";q=6;w=600');
  expect(refused.headers.get('ratelimit')).toBe(`"client";r=0;t=${seconds}`);
  await expectProblem(refused, 'too-many-requests');
  expect(await verdictOf(await post(rest, '203.0.113.8'))).toEqual(NEW);
});

test('IPv6 counts by its first 64 bits', async () => {
  const rest = await start();
  const verdicts = await verdictsOf(4, index => post(rest, `2001:db8:1:2::${index + 1}`));
  expect(verdicts.at(-1)).toEqual(spam('rate'));
  expect(await verdictOf(await post(rest, '2001:db8:1:3::1'))).toEqual(NEW);
});

test('an e-mail address has a limit of its own, in whichever spelling and from wherever', async () => {
  const rest = await start({RATE_LIMIT_PER_EMAIL: '2'});
  const emails = ['zoe@bücher.example', 'ZOE@xn--bcher-kva.example', 'zoe@BÜCHER.example'];
  const verdicts = await verdictsOf(3, index => post(rest, `203.0.113.${index}`, {email: emails[index]}));
  expect(verdicts).toEqual([NEW, NEW, spam('rate_email')]);
});

test('everybody together has one, too', async () => {
  const rest = await start({RATE_LIMIT_PER_MINUTE: '2'});
  expect(await verdictsOf(3, index => post(rest, `203.0.113.${index}`))).toEqual([NEW, NEW, spam('burst')]);
});

test('a flood is refused before its body is read, on both public routes, and what is not valid counts', async () => {
  const rest = await start();
  const send = (path: string) => rest.post(path, {}, {'X-Forwarded-For': '203.0.113.9'});
  const statuses: number[] = [];
  for (const path of ['/inquiries', '/subscriptions', '/inquiries', '/subscriptions', '/inquiries', '/subscriptions']) {
    statuses.push((await send(path)).status);
  }
  expect(new Set(statuses)).toEqual(new Set([422]));
  for (const path of ['/inquiries', '/subscriptions']) {
    const headers = {'X-Forwarded-For': '203.0.113.9', 'Content-Type': 'text/plain'}; // refused with 415 when looked at
    await expectProblem(await rest.post(path, {}, headers), 'too-many-requests');
  }
  expect((await rest.get('/live')).status).toBe(200);
});

test('links of mails are clicked from one address for many people, also beyond its flood limit, and have one that is far higher', async () => {
  const rest = await start({RATE_LIMIT_FLOOD_PER_CLIENT: '1'});
  const send = (path: string, body: object) => rest.post(path, body, {'X-Forwarded-For': '203.0.113.10'});
  const consent = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
  expect((await send('/subscriptions', {email: 'reader@example.org', ...consent})).status).toBe(202);
  const mailer = await issuer.sign({scope: 'subscriptions:mail'});
  const recipients = await (await rest.get('/subscriptions/recipients?status=active', mailer)).json();
  const [{unsubscribeToken: token}] = recipients as [{unsubscribeToken: string}];
  await expectProblem(await send('/subscriptions', {}), 'too-many-requests');
  const statuses: number[] = [];
  for (let count = 0; count < 50; count += 1) {
    statuses.push((await send('/subscriptions/unsubscribe', {token})).status);
    statuses.push((await send('/subscriptions/confirm', {token: 'no token of ours'})).status);
  }
  expect(statuses.filter((_, index) => index % 2 === 0)).toEqual(Array(50).fill(200));
  expect(statuses).not.toContain(429);
  for (const path of ['/subscriptions/unsubscribe', '/subscriptions/confirm']) {
    const refused = await send(path, {token});
    expect(refused.headers.get('ratelimit-policy')).toBe('"client";q=100;w=600');
    await expectProblem(refused, 'too-many-requests');
  }
});

test('the configured header says who the client is, and what is no address counts for the connection', async () => {
  const rest = await start({CLIENT_ADDRESS_HEADER: 'CF-Connecting-IP', TRUST_PROXY_HOPS: '0'});
  const send = (address: string) => rest.post('/inquiries', givenSubmission(), {'CF-Connecting-IP': address});
  expect((await verdictsOf(4, () => send('203.0.113.7'))).at(-1)).toEqual(spam('rate'));
  expect(await verdictOf(await send('203.0.113.8'))).toEqual(NEW);
  expect((await verdictsOf(4, index => send(`nobody ${index}`))).at(-1)).toEqual(spam('rate'));
});

test('RATE_LIMIT=off counts nothing', async () => {
  const rest = await start({RATE_LIMIT: 'off'});
  expect(await verdictsOf(8, () => post(rest, '203.0.113.7'))).toEqual(Array(8).fill(NEW));
});

test('by default a person who writes again and again is let in, and 200 people at one address lose nothing', async () => {
  const rest = await givenRest({databaseUrl: database.url, issuer, env: {RATE_LIMIT: 'on'}});
  const answers = await Promise.all(Array.from({length: 200}, () => rest.post('/inquiries', givenSubmission())));
  const verdicts = await Promise.all(answers.map(verdictOf));
  expect(verdicts.filter(verdict => JSON.stringify(verdict) === JSON.stringify(NEW))).toHaveLength(60);
  expect(verdicts.filter(verdict => JSON.stringify(verdict) === JSON.stringify(spam('rate')))).toHaveLength(140);
});

test('no address of a client or of a visitor is logged or counted, also of those that are refused', async () => {
  const rest = await start({LOG_LEVEL: 'trace', RATE_LIMIT_PER_EMAIL: '1'});
  const email = 'zqMark7@example.org';
  const statuses: number[] = [];
  for (let count = 0; count < 9; count += 1) statuses.push((await post(rest, '203.0.113.77', {email})).status);
  expect(statuses.slice(5)).toEqual([201, 429, 429, 429]);
  const line = rest.lines.find(({msg}) => msg === 'metrics.listening');
  const metrics = await (await fetch(`http://127.0.0.1:${String(line?.port)}/metrics`)).text();
  expect(metrics).toContain('outreach_submissions_limited_total 3\n');
  expect(metrics).toContain('outreach_guard_verdicts_total{verdict="quarantine",reason="rate_email"} 5\n');
  await rest.stop(); // writes what is held back
  expect(rest.lines.find(({msg}) => msg === 'submission.limited')).toMatchObject({level: 'warn', reason: 'client'});
  for (const output of [rest.text(), metrics]) expect(output).not.toMatch(/203\.0\.113|zqMark7/i);
});
