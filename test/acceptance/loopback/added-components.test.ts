// The components of LoopBack, a base path, and the application as a part of another one. docs/loopback.md has the list.
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {HealthBindings, HealthComponent, HealthTags} from '@loopback/health';
import {RestExplorerComponent} from '@loopback/rest-explorer';
import express from 'express';
import type {OutreachApplication} from '../../../src/application';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import type {OpenApiDocument} from '../../helpers/openapi';
import {expectProblem} from '../../helpers/problem-details';
import {type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {countHandedOver, givenExtendedRest, GreetingController, send, submit} from '../../helpers/extended-rest';

let database: TestDatabase;
let issuer: TokenIssuer;
let seen: string[];

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

beforeEach(() => {
  seen = [];
});

function start(extend: (app: OutreachApplication) => unknown): Promise<TestRest> {
  return givenExtendedRest({databaseUrl: database.url, issuer, extend});
}

const expectSubmitted = (rest: Pick<TestRest, 'post'>) => submit(rest, database);

const FILES = join(__dirname, '../../fixtures/static');
const JSON_TYPE = {'Content-Type': 'application/json'};

test('RestExplorerComponent shows the API', async () => {
  const rest = await start(app => app.component(RestExplorerComponent));
  const handedOver = countHandedOver(rest);
  const redirect = await send(rest, 'GET', '/explorer');
  expect([redirect.status, redirect.headers.get('location')]).toEqual([301, './explorer/']);
  const page = await rest.get('/explorer/');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toBeNull(); // the page has a script of its own
  expect(await page.text()).toContain('LoopBack API Explorer');
  expect((await rest.get('/explorer/swagger-ui-bundle.js')).status).toBe(200);
  const document = (await (await rest.get('/explorer/openapi.json')).json()) as OpenApiDocument;
  expect(document).toEqual(await (await rest.get('/openapi.json')).json());
  const before = handedOver();
  await expectSubmitted(rest);
  expect(handedOver()).toBe(before);
});

describe('HealthComponent', () => {
  const check = () => Promise.resolve();

  test('adds /health, and the probes stay those of outreach', async () => {
    const rest = await start(app => {
      app.component(HealthComponent);
      app.bind('health.MyCheck').to(check).tag(HealthTags.READY_CHECK);
    });
    const health = await rest.get('/health');
    expect([health.status, await health.json()]).toMatchObject([200, {status: 'UP', checks: [{state: 'UP'}]}]);
    expect(await (await rest.get('/live')).json()).toEqual({status: 'live'});
    expect(await (await rest.get('/ready')).json()).toMatchObject({postgres: 'up'});
    const warnings = rest.lines.filter(({msg}) => msg === 'rest.probe.ignored');
    expect(warnings.map(({level, route}) => [level, route]).sort()).toEqual([
      ['warn', 'GET /live'],
      ['warn', 'GET /ready'],
    ]);
    await expectSubmitted(rest);
  });

  test('has probes of its own where other paths are configured', async () => {
    const rest = await start(app => {
      app.configure(HealthBindings.COMPONENT).to({livePath: '/health/live', readyPath: '/health/ready'});
      app.component(HealthComponent);
    });
    expect((await rest.get('/health/live')).status).toBe(200);
    expect((await rest.get('/health/ready')).status).toBe(200);
    expect(rest.text()).not.toContain('rest.probe.ignored');
  });
});

describe('app.basePath', () => {
  let rest: TestRest;
  beforeAll(async () => {
    rest = await start(app => {
      app.basePath('/api');
      app.controller(GreetingController);
      app.redirect('/old', '/live');
      app.static('/files', FILES);
      app.component(RestExplorerComponent);
    });
  });

  test('puts everything below it', async () => {
    expect(rest.url).toMatch(/\/api$/);
    const handedOver = countHandedOver(rest);
    const submitted = await expectSubmitted(rest);
    const location = String(submitted.headers.get('location'));
    expect(location).toMatch(/^\/api\/inquiries\/[0-9a-f-]+$/);
    await expectSubmitted(rest);
    const Authorization = `Bearer ${await issuer.sign()}`;
    expect((await fetch(new URL(location, rest.url), {headers: {Authorization}})).status).toBe(200);
    const list = await send(rest, 'GET', '/inquiries?limit=1', {headers: {Authorization}});
    const link = /<([^>]+)>/.exec(String(list.headers.get('link')))?.[1] ?? '';
    expect(link).toMatch(/^\/api\/inquiries\?limit=1&/);
    expect((await fetch(new URL(link, rest.url), {headers: {Authorization}})).status).toBe(200);
    expect(handedOver()).toBe(0);
    expect(await (await rest.get('/greetings/ada?times=2')).text()).toBe('hello ada hello ada');
    expect((await rest.get('/files/hello.txt')).status).toBe(200);
    expect((await send(rest, 'GET', '/old')).headers.get('location')).toBe('/api/live');
    expect((await rest.get('/ready')).status).toBe(200);
    const {servers} = (await (await rest.get('/openapi.json')).json()) as {servers: object[]};
    expect(servers).toEqual([{url: '/api'}]);
    expect(await (await rest.get('/explorer/openapi.json')).json()).toMatchObject({servers: [{url: '/api'}]});
  });

  test.each(['/live', '/inquiries', '/apix/live', '/', '/files/hello.txt'])('%s outside of it is 404', async path => {
    await expectProblem(await fetch(new URL(path, rest.url)), 'not-found');
  });

  test('middleware sees the whole path', async () => {
    rest = await start(app => {
      app.basePath('api');
      app.middleware((context, next) => {
        seen.push(`${context.request.method} ${context.request.originalUrl}`);
        return next();
      });
    });
    const submitted = await expectSubmitted(rest);
    expect(submitted.headers.get('location')).toMatch(/^\/api\/inquiries\//);
    expect(seen).toEqual(['POST /api/inquiries']);
  });
});

test('the application can be a part of another Express application', async () => {
  const rest = await start(app => {
    app.basePath('/inner');
    app.mountExpressRouter('/echo', (request, response) => void response.json([request.originalUrl, request.baseUrl]));
  });
  const outer = express().use('/outer', (request, response) => rest.app.requestHandler(request, response));
  const server = outer.listen(0, '127.0.0.1');
  onTeardown(async () => void server.close());
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo; // it listens on a port
  const url = `http://127.0.0.1:${port}/outer/inner`;
  expect(await (await fetch(`${url}/live`)).json()).toEqual({status: 'live'});
  expect(await (await fetch(`${url}/echo?a`)).json()).toEqual(['/outer/inner/echo?a', '/outer/inner/echo']);
  await expectSubmitted({
    ...rest,
    post: (path, body) => fetch(url + path, {method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body)}),
  });
});
