// The OpenAPI document is what the service does: the same routes as the access table, and answers that its own schemas
// accept, status by status.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {OpenApiSpec, ReferenceObject, ResponseObject} from '@loopback/rest';
import {Ajv} from 'ajv';
import formats from 'ajv-formats';
import {PUBLIC, ROUTE_ACCESS, type RouteKey} from '../../src/contract/access';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenSubmission} from '../helpers/inquiries';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

interface Operation {
  operationId: string;
  security: Record<string, string[]>[];
  responses: Record<string, ResponseObject | ReferenceObject>;
  requestBody?: {content: Record<string, {schema: object}>};
  parameters?: {name: string; in: string; required: boolean; schema: object}[];
}

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let token: string;
let document: OpenApiSpec;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: 'https://www.example.org'}});
  token = await issuer.sign();
  document = (await (await rest.get('/openapi.json')).json()) as OpenApiSpec;
});

const ajv = new Ajv({strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true});
formats(ajv);

function operations(): Map<string, Operation> {
  const entries = Object.entries(document.paths).flatMap(([route, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(
      ([method, operation]) => [`${method.toUpperCase()} ${route}`, operation] as const,
    ),
  );
  return new Map(entries);
}

function operationOf(key: RouteKey): Operation {
  const operation = operations().get(key);
  if (!operation) throw new Error(`${key} is not in the document`);
  return operation;
}

test('lists exactly the routes of the access table, each with its scope', () => {
  const listed = Object.fromEntries(
    [...operations()].map(([key, {security}]) => [key, security.length === 0 ? PUBLIC : security[0]?.bearer?.[0]]),
  );
  expect(listed).toEqual(ROUTE_ACCESS);
});

test('gives each operation an id of its own, and 401 and 403 where a token is needed', () => {
  const all = [...operations()];
  expect(new Set(all.map(([, {operationId}]) => operationId)).size).toBe(all.length);
  for (const [key, {responses, security}] of all) {
    const statuses = Object.keys(responses);
    expect([key, statuses.includes('401'), statuses.includes('403')]).toEqual([
      key,
      security.length > 0,
      security.length > 0,
    ]);
    expect([key, statuses]).toEqual([key, expect.arrayContaining(['500'])]);
    for (const [status, response] of Object.entries(responses)) {
      const types = Object.keys((response as ResponseObject).content ?? {}); // ours refer to nothing
      const isProblem = Number(status) >= 400 && key !== 'GET /ready';
      if (isProblem) expect([key, status, types]).toEqual([key, status, ['application/problem+json']]);
    }
  }
});

test('is OpenAPI 3.0 without references that lead nowhere or types of TypeScript', () => {
  expect(document.openapi).toMatch(/^3\.0\.\d$/);
  const text = JSON.stringify(document);
  expect(text).not.toMatch(/tsType|x-typescript-type|\$ref/);
  for (const [, {parameters = [], requestBody}] of operations()) {
    for (const {schema} of parameters) ajv.compile(schema);
    for (const {schema} of Object.values(requestBody?.content ?? {})) ajv.compile(schema);
  }
});

test('is the committed docs/openapi.json', () => {
  const committed = readFileSync(path.resolve(__dirname, '../../docs/openapi.json'), 'utf8');
  expect(JSON.parse(committed)).toEqual(document);
});

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const CONSENT = {consentVersion: '1', consentTextSha256: 'e'.repeat(64)};
type Send = () => Promise<Response>;
const bearer = () => ({Authorization: `Bearer ${token}`});
const form = (fields: Record<string, string>): Promise<Response> =>
  fetch(`${rest.url}/inquiries`, {method: 'POST', body: new URLSearchParams(fields), redirect: 'manual'});
const textForm = () => givenSubmission() as Record<string, string>;

const REQUESTS: readonly [RouteKey, number, string, Send][] = [
  ['POST /inquiries', 201, 'JSON', () => rest.post('/inquiries', givenSubmission({metadata: {a: 'b'}, locale: 'de'}))],
  ['POST /inquiries', 201, 'a form', () => form(textForm())],
  ['POST /inquiries', 303, 'a form with _next', () => form({...textForm(), _next: 'https://www.example.org/'})],
  ['POST /inquiries', 400, 'a bad key', () => rest.post('/inquiries', givenSubmission(), {'Idempotency-Key': 'a b'})],
  ['POST /inquiries', 413, 'much', () => rest.post('/inquiries', givenSubmission({message: 'x'.repeat(40_000)}))],
  ['POST /inquiries', 415, 'text', () => rest.post('/inquiries', {}, {'Content-Type': 'text/plain'})],
  ['POST /inquiries', 422, 'nothing', () => rest.post('/inquiries', {})],
  ['POST /subscriptions', 202, 'JSON', () => rest.post('/subscriptions', {email: 'a@example.org', ...CONSENT})],
  ['POST /subscriptions', 415, 'a form', () => rest.post('/subscriptions', {}, {'Content-Type': 'text/plain'})],
  ['POST /subscriptions', 422, 'nothing', () => rest.post('/subscriptions', {})],
  ['GET /inquiries', 200, 'a page', () => rest.get('/inquiries?limit=1&total=true', token)],
  ['GET /inquiries', 400, 'a bad limit', () => rest.get('/inquiries?limit=0', token)],
  ['GET /inquiries', 401, 'no token', () => rest.get('/inquiries')],
  ['GET /inquiries', 403, 'no scope', async () => rest.get('/inquiries', await issuer.sign({scope: 'x'}))],
  ['GET /inquiries/{id}', 200, 'an id', getLatest],
  ['GET /inquiries/{id}', 400, 'a word', () => rest.get('/inquiries/word', token)],
  ['GET /inquiries/{id}', 404, 'an unknown id', () => fetch(`${rest.url}/inquiries/${ID}`, {headers: bearer()})],
  ['GET /live', 200, 'nothing', () => rest.get('/live')],
  ['GET /ready', 200, 'nothing', () => rest.get('/ready')],
  ['GET /openapi.json', 200, 'nothing', () => rest.get('/openapi.json')],
];

async function getLatest(): Promise<Response> {
  const [{id} = {id: ID}] = await database.query<{id: string}>('SELECT id FROM inquiry ORDER BY id DESC LIMIT 1');
  return rest.get(`/inquiries/${id}`, token);
}

test.each(REQUESTS)('%s answers %i to %s as declared', async (key, status, _with, send) => {
  const response = await send();
  expect(response.status).toBe(status);
  const declared = operationOf(key).responses[String(status)] as ResponseObject | undefined; // ours refer to nothing
  expect(declared).toBeDefined();
  const text = await response.text();
  const type = response.headers.get('content-type')?.split(';')[0];
  const schema = type === undefined ? undefined : declared?.content?.[type]?.schema;
  expect([text === '', schema === undefined]).toEqual([
    declared?.content === undefined,
    declared?.content === undefined,
  ]);
  for (const name of Object.keys(declared?.headers ?? {})) {
    if (name !== 'Link') expect([name, response.headers.get(name)]).toEqual([name, expect.any(String)]);
  }
  if (!schema) return;
  const validate = ajv.compile(schema);
  expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null]);
});

test('each route has an answer in this test, so a new one cannot be forgotten', () => {
  expect([...new Set(REQUESTS.map(([key]) => key))].sort()).toEqual(Object.keys(ROUTE_ACCESS).sort());
});

test('readiness that fails answers as declared too', async () => {
  const down = await givenRest({databaseUrl: 'postgres://127.0.0.1:1/none', issuer});
  const response = await down.get('/ready');
  const declared = operationOf('GET /ready').responses['503'] as ResponseObject; // ours refer to nothing
  const validate = ajv.compile(declared.content?.['application/json']?.schema ?? {});
  expect([response.status, validate(await response.json())]).toEqual([503, true]);
  const submitted = await down.post('/inquiries', givenSubmission());
  expect([submitted.status, submitted.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect(Object.keys(operationOf('POST /inquiries').responses)).toContain('503');
});

test.each([
  ['production', undefined, 404],
  ['production', 'true', 200],
  ['production', 'false', 404],
  ['staging', undefined, 200],
  ['staging', 'false', 404],
])('with NODE_ENV=%s and OPENAPI_ENABLED=%s the document gets %i', async (NODE_ENV, enabled, status) => {
  const env = {NODE_ENV, ...(enabled !== undefined && {OPENAPI_ENABLED: enabled})};
  const other = await givenRest({databaseUrl: database.url, issuer, env});
  expect((await other.get('/openapi.json')).status).toBe(status);
  if (status === 404)
    for (const at of ['/openapi.yaml', '/explorer', '/']) expect((await other.get(at)).status).toBe(404);
});
