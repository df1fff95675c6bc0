// Every documented operation, with a good request and with one for each problem that it documents: the answer has a
// documented status, its headers, its media type, and a body that its schema accepts. What is documented is also seen.
import {PUBLIC, ROUTE_ACCESS, type RouteKey} from '../../src/access/policy';
import type {ProblemKind} from '../../src/contract/problem';
import {MAIL_LINKS_OF_FLOOD} from '../../src/services/guards/rate-limit';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {
  type CheckedAnswer,
  createAnswerCheck,
  documentedKinds,
  type OpenApiDocument,
  operationOf,
} from '../helpers/openapi';
import {rawRequest, sendRaw} from '../helpers/raw-http';
import {givenRest, type TestRest} from '../helpers/rest';
import {
  ALL_ROUTES,
  ALLOWED_ORIGIN,
  givenSeed,
  type RequestChange,
  ROUTE_SAMPLES,
  sampleRequest,
  type SampleRequest,
} from '../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

// Columns that are not there are our defect (a missing table is "not migrated yet", and so a 503).
const BREAK_EVERY_TABLE = `
  DO $$ DECLARE broken record; BEGIN
    FOR broken IN SELECT table_name, column_name FROM information_schema.columns
                  JOIN pg_tables ON tablename = table_name AND schemaname = table_schema
                  WHERE table_schema = 'public' AND table_name <> 'pgmigrations'
    LOOP EXECUTE format('ALTER TABLE %I RENAME COLUMN %I TO %I',
                        broken.table_name, broken.column_name, 'gone_' || broken.column_name); END LOOP;
  END $$`;

type Stage = 'healthy' | 'broken' | 'dead' | 'production' | 'limited';

let issuer: TokenIssuer;
let database: TestDatabase;
let stages: Record<Stage, TestRest>;
let document: OpenApiDocument;
let check: ReturnType<typeof createAnswerCheck>;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  const [healthy, broken] = await Promise.all([givenDatabase(), givenDatabase()]);
  database = healthy;
  await broken.query(BREAK_EVERY_TABLE);
  const deadKeys = {AUTH_JWKS: '', AUTH_JWKS_URL: 'http://127.0.0.1:1/none'};
  stages = {
    healthy: await givenRest({databaseUrl: healthy.url, issuer, env: {ALLOWED_ORIGINS: ALLOWED_ORIGIN}}),
    broken: await givenRest({databaseUrl: broken.url, issuer}),
    dead: await givenRest({databaseUrl: 'postgres://127.0.0.1:1/none', issuer, env: deadKeys}),
    production: await givenRest({databaseUrl: healthy.url, issuer, env: {NODE_ENV: 'production', FORM_TOKEN_KEYS: ''}}),
    limited: await givenRest({
      databaseUrl: healthy.url,
      issuer,
      env: {RATE_LIMIT: 'on', RATE_LIMIT_FLOOD_PER_CLIENT: '1'},
    }),
  };
  document = (await (await stages.healthy.get('/openapi.json')).json()) as OpenApiDocument;
  check = createAnswerCheck(document);
});

async function request(key: RouteKey, change: RequestChange = {}): Promise<SampleRequest> {
  const made = sampleRequest(key, {document, seed: await givenSeed(database, change.given), change});
  const scope = ROUTE_ACCESS[key];
  const authorization =
    scope === PUBLIC ? undefined : `Bearer ${await issuer.sign({scope, topics: change.narrowedTo})}`;
  return {...made, headers: {...(authorization !== undefined && {Authorization: authorization}), ...made.headers}};
}

function send({method, path, headers, body}: SampleRequest, stage: Stage = 'healthy'): Promise<Response> {
  return fetch(stages[stage].url + path, {method, headers, body, redirect: 'manual'});
}

function sendRawly({method, path, headers, body = ''}: SampleRequest, extra: Record<string, string>) {
  const length = {'Content-Length': String(Buffer.byteLength(body))};
  return sendRaw(stages.healthy.url, rawRequest(`${method} ${path}`, {...headers, ...length, ...extra}, body));
}

function namesOf({headers}: Response): string[] {
  return [...headers.keys()];
}

function withParameter(path: string, parameter: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}${parameter}`;
}

/** How each kind of problem is provoked on any route that documents it: what differs from its good request. */
const CHANGES: Partial<Record<ProblemKind, (good: SampleRequest) => Partial<SampleRequest> | Promise<object>>> = {
  'invalid-parameter': ({path}) => ({path: withParameter(path, 'no_such_parameter=1')}),
  'not-found': ({path}) => ({path: path.replace(/[0-9a-f-]{36}/, '0192f7c4-0000-7000-8000-000000000000')}),
  unauthorized: ({headers}) => ({headers: {...headers, Authorization: 'Bearer none'}}),
  forbidden: async ({headers}) => ({
    headers: {...headers, Authorization: `Bearer ${await issuer.sign({scope: 'inquiries:none'})}`},
  }),
  'malformed-body': () => ({body: '{'}),
  'body-too-large': () => ({body: ' '.repeat(40_000)}),
  'unsupported-media-type': ({headers}) => ({headers: {...headers, 'Content-Type': 'text/plain'}}),
  'invalid-body': () => ({body: '{"noSuchField": 1}'}),
  'uri-too-long': ({path}) => ({path: withParameter(path, `x=${'x'.repeat(8192)}`)}),
};
const FIELDS = Object.fromEntries(Array.from({length: 101}, (_, index) => [`x-${index}`, '1']));
/** The kinds that need another sender or another process. */
const SENDERS: Partial<Record<ProblemKind, (good: SampleRequest) => Promise<CheckedAnswer>>> = {
  'malformed-request': good => sendRawly(good, {host: 'again.test'}),
  'headers-too-large': good => sendRawly(good, FIELDS),
  'internal-error': good => send(good, 'broken'),
  unavailable: good => send(good, 'dead'),
  'too-many-requests': async good => {
    let answer = await send(good, 'limited');
    for (let sent = 1; sent <= MAIL_LINKS_OF_FLOOD && answer.status !== 429; sent += 1) {
      answer = await send(good, 'limited');
    }
    return answer;
  },
};
// Only time provokes it: test/acceptance/http/request-limits.test.ts does.
const TAKES_TIME: readonly ProblemKind[] = ['request-timeout'];

async function provoke(key: RouteKey, kind: ProblemKind): Promise<CheckedAnswer> {
  const specific = ROUTE_SAMPLES[key].provoke?.[kind];
  if (specific) return send(await request(key, specific), specific.on);
  const good = await request(key);
  const sender = SENDERS[kind];
  if (sender) return sender(good);
  const change = CHANGES[kind];
  if (!change) throw new Error(`${key}: nothing provokes ${kind}; say how in test/helpers/route-samples.ts`);
  return send({...good, ...(await change(good))});
}

test.each(ALL_ROUTES)('$key answers as documented, and documents what it answers', async ({key, sample}) => {
  const good = await send(await request(key));
  await check(key, good);
  expect([key, good.status < 400]).toEqual([key, true]);
  const seen = new Set([String(good.status)]);
  const headers = new Set(namesOf(good));
  for (const {status, ...change} of sample.also ?? []) {
    const answer = await send(await request(key, change), change.on);
    await check(key, answer);
    expect([key, answer.status]).toEqual([key, status]);
    seen.add(String(status));
    for (const name of namesOf(answer)) headers.add(name);
  }
  const skipped = [...TAKES_TIME, ...(sample.unprovoked ?? [])];
  const operation = operationOf(document, key);
  for (const kind of documentedKinds(operation) as ProblemKind[]) {
    if (skipped.includes(kind)) continue;
    const answer = await provoke(key, kind);
    const {type} = JSON.parse(await check(key, answer)) as {type: string};
    expect([key, type]).toEqual([key, `/problems/${kind}`]);
    seen.add(String(answer.status));
  }
  const successes = Object.keys(operation.responses).filter(status => Number(status) < 400 || status === '503');
  expect([key, successes.filter(status => !seen.has(status))]).toEqual([key, []]);
  const promised = successes
    .filter(status => Number(status) < 400)
    .flatMap(status => Object.keys(operation.responses[status]?.headers ?? {}));
  expect([key, promised.filter(name => !headers.has(name.toLowerCase()))]).toEqual([key, []]);
});
