// The OpenAPI document as a whole: what it names, that it is the committed one, and where it is shown. What the service
// answers is held against it by operations.test.ts.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv} from 'ajv';
import formats from 'ajv-formats';
import {PUBLIC, ROUTE_ACCESS, type RouteKey} from '../../src/access/policy';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {headersOf, type OpenApiDocument, operationOf} from '../helpers/openapi';
import {givenRest, type TestRest} from '../helpers/rest';
import {ALL_ROUTES} from '../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let document: OpenApiDocument;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  document = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
});

test('has every route of the access table, its scope, and no other', () => {
  const documented = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => [
      `${method.toUpperCase()} ${path}`,
      operation.security.length === 0 ? PUBLIC : operation['x-scope'],
    ]),
  );
  expect(Object.fromEntries(documented)).toEqual(ROUTE_ACCESS);
});

test('names no class of ours, copies no schema of a body, and gives each body an example', () => {
  expect(JSON.stringify(document)).not.toMatch(/x-(controller|operation)-name|x-typescript-type|tsType|Controller/);
  for (const {key} of ALL_ROUTES) {
    const {requestBody, responses, tags} = operationOf(document, key);
    expect([key, tags.length]).toEqual([key, 1]);
    for (const {content = {}} of [requestBody ?? {}, ...Object.values(responses)]) {
      for (const [type, {schema, example, examples}] of Object.entries(content)) {
        expect([key, type, JSON.stringify(schema)]).toEqual([key, type, expect.not.stringContaining('"properties"')]);
        expect([key, type, example ?? examples]).toEqual([key, type, expect.anything()]);
      }
    }
  }
});

test('describes every parameter and header', () => {
  const sentence = expect.stringMatching(/^\S.{10,}/) as string;
  for (const {key} of ALL_ROUTES) {
    const {parameters = [], responses} = operationOf(document, key);
    const headers = Object.values(responses).flatMap(response => Object.entries(headersOf(document, response)));
    const described = [...parameters.map(each => [each.name, each] as const), ...headers];
    for (const [name, {description}] of described) expect([key, name, description]).toEqual([key, name, sentence]);
  }
});

test.each([['inquiries'], ['subscriptions']])('shows %s exported as they are: a header line and a row', async name => {
  const scope = `${name}:export`;
  const exported = await (await rest.get(`/${name}/export.csv`, await issuer.sign({scope}))).text();
  const {content} = operationOf(document, `GET /${name}/export.csv` as RouteKey).responses['200'] ?? {};
  const [header, row, end] = String(content?.['text/csv']?.example).split('\r\n');
  expect([header, row?.split(',').length, end]).toEqual([exported.split('\r\n')[0], header?.split(',').length, '']);
});

test('is served the same to many who ask at once', async () => {
  const texts = await Promise.all(Array.from({length: 10}, async () => (await rest.get('/openapi.json')).text()));
  expect(new Set(texts)).toEqual(new Set([JSON.stringify(document)]));
});

test('is OpenAPI 3.0, with an id for each operation and parameters that JSON Schema understands', () => {
  expect(document.openapi).toMatch(/^3\.0\.\d$/);
  const ids = ALL_ROUTES.map(({key}) => operationOf(document, key).operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const ajv = new Ajv({strict: true, strictRequired: false});
  formats(ajv);
  ajv.addVocabulary(['example']);
  for (const {key} of ALL_ROUTES) {
    for (const {schema} of operationOf(document, key).parameters ?? []) ajv.compile(schema);
  }
});

test('gives 401 and 403 where a token is needed and only there, and errors as problems, for forms as pages too', () => {
  for (const {key} of ALL_ROUTES) {
    const {responses, security, requestBody} = operationOf(document, key);
    const isForm = 'application/x-www-form-urlencoded' in (requestBody?.content ?? {});
    const statuses = Object.keys(responses);
    const secured = security.length > 0;
    expect([key, statuses.includes('401'), statuses.includes('403')]).toEqual([key, secured, secured]);
    for (const status of statuses.filter(each => Number(each) >= 400 && key !== 'GET /ready')) {
      const types = Object.keys(responses[status]?.content ?? {});
      expect([key, status, types]).toEqual([
        key,
        status,
        ['application/problem+json', ...(isForm ? ['text/html'] : [])],
      ]);
    }
  }
});

test('is the committed docs/openapi.json', () => {
  const committed = readFileSync(path.resolve(__dirname, '../../docs/openapi.json'), 'utf8');
  expect(JSON.parse(committed)).toEqual(document);
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
