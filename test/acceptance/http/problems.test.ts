// Every error is a problem (RFC 9457) of a known kind, whoever found it: the router, the body reader, the token check,
// the schemas, or Node before any of them.
import {givenDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer});
  token = await issuer.sign();
});

afterEach(() => expect(rest.lines.splice(0).filter(({level}) => level === 'error')).toEqual([]));

const UNKNOWN_PATHS = [
  '/',
  '/nothing',
  '/inquiry',
  '/Inquiries',
  '/inquiries/a/b',
  '//inquiries',
  '/inquiries//',
  '//',
  '///',
  '//:0/live',
  '/./inquiries/..',
  '/%ff',
  '/%',
  '/%00',
  '/inquiries%2F',
  '/inquiries/%E0%A4%A',
  '/inquiries;x=1',
  '/__proto__',
  '/constructor',
  '/toString',
  '/hasOwnProperty',
  '/inquiries/constructor/x',
  '/inquiries/__proto__/__proto__',
  '/inquiries/toString',
  '/inquiries//01890a5d-ac96-774b-bcce-b302099a8057',
  '/openapi.yaml',
  '/explorer',
  '/metrics',
  '/health',
  `/${'x'.repeat(8000)}`,
  `/${'a/'.repeat(3000)}`,
];
test.each(UNKNOWN_PATHS)('GET %s is a 404 problem', async path => {
  const answer = await sendRaw(rest.url, rawRequest(`GET ${path}`, {Authorization: `Bearer ${token}`}));
  await expectProblem(answer, 'not-found');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

const ODD_TARGETS: readonly [string, number][] = [
  ['GET http://evil.test/live', 200], // absolute form (RFC 9112, 3.2.2) is a proxy's, and is understood
  ['GET http://evil.test/nothing', 404],
  ['GET http://evil.test:99999999/live', 200],
  ['GET http://evil.test:99999999/live?x=1', 400],
  ['GET /live#fragment', 200],
  ['GET /live?', 200],
  ['POST //inquiries', 404],
];
test.each(ODD_TARGETS)('"%s" gets %i', async (requestLine, status) => {
  const answer = await sendRaw(rest.url, rawRequest(requestLine, {}));
  expect(answer.status).toBe(status);
  if (status !== 200) await expectProblem(answer);
});

const WRONG_METHODS: readonly [string, string, string][] = [
  ['DELETE', '/inquiries', 'POST, GET, HEAD, PATCH, OPTIONS'],
  ['PUT', '/inquiries', 'POST, GET, HEAD, PATCH, OPTIONS'],
  ['TRACE', '/inquiries', 'POST, GET, HEAD, PATCH, OPTIONS'],
  ['PROPFIND', '/inquiries', 'POST, GET, HEAD, PATCH, OPTIONS'],
  ['HEAD', '/erasures', 'POST, OPTIONS'],
  ['GET', '/erasures', 'POST, OPTIONS'],
  ['POST', '/inquiries/01890a5d-ac96-774b-bcce-b302099a8057', 'GET, HEAD, PATCH, OPTIONS'],
  ['DELETE', '/inquiries/x', 'GET, HEAD, PATCH, OPTIONS'],
  ['POST', '/live', 'GET, HEAD, OPTIONS'],
];
test.each(WRONG_METHODS)('%s %s is a 405 problem that allows %s', async (method, path, allow) => {
  const answer = await sendRaw(rest.url, rawRequest(`${method} ${path}`, {'Content-Length': '0'}));
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  if (method !== 'HEAD') await expectProblem(answer, 'method-not-allowed');
});

test('HEAD answers like GET, without a body', async () => {
  for (const path of ['/live', '/ready', '/openapi.json', '/inquiries', '/inquiries?limit=0', '/nothing']) {
    const headers = {Authorization: `Bearer ${token}`};
    const [head, get] = await Promise.all(['HEAD', 'GET'].map(method => fetch(rest.url + path, {method, headers})));
    const parts = (response?: Response) =>
      [response?.status, response?.headers.get('content-type'), response?.headers.get('content-length')] as const;
    if (get?.ok) expect([path, ...parts(head)]).toEqual([path, ...parts(get)]);
    else expect([path, head?.status]).toEqual([path, get?.status]);
    expect(await head?.text()).toBe('');
  }
});

test('a missing, wrong, expired or misplaced token is a 401 problem with a challenge', async () => {
  const good = token;
  const expired = await issuer.sign({expiresIn: -60});
  for (const authorization of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Basic ${good}`,
    good,
    `Bearer ${good} x`,
    `Bearer ${expired}`,
    'Bearer zqMark7',
  ]) {
    const headers = authorization === undefined ? undefined : {Authorization: authorization};
    const response = await fetch(`${rest.url}/inquiries`, {headers});
    await expectProblem(response, 'unauthorized', {without: 'zqMark7'});
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="outreach"/);
  }
  await expectProblem(await rest.get(`/inquiries?access_token=${good}`), 'unauthorized'); // never from a URL
});

test('a token without the scope is a 403 problem that names the scope', async () => {
  const response = await rest.get('/inquiries', await issuer.sign({scope: 'inquiries:observe'}));
  await expectProblem(response, 'forbidden');
  expect(response.headers.get('www-authenticate')).toContain('scope="inquiries:read"');
});

test('a body that is not JSON is a 400 problem, another type 415 with Accept, too much 413', async () => {
  const post = (body: string, type: string) =>
    fetch(`${rest.url}/inquiries`, {method: 'POST', body, headers: {'Content-Type': type}});
  await expectProblem(await post('{"name":', 'application/json'), 'malformed-body');
  const unsupported = await post('<a/>', 'application/xml');
  await expectProblem(unsupported, 'unsupported-media-type');
  expect(unsupported.headers.get('accept')).toBe(
    'application/json, application/x-www-form-urlencoded, multipart/form-data',
  );
  await expectProblem(await post(' '.repeat(40_000), 'application/json'), 'body-too-large');
});

test('an invalid body is a 422 problem with one pointer, code and detail for each field', async () => {
  const response = await rest.post('/inquiries', {
    topic: 'no-such-topic',
    name: '',
    email: 'zqMark7',
    message: 'x'.repeat(5001),
    phone: false,
    locale: 5,
    'a/b~c\u0000zqMark7': 1,
    metadata: {a: 'ok', b: {}},
  });
  const {detail, errors} = await expectProblem(response, 'invalid-body', {without: '\u0000'});
  expect(detail).toBe('7 fields are not valid.');
  expect(errors).toEqual([
    {pointer: '/name', code: 'required', detail: 'is required'},
    {pointer: '/email', code: 'format', detail: 'must be an e-mail address'},
    {pointer: '/phone', code: 'type', detail: 'must be a string'},
    {pointer: '/message', code: 'too_big', max: 5000, detail: 'must be at most 5000 characters'},
    {pointer: '/locale', code: 'type', detail: 'must be a string'},
    {pointer: '/metadata/b', code: 'type', detail: 'must be text, a number, true, false, or a list of texts'},
    {pointer: '/a~1b~0c?zqMark7', code: 'unknown', detail: 'is not known'},
  ]);
});

test('a topic that is not offered is a 422 problem at /topic', async () => {
  const response = await rest.post('/inquiries', givenSubmission({topic: 'zq-mark7'}));
  const {errors} = await expectProblem(response, 'invalid-body', {without: 'zq-mark7'});
  expect(errors?.map(({pointer}) => pointer)).toEqual(['/topic']);
});

test('each missing field is named as required', async () => {
  const {errors} = await expectProblem(await rest.post('/inquiries', {}), 'invalid-body');
  expect(errors).toEqual(
    ['topic', 'name', 'email', 'message'].map(name => ({pointer: `/${name}`, code: 'required', detail: 'is required'})),
  );
});
