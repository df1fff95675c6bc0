// Who gets in over REST: every route of the access table against every bad token, and topics outside the claim.
import {ALL_SCOPES, PUBLIC, ROUTE_ACCESS} from '../../../src/access/policy';
import {type Problem, PROBLEMS} from '../../../src/contract/problem';
import {
  BAD_TOKENS,
  type ForgingIssuer,
  givenForgingIssuer,
  givenPayload,
  SECRET_SUBJECT,
} from '../../helpers/bad-tokens';
import {givenDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';

const UNKNOWN_ID = '0192f7c4-0000-7000-8000-000000000000';
const PROTECTED = Object.entries(ROUTE_ACCESS).flatMap(([key, access]) => {
  const [method = '', path = ''] = key.split(' ');
  return access === PUBLIC ? [] : [{key, method, path: path.replaceAll(/\{\w+\}/g, UNKNOWN_ID), scope: access}];
});

let issuer: ForgingIssuer;
let rest: TestRest;
let sales: string;
let press: string;

beforeAll(async () => {
  const [database, forging] = await Promise.all([givenDatabase(), givenForgingIssuer()]);
  issuer = forging;
  rest = await givenRest({databaseUrl: database.url, issuer});
  [sales, press] = await Promise.all([submit('sales'), submit('press')]);
});

async function submit(topic: string): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission({topic}));
  return ((await response.json()) as {id: string}).id;
}

async function call(method: string, path: string, authorization?: string): Promise<Response> {
  return fetch(rest.url + path, {
    method,
    headers: {'Content-Type': 'application/json', ...(authorization !== undefined && {Authorization: authorization})},
    ...(method !== 'GET' && method !== 'HEAD' && {body: '{}'}),
  });
}

async function expectRefusal(response: Response, kind: 'unauthorized' | 'forbidden'): Promise<Problem> {
  expect(response.status).toBe(PROBLEMS[kind].status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({type: `/problems/${kind}`, status: PROBLEMS[kind].status});
  return problem;
}

test('the access table has protected routes, and a good token with their scope passes each of them', async () => {
  expect(PROTECTED.length).toBeGreaterThanOrEqual(2);
  for (const {key, method, path, scope} of PROTECTED) {
    const token = await issuer.signPayload(givenPayload({scope}));
    const {status} = await call(method, path, `Bearer ${token}`);
    expect({key, refused: status === 401 || status === 403}).toEqual({key, refused: false});
  }
});

test('each protected route needs its own scope: with all the others it is 403', async () => {
  for (const {method, path, scope} of PROTECTED) {
    const others = ALL_SCOPES.filter(other => other !== scope).join(' ');
    const token = await issuer.signPayload(givenPayload({scope: others}));
    const response = await call(method, path, `Bearer ${token}`);
    await expectRefusal(response, 'forbidden');
    expect(response.headers.get('WWW-Authenticate')).toBe(
      `Bearer realm="outreach", error="insufficient_scope", scope="${scope}"`,
    );
  }
});

test.each(BAD_TOKENS)('$title is refused on every protected route, and nothing is echoed', async ({refusal, make}) => {
  const token = await make(issuer);
  for (const {method, path} of PROTECTED) {
    const response = await call(method, path, token === undefined ? undefined : `Bearer ${token}`);
    expect(response.headers.get('WWW-Authenticate')).toMatch(challengeOf(token, refusal));
    const said = JSON.stringify([...response.headers, await expectRefusal(response, refusal)]);
    expect(said).not.toContain(SECRET_SUBJECT);
    for (const part of (token ?? '').split('.').filter(Boolean)) expect(said).not.toContain(part);
  }
  // The audit of access names the subject of a valid token, and nothing else does.
  const unaudited = rest.lines.filter(({msg}) => !String(msg).startsWith('access.'));
  for (const secret of [SECRET_SUBJECT, token ?? SECRET_SUBJECT]) {
    expect(JSON.stringify(unaudited)).not.toContain(secret);
  }
});

function challengeOf(token: string | undefined, refusal: 'unauthorized' | 'forbidden'): RegExp {
  if (token === undefined) return /^Bearer realm="outreach"$/;
  return refusal === 'forbidden' ? /error="insufficient_scope", scope="[a-z:]+"$/ : /error="invalid_token"$/;
}

test('a good token counts only in the Authorization header, once, as a bearer token', async () => {
  const token = await issuer.sign();
  const refused = await Promise.all([
    call('GET', `/inquiries?access_token=${token}`),
    call('GET', '/inquiries', token),
    call('GET', '/inquiries', `Basic ${token}`),
    call('GET', '/inquiries', `Bearer`),
    call('GET', '/inquiries', `Bearer ${token} ${token}`),
    call('GET', '/inquiries', `Bearer ${token}, Bearer ${token}`),
  ]);
  for (const response of refused) await expectRefusal(response, 'unauthorized');
  expect((await call('GET', '/inquiries', `bearer ${token}`)).status).toBe(200); // RFC 9110: schemes have no case
});

test('HEAD needs the same token as GET', async () => {
  expect((await call('HEAD', '/inquiries')).status).toBe(401);
  expect((await call('HEAD', '/inquiries', `Bearer ${await issuer.sign()}`)).status).toBe(200);
});

test('a public route does not look at the Authorization header', async () => {
  const headers = {Authorization: 'Bearer nonsense'};
  expect((await rest.post('/inquiries', givenSubmission(), headers)).status).toBe(201);
});

test('one inquiry outside the topic claim is 404, in the same words as one that does not exist', async () => {
  const token = await issuer.sign({topics: ['sales']});
  expect((await rest.get(`/inquiries/${sales}`, token)).status).toBe(200);
  const problems = await Promise.all(
    [press, UNKNOWN_ID].map(async id => {
      const response = await rest.get(`/inquiries/${id}`, token);
      return {status: response.status, problem: {...((await response.json()) as Problem), instance: ''}};
    }),
  );
  expect(problems[0]?.status).toBe(404);
  expect(problems[0]).toEqual(problems[1]);
});

test.each([
  {claim: ['sales'], query: '', expected: ['sales']},
  {claim: ['sales'], query: '&topic=press', expected: []},
  {claim: ['support'], query: '', expected: []},
  {claim: [], query: '', expected: []},
  {claim: ['*'], query: '', expected: ['press', 'sales']},
  {claim: undefined, query: '', expected: ['press', 'sales']},
])('with the topics $claim the list$query holds and counts $expected', async ({claim, query, expected}) => {
  const only = await givenTwoInquiries();
  const response = await only.get(`/inquiries?total=true${query}`, await issuer.sign({topics: claim}));
  expect(response.status).toBe(200);
  const rows = (await response.json()) as {topic: string}[];
  expect(rows.map(({topic}) => topic).sort()).toEqual(expected);
  expect(response.headers.get('X-Total-Count')).toBe(String(expected.length));
});

// A database of its own, since other tests of this file submit too.
let two: Promise<TestRest> | undefined;
function givenTwoInquiries(): Promise<TestRest> {
  two ??= (async () => {
    const own = await givenRest({databaseUrl: (await givenDatabase()).url, issuer});
    for (const topic of ['sales', 'press']) await own.post('/inquiries', givenSubmission({topic}));
    return own;
  })();
  return two;
}
