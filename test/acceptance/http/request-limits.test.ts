// Limits of requests: what is bounded, what a sender may not do, and what every answer has whatever it says.
import {connect} from 'node:net';
import {ROUTE_ACCESS, type RouteKey} from '../../../src/access/policy';
import {MAX_HEADER_FIELDS, MAX_TARGET_BYTES} from '../../../src/rest/server/http-server';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {type OpenApiDocument, operationOf} from '../../helpers/openapi';
import {expectProblem} from '../../helpers/problem-details';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {ALL_ROUTES, ALLOWED_ORIGIN, givenSeed, PROTECTED_ROUTES, sampleRequest} from '../../helpers/route-samples';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let document: OpenApiDocument;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: ALLOWED_ORIGIN}});
  document = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
});

async function send(key: RouteKey, headers: Record<string, string> = {}, method?: string): Promise<Response> {
  const made = sampleRequest(key, {document, seed: await givenSeed(database)});
  const right = PROTECTED_ROUTES.find(route => route.key === key);
  const authorization = right && {Authorization: `Bearer ${await issuer.sign({scope: right.scope})}`};
  return fetch(rest.url + made.path, {
    ...made,
    method: method ?? made.method,
    body: method === undefined ? made.body : undefined,
    headers: {...made.headers, ...authorization, ...headers},
    redirect: 'manual',
  });
}

const methodsAt = (path: string): string[] =>
  Object.keys(ROUTE_ACCESS).flatMap(key => {
    const [method = '', template] = key.split(' ');
    return template !== path ? [] : method === 'GET' ? ['GET', 'HEAD'] : [method];
  });

describe('CORS', () => {
  test('a preflight allows each method and request header of the document', async () => {
    for (const {key} of ALL_ROUTES) {
      const [method = '', path = ''] = key.split(' ');
      const names = (operationOf(document, key).parameters ?? []).flatMap(({in: at, name}) =>
        at === 'header' ? name : [],
      );
      const asked = ['Authorization', 'Content-Type', 'X-Request-Id', ...names].map(name => name.toLowerCase());
      const answer = await fetch(rest.url + path, {
        method: 'OPTIONS',
        headers: {
          Origin: ALLOWED_ORIGIN,
          'Access-Control-Request-Method': method,
          'Access-Control-Request-Headers': asked.join(','),
        },
      });
      expect([key, answer.status, await answer.text()]).toEqual([key, 204, '']);
      const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(',');
      expect([key, allowed]).toEqual([key, expect.arrayContaining(asked)]);
      expect(answer.headers.get('access-control-allow-methods')?.split(',')).toContain(method);
      expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
    }
  });

  test('a page may read each response header of the document', async () => {
    for (const {key} of ALL_ROUTES) {
      const {headers} = await send(key, {Origin: ALLOWED_ORIGIN});
      const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',');
      const documented = Object.values(operationOf(document, key).responses).flatMap(response =>
        Object.keys(response.headers ?? {}).map(name => name.toLowerCase()),
      );
      const safelisted = ['cache-control', 'content-type']; // readable without being exposed (Fetch, 2.2.2)
      expect([key, documented.filter(name => !exposed.includes(name) && !safelisted.includes(name))]).toEqual([
        key,
        [],
      ]);
    }
  });
});

describe('methods', () => {
  test('OPTIONS without Origin says which methods each path has, without a token', async () => {
    for (const {key} of ALL_ROUTES) {
      const path = key.split(' ')[1] ?? '';
      const answer = await fetch(rest.url + path.replace('{id}', '0192f7c4-0000-7000-8000-000000000000'), {
        method: 'OPTIONS',
      });
      expect([path, answer.status, await answer.text()]).toEqual([path, 204, '']);
      const allowed = answer.headers.get('allow')?.split(', ').sort();
      expect([path, allowed]).toEqual([path, [...methodsAt(path), 'OPTIONS'].sort()]);
    }
    const wide = await sendRaw(rest.url, rawRequest('OPTIONS *', {}));
    expect([wide.status, wide.headers.get('allow')]).toEqual([204, expect.stringContaining('POST')]);
    await expectProblem(await fetch(`${rest.url}/nothing`, {method: 'OPTIONS'}), 'not-found');
    await expectProblem(await sendRaw(rest.url, rawRequest('GET *', {})), 'not-found');
  });

  test('another method gets 405 with the same Allow', async () => {
    for (const {key} of ALL_ROUTES) {
      const path = (key.split(' ')[1] ?? '').replace('{id}', '0192f7c4-0000-7000-8000-000000000000');
      const answer = await fetch(rest.url + path, {method: 'PUT'});
      await expectProblem(answer, 'method-not-allowed');
      const options = await fetch(rest.url + path, {method: 'OPTIONS'});
      expect([path, answer.headers.get('allow')]).toEqual([path, options.headers.get('allow')]);
    }
  });

  test('HEAD has the status and headers of GET, and no body', async () => {
    for (const {key} of ALL_ROUTES.filter(route => route.key.startsWith('GET '))) {
      const [head, get] = [await send(key, {}, 'HEAD'), await send(key)];
      expect([key, head.status, await head.text()]).toEqual([key, get.status, '']);
      for (const name of ['content-type', 'cache-control']) {
        expect([key, name, head.headers.get(name)]).toEqual([key, name, get.headers.get(name)]);
      }
    }
  });
});

describe('every answer', () => {
  test('to a token is not to be stored, good or bad', async () => {
    for (const {key} of PROTECTED_ROUTES) {
      const tried: Record<string, string>[] = [{}, {Authorization: 'none'}, {'X-Total': 'perhaps', 'If-Match': 'x'}];
      for (const headers of tried) {
        expect([key, (await send(key, headers)).headers.get('cache-control')]).toEqual([key, 'no-store']);
      }
    }
  });

  test('is not compressed, whatever the client accepts', async () => {
    for (const {key} of ALL_ROUTES) {
      const {headers} = await send(key, {'Accept-Encoding': 'gzip, br, deflate'});
      expect([key, headers.get('content-encoding')]).toEqual([key, null]);
    }
  });

  test.each([
    ['0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e', true],
    ['0192F7C4-6A3E-7C1B-9D2E-4F5A6B7C8D9E', true],
    ['4bf92f3577b34da6a3ce929d0e0e4736', true], // a trace id of W3C, or nginx's $request_id
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', false],
    ['0192f7c46a3e-7c1b-9d2e-4f5a-6b7c8d9e', false],
    ['4bf92f3577b34da6a3ce929d0e0e473', false],
    ['4bf92f3577b34da6a3ce929d0e0e47360', false],
    ['zoe.example.org', false],
    ['Zoe-Washburne-1980', false],
    ['4111111111111111', false],
    ['00493012345678', false],
    ['short', false],
    ['x'.repeat(65), false],
    ['with space in it', false],
    ['<script>alert</script>', false],
  ])('has the request id "%s" only when it is well-formed', async (sent, kept) => {
    for (const path of ['/live', '/nothing', '/inquiries']) {
      const returned = (await fetch(rest.url + path, {headers: {'X-Request-Id': sent}})).headers.get('x-request-id');
      expect(returned === sent).toBe(kept);
      expect(returned).toMatch(/^([0-9a-f]{32}|[0-9a-f-]{36})$/i);
    }
  });
});

describe('what is too much', () => {
  const target = (length: number) => `/live?${'x'.repeat(length - '/live?'.length)}`;

  test('a target of 8 KB is read, one byte more is 414, and so is a megabyte', async () => {
    await expectProblem(
      await sendRaw(rest.url, rawRequest(`GET ${target(MAX_TARGET_BYTES)}`, {})),
      'invalid-parameter',
    );
    for (const length of [MAX_TARGET_BYTES + 1, 12_000, 20_000, 1_000_000]) {
      await expectProblem(await sendRaw(rest.url, rawRequest(`GET ${target(length)}`, {})), 'uri-too-long');
    }
  });

  test('headers of more than 16 KB, or more than a hundred of them, are 431', async () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({length: count}, (_, index) => [`x-${index}`, '1']));
    const own = 2; // Host and Connection
    expect((await sendRaw(rest.url, rawRequest('GET /live', fields(MAX_HEADER_FIELDS - own)))).status).toBe(200);
    for (const headers of [fields(MAX_HEADER_FIELDS - own + 1), fields(1500), {'x-large': 'x'.repeat(17_000)}]) {
      await expectProblem(await sendRaw(rest.url, rawRequest('GET /live', headers)), 'headers-too-large');
    }
  });
});

describe('what is not HTTP', () => {
  const head = 'Host: outreach.test\r\nConnection: close\r\n';
  test.each([
    ['no request line', 'hello\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100a5010000a10303', 'hex')],
    ['no host', 'GET /live HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['two hosts', `GET /live HTTP/1.1\r\nHost: a\r\n${head}\r\n`],
    ['a space before the colon', `GET /live HTTP/1.1\r\nX-A : 1\r\n${head}\r\n`],
    ['two lengths', `POST /inquiries HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`],
    [
      'length and chunks',
      `POST /inquiries HTTP/1.1\r\n${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a NUL in a header', `GET /live HTTP/1.1\r\nX-A: a\0b\r\n${head}\r\n`],
  ])('is a 400 problem: %s', async (_title, bytes) => {
    const problem = await expectProblem(await sendRaw(rest.url, bytes), 'malformed-request', {without: 'hello'});
    expect(problem.status).toBe(400);
  });

  test('an expectation that is not ours is ignored, 100-continue is met', async () => {
    expect((await sendRaw(rest.url, rawRequest('GET /live', {Expect: 'the-spanish-inquisition'}))).status).toBe(200);
  });

  test('comes after the answers to the requests before it, which have stored something', async () => {
    const body = JSON.stringify(givenSubmission());
    const post = `POST /inquiries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    onTeardown(() => Promise.resolve(socket.destroy()));
    let text = '';
    socket.on('data', chunk => (text += chunk.toString()));
    const closed = new Promise(resolve => socket.once('close', resolve));
    socket.write(`${post}${post}GARBAGE\r\n\r\n`);
    await closed;
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 201']);
  });

  test('does not end up in the middle of an answer that has begun', async () => {
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    onTeardown(() => Promise.resolve(socket.destroy()));
    let text = '';
    socket.on('data', chunk => (text += chunk.toString()));
    const closed = new Promise(resolve => socket.once('close', resolve));
    socket.write(`GET /live HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n`);
    await closed;
    const statuses = text.match(/HTTP\/1\.1 \d{3}/g);
    expect(statuses).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'].slice(0, statuses?.length));
    expect(rest.lines.filter(({level}) => level === 'error')).toEqual([]);
  });
});
