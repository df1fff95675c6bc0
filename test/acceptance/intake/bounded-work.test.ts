// No request of up to 32 KB costs the process more than 10 ms, and no refusal is long: each field, body, query, header
// and path of every route that takes one, with what would be dear if its size were looked at too late.
import {PUBLIC, ROUTE_ACCESS, ALL_SCOPES, type RouteKey} from '../../../src/access/policy';
import type {Problem} from '../../../src/contract/problem';
import {
  COSTLY_BODIES,
  COSTLY_FORMS,
  COSTLY_HEADERS,
  COSTLY_METADATA,
  COSTLY_PARTS,
  COSTLY_PATHS,
  COSTLY_QUERIES,
  COSTLY_TEXTS,
  COSTLY_VALUES,
} from '../../helpers/costly';
import {cpuMsSince} from '../../helpers/cpu';
import {givenDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {rawRequest, type RawAnswer, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

/** What one request may take of this process, in which the service runs and the client too. */
const MAX_CPU_MS = 10;
/** The least of so many counts: what else the process does, such as collecting garbage, is not the request's. */
const REPETITIONS = 20;
/** Headers, and 20 errors of a name of 64 characters each. */
const MAX_ANSWER_BYTES = 6000;

const ID = '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e';
const JSON_TYPE = {'Content-Type': 'application/json'};
const FORM_TYPE = {'Content-Type': 'application/x-www-form-urlencoded'};

let rest: TestRest;
let authorization: Record<string, string>;

beforeAll(async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: 'http://a'}});
  authorization = {Authorization: `Bearer ${await issuer.sign({scope: ALL_SCOPES.join(' ')})}`};
});

afterEach(() => expect(rest.lines.splice(0).filter(({level}) => level === 'error')).toEqual([]));

interface Costly {
  requestLine: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends it until it cost little enough, REPETITIONS times at most, and fails when it never did. */
async function expectCheap(name: string, {requestLine, headers = {}, body = ''}: Costly): Promise<RawAnswer> {
  const length = Buffer.byteLength(body);
  expect([name, length <= 32 * 1024]).toEqual([name, true]);
  const bytes = rawRequest(requestLine, {...headers, ...(length > 0 && {'Content-Length': String(length)})}, body);
  let least = Infinity;
  for (let count = 0; count < REPETITIONS; count++) {
    const before = process.threadCpuUsage();
    const answer = await sendRaw(rest.url, bytes);
    least = Math.min(least, cpuMsSince(before));
    if (least > MAX_CPU_MS) continue;
    const text = await answer.text();
    if (answer.status < 200 || answer.status >= 500) throw new Error(`${name}: ${answer.status} ${text}`);
    if (answer.status >= 400) expect([name, text.length <= MAX_ANSWER_BYTES]).toEqual([name, true]);
    return answer;
  }
  throw new Error(`${name}: ${least.toFixed(1)} ms of the process for ${bytes.byteLength} bytes`);
}

async function problemOf(answer: RawAnswer): Promise<Problem> {
  return JSON.parse(await answer.text()) as Problem;
}

/** The routes that take a body, each with a good one. */
const BODIES: Partial<Record<RouteKey, Record<string, unknown>>> = {
  'POST /inquiries': givenSubmission({
    phone: '1',
    company: 'c',
    subject: 's',
    locale: 'en',
    sourceUrl: 'http://a/',
    privacyNoticeVersion: '1',
  }),
  'PATCH /inquiries': {status: 'new', assignee: 'ada', topic: 'sales'},
  'PATCH /inquiries/{id}': {status: 'new', assignee: 'ada', topic: 'sales'},
  'POST /inquiries/{id}/notes': {note: 'n'},
  'POST /subscriptions': {
    email: 'ada@example.org',
    list: 'newsletter',
    locale: 'en',
    consentVersion: '1',
    consentTextSha256: 'a'.repeat(64),
    sourceUrl: 'http://a/',
  },
  'POST /subscriptions/confirm': {token: 'a'.repeat(74)},
  'POST /subscriptions/unsubscribe': {token: 'a'.repeat(74)},
  'POST /subscriptions/search': {email: 'ada@example.org'},
  'PATCH /subscriptions/{id}': {status: 'active', reason: 'r'},
  'POST /erasures': {email: 'ada@example.org'},
  'POST /subject-exports': {email: 'ada@example.org'},
};
const ROUTES = Object.keys(ROUTE_ACCESS) as RouteKey[]; // its own keys
const WITH_BODY = Object.entries(BODIES) as [RouteKey, Record<string, unknown>][];

function requestTo(key: RouteKey): {requestLine: string; headers: Record<string, string>} {
  const query = key === 'PATCH /inquiries' ? `?ids=${ID}` : '';
  const versioned: Record<string, string> = key.startsWith('PATCH') && key.endsWith('{id}') ? {'If-Match': '"1"'} : {};
  return {
    requestLine: key.replace('{id}', ID) + query,
    headers: {...(ROUTE_ACCESS[key] === PUBLIC ? {} : authorization), ...versioned},
  };
}

test('every route that takes a body is tried', () => {
  const taking = ROUTES.filter(key => /^(POST|PATCH)/.test(key));
  expect(Object.keys(BODIES).sort()).toEqual(taking.sort());
});

test.each(WITH_BODY)('%s: each field', async (key, good) => {
  for (const field of Object.keys(good)) {
    const values = {
      ...Object.fromEntries(Object.entries(COSTLY_TEXTS).map(([name, text]) => [name, JSON.stringify(text)])),
      ...COSTLY_VALUES,
    };
    for (const [name, value] of Object.entries(values)) {
      const {requestLine, headers} = requestTo(key);
      const body = JSON.stringify({...good, [field]: 'PLACE'}).replace('"PLACE"', () => value);
      if (Buffer.byteLength(body) > 32 * 1024) throw new Error(`${name} does not fit`);
      const answer = await expectCheap(`${field} is ${name}`, {requestLine, headers: {...JSON_TYPE, ...headers}, body});
      if (answer.status < 400 || answer.status === 404) continue; // is valid, or was: there is no such row
      const {errors} = await problemOf(answer);
      const named = [...new Set(errors?.map(({pointer}) => pointer))];
      expect([field, name, answer.status, named]).toEqual([field, name, 422, [`/${field}`]]);
    }
  }
});

test('POST /inquiries: metadata', async () => {
  for (const [name, metadata] of Object.entries({...COSTLY_METADATA, ...COSTLY_VALUES})) {
    const body = JSON.stringify(givenSubmission({metadata: 'PLACE'})).replace('"PLACE"', () => metadata);
    const {requestLine} = requestTo('POST /inquiries');
    const answer = await expectCheap(name, {requestLine, headers: JSON_TYPE, body});
    const {errors = []} = await problemOf(answer);
    expect([name, answer.status, errors.length > 0]).toEqual([name, 422, true]);
    for (const {pointer} of errors) expect(pointer).toMatch(/^\/metadata/);
  }
});

test.each(WITH_BODY)('%s: the body as a whole', async key => {
  for (const [name, body] of Object.entries(COSTLY_BODIES)) {
    const {requestLine, headers} = requestTo(key);
    const answer = await expectCheap(name, {requestLine, headers: {...JSON_TYPE, ...headers}, body});
    expect([name, answer.status]).toEqual([name, 422]);
  }
});

test('POST /inquiries: a form', async () => {
  const good = new URLSearchParams(givenSubmission() as Record<string, string>).toString();
  const ofTexts = ['name', 'message', 'email', 'sourceUrl', '_next'].flatMap(field =>
    Object.entries(COSTLY_TEXTS).map(([name, text]) => {
      const value = new URLSearchParams({[field]: text}).toString();
      return [`${field} is ${name}`, `${good}&${value.slice(0, 32_000).replace(/%.?$|%..%.?$/, '')}`];
    }),
  );
  const forms = {...COSTLY_FORMS, ...Object.fromEntries(ofTexts)} as Record<string, string>;
  for (const accept of ['*/*', 'text/html']) {
    for (const [name, body] of Object.entries(forms)) {
      const headers = {...FORM_TYPE, Accept: accept};
      const answer = await expectCheap(name, {requestLine: 'POST /inquiries', headers, body});
      expect([name, [201, 303, 400, 422].includes(answer.status)]).toEqual([name, true]);
    }
  }
});

test('a form as multipart/form-data', async () => {
  for (const [name, body] of Object.entries(COSTLY_PARTS)) {
    const headers = {'Content-Type': 'multipart/form-data; boundary=x', Accept: 'text/html'};
    const answer = await expectCheap(name, {requestLine: 'POST /inquiries', headers, body});
    expect([name, [400, 422].includes(answer.status)]).toEqual([name, true]);
  }
});

test.each(ROUTES)('%s: the query', async key => {
  for (const [name, query] of Object.entries(COSTLY_QUERIES)) {
    const {requestLine, headers} = requestTo(key);
    const line = `${requestLine.split('?')[0] ?? ''}?${query}`;
    const answer = await expectCheap(name, {requestLine: line, headers});
    if (answer.status >= 400) expect([name, (await problemOf(answer)).errors?.length]).not.toEqual([name, undefined]);
  }
});

test.each(['POST /inquiries', 'PATCH /inquiries/{id}', 'GET /inquiries', 'GET /live'] as const)(
  '%s: the header fields',
  async key => {
    for (const [name, costly] of Object.entries(COSTLY_HEADERS)) {
      const {requestLine, headers} = requestTo(key);
      const body = key.startsWith('GET') ? '' : 'a=1';
      // As a form, so that a refusal asks whether a page is wanted.
      await expectCheap(name, {requestLine, headers: {...FORM_TYPE, ...headers, ...costly}, body});
      await expectCheap(name, {requestLine: requestLine.replace(/^\w+/, 'OPTIONS'), headers: costly});
    }
  },
);

test('paths', async () => {
  for (const [name, path] of Object.entries(COSTLY_PATHS)) {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      await expectCheap(`${method} ${name}`, {requestLine: `${method} ${path}`, headers: authorization});
    }
  }
});
