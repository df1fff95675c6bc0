// The audit of access: who changed or took what leaves one line, and the line holds no content.
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Request} from '@loopback/rest';
import {parseClaims} from '../../../src/access/claims';
import type {RouteKey} from '../../../src/access/policy';
import {auditAccess, auditEventOf, loggedSubject} from '../../../src/rest/auth/audit-log';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenLogger} from '../../helpers/logger';
import type {OpenApiDocument} from '../../helpers/openapi';
import {givenRest, type TestRest} from '../../helpers/rest';
import {ALL_ROUTES, givenSeed, PROTECTED_ROUTES, sampleRequest, type SampleRequest} from '../../helpers/route-samples';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let document: OpenApiDocument;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  document = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
});

beforeEach(() => void rest.lines.splice(0));

function send({method, path, headers, body}: SampleRequest, token: string, requestId: string): Promise<Response> {
  const own = {Authorization: `Bearer ${token}`, 'X-Request-Id': requestId};
  return fetch(rest.url + path, {method, headers: {...headers, ...own}, body});
}

const audit = () => rest.lines.filter(({msg}) => String(msg).startsWith('access.'));

test('each write, export and erasure leaves one line: who, scope, route, status, counts, request id', async () => {
  for (const {key, scope, sample} of PROTECTED_ROUTES.filter(route => auditEventOf(route.key))) {
    const seed = await givenSeed(database);
    const requestId = randomUUID();
    const answer = await send(
      sampleRequest(key, {document, seed}),
      await issuer.sign({scope, subject: 'ada'}),
      requestId,
    );
    await answer.text();
    const line = await eventually(() => {
      const found = audit().filter(logged => logged.requestId === requestId);
      expect(found).toHaveLength(1);
      return found[0];
    });
    expect(line).toMatchObject({level: 'info', msg: auditEventOf(key), subject: 'ada', scope, route: key});
    expect(line).toMatchObject({status: answer.status, complete: true});
    const known = ['level', 'time', 'msg', 'subject', 'scope', 'route', 'requestId', 'status', 'complete', 'counts'];
    expect(Object.keys(line ?? {}).filter(name => !known.includes(name))).toEqual([]);
    const counts = Object.entries((line?.counts ?? {}) as Record<string, number>); // as rest/auth/audit-log.ts writes them
    expect([key, counts.map(([name]) => name).sort()]).toEqual([key, [...(sample.counts ?? [])].sort()]);
    for (const [, count] of counts) expect([key, count]).toEqual([key, expect.any(Number)]);
    if (sample.counts) expect([key, counts.some(([, count]) => count > 0)]).toEqual([key, true]);
    for (const content of [seed.email, seed.name, seed.message, seed.inquiryId])
      expect(rest.text()).not.toContain(content);
  }
});

test('a refused attempt leaves one line with who, scope and route, and nothing of the request', async () => {
  for (const {key, scope} of PROTECTED_ROUTES) {
    const seed = await givenSeed(database);
    const requestId = randomUUID();
    const token = await issuer.sign({scope: 'inquiries:none', subject: 'eve'});
    expect((await send(sampleRequest(key, {document, seed}), token, requestId)).status).toBe(403);
    const lines = audit().filter(line => line.requestId === requestId);
    const {time, ...line} = lines[0] ?? {};
    expect([lines.length, typeof time]).toEqual([1, 'number']);
    expect(line).toEqual({level: 'info', msg: 'access.denied', subject: 'eve', scope, route: key, requestId});
    expect(rest.text()).not.toContain(seed.email);
  }
});

test('a subject that is an address is written as its hash, always the same', async () => {
  const bearers = await Promise.all(
    ['ada@example.org', 'bob@example.org', 'ada@example.org'].map(subject =>
      issuer.sign({scope: 'inquiries:none', subject}),
    ),
  );
  for (const token of bearers) await rest.get('/inquiries', token);
  const subjects = audit().map(({subject}) => String(subject));
  expect(subjects).toEqual(['ada@example.org', 'bob@example.org', 'ada@example.org'].map(loggedSubject));
  expect(new Set(subjects).size).toBe(2);
  expect(rest.text()).not.toContain('@example.org');
});

test('public requests, reads and requests without a valid token leave no line', async () => {
  for (const {key} of ALL_ROUTES.filter(route => auditEventOf(route.key) === undefined)) {
    const right = PROTECTED_ROUTES.find(route => route.key === key);
    const token = await issuer.sign(right && {scope: right.scope});
    await (await send(sampleRequest(key, {document, seed: await givenSeed(database)}), token, 'audit-none')).text();
  }
  for (const {key} of PROTECTED_ROUTES) {
    await (await send(sampleRequest(key, {document, seed: await givenSeed(database)}), 'none', 'audit-none')).text();
  }
  expect(audit()).toEqual([]);
});

test.each<[RouteKey, string | undefined]>([
  ['GET /inquiries', undefined],
  ['POST /inquiries', undefined],
  ['PATCH /inquiries/{id}', 'access.write'],
  ['POST /erasures', 'access.write'],
  ['GET /inquiries/export.csv', 'access.export'],
  ['POST /subject-exports', 'access.export'],
])('%s is audited as %s', (key, event) => {
  expect(auditEventOf(key)).toBe(event);
});

test('an export that the client leaves is logged as not complete, with what was counted until then', async () => {
  const {logger, lines} = givenLogger();
  const claims = parseClaims({sub: 'ada', exp: 2_000_000_000});
  if (!claims) throw new Error('the claims of this test are refused');
  const counts = {rows: 0};
  const server = createServer((request, response) => {
    const attempt = {key: 'GET /inquiries/export.csv', scope: 'inquiries:export', claims, requestId: 'export-1'};
    auditAccess(response, attempt, {counts: () => counts, logger});
    const endless = setInterval(() => (counts.rows++, response.write(`${(request as Request).url}\r\n`)), 5);
    response.once('close', () => clearInterval(endless));
  });
  server.listen(0, '127.0.0.1');
  onTeardown(async () => void server.close());
  await once(server, 'listening');
  const abort = new AbortController();
  const {port} = server.address() as AddressInfo; // it listens on a port
  const answer = await fetch(`http://127.0.0.1:${port}/`, {signal: abort.signal});
  await answer.body?.getReader().read();
  expect(lines).toEqual([]);
  abort.abort();
  const [line] = await eventually(() => (expect(lines).toHaveLength(1), lines));
  expect(line).toMatchObject({msg: 'access.export', status: 200, complete: false, counts: {rows: counts.rows}});
  expect(counts.rows).toBeGreaterThan(0);
});
