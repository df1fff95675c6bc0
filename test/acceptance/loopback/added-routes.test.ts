// Controllers, routes, redirects, routers and files that a consumer adds are served by LoopBack, over HTTP and PostgreSQL, and
// outreach's own routes stay what they are. docs/loopback.md has the list.
import {join} from 'node:path';
import {BindingScope, inject, injectable} from '@loopback/core';
import {
  api,
  type BodyParser,
  createControllerFactoryForClass,
  DefaultSequence,
  get,
  post,
  type Request,
  requestBody,
  type RequestContext,
  type Response as ExpressResponse,
  RestBindings,
  Route,
} from '@loopback/rest';
import express, {Router} from 'express';
import type {OutreachApplication} from '../../../src/application';
import type {Claims} from '../../../src/access/claims';
import {Scope} from '../../../src/access/policy';
import {RestGlueBindings} from '../../../src/rest/server/keys';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import type {OpenApiDocument} from '../../helpers/openapi';
import {expectProblem} from '../../helpers/problem-details';
import {type TestRest} from '../../helpers/rest';
import {ALLOWED_ORIGIN} from '../../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {
  countHandedOver,
  givenExtendedRest,
  GreetingController,
  OPERATION,
  send,
  submit,
} from '../../helpers/extended-rest';

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

describe('app.mountExpressRouter', () => {
  const legacy = () => {
    const router = Router();
    router.use(express.json());
    router.get('/hello', (request, response) => void response.send({query: request.query}));
    router.post('/echo', (request, response) => void response.status(201).json({got: request.body as unknown}));
    router.get('/broken', () => {
      throw new Error('no way');
    });
    return router;
  };

  test('serves the router, with its own body parser, and outreach keeps its direct path', async () => {
    const rest = await start(app => app.mountExpressRouter('/legacy', legacy(), {paths: {'/hello': {get: OPERATION}}}));
    const handedOver = countHandedOver(rest);
    expect(await (await rest.get('/legacy/hello?name=ada')).json()).toEqual({query: {name: 'ada'}});
    const echo = await rest.post('/legacy/echo', {a: [1]});
    expect([echo.status, await echo.json()]).toEqual([201, {got: {a: [1]}}]);
    expect(handedOver()).toBe(2);
    await expectSubmitted(rest);
    expect((await rest.get('/inquiries', await issuer.sign())).status).toBe(200);
    expect(handedOver()).toBe(2);
    const {paths} = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/legacy/hello', '/inquiries']));
  });

  test('what it does not answer is a problem, and so is what it throws', async () => {
    const rest = await start(app => app.mountExpressRouter('/legacy', legacy()));
    await expectProblem(await rest.get('/legacy/missing'), 'not-found', {without: 'missing'});
    await expectProblem(await rest.get('/nothing'), 'not-found');
    await expectProblem(await send(rest, 'DELETE', '/inquiries'), 'method-not-allowed');
    await expectProblem(await rest.get('/legacy/broken'), 'internal-error', {without: 'no way'});
    expect(rest.lines).toContainEqual(expect.objectContaining({level: 'error', msg: 'request.failed'}));
    expect((await send(rest, 'OPTIONS', '/legacy/hello')).headers.get('allow')).toContain('GET'); // Express's own answer
  });

  test('a router at / serves what outreach does not', async () => {
    const rest = await start(app => app.mountExpressRouter('/', legacy()));
    expect(await (await rest.get('/hello')).json()).toEqual({query: {}});
    expect(await (await rest.get('/live')).json()).toEqual({status: 'live'});
  });
});

test('app.static serves files', async () => {
  const rest = await start(app => app.static('/files', FILES));
  const handedOver = countHandedOver(rest);
  const file = await rest.get('/files/hello.txt');
  expect([file.status, await file.text()]).toEqual([200, 'hello from a file\n']);
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
  expect(file.headers.get('content-security-policy')).toBeNull(); // a page decides itself
  expect(file.headers.get('x-powered-by')).toBeNull();
  expect((await send(rest, 'HEAD', '/files/hello.txt')).headers.get('content-length')).toBe('18');
  await expectProblem(await rest.get('/files/no.txt'), 'not-found');
  await expectProblem(await rest.get('/files/../package.json'), 'not-found');
  expect(handedOver()).toBe(4);
  await expectSubmitted(rest);
  expect(handedOver()).toBe(4);
});

describe('a plain LoopBack controller', () => {
  let rest: TestRest;
  beforeAll(async () => {
    rest = await start(app => app.controller(GreetingController));
  });

  test('gets its parameters and its body from LoopBack, and its repository from outreach', async () => {
    const handedOver = countHandedOver(rest);
    expect(await (await rest.get('/greetings/ada?times=2')).text()).toBe('hello ada hello ada');
    expect(await (await rest.post('/greetings', {name: 'ada'})).json()).toEqual({body: {name: 'ada'}});
    await expectSubmitted(rest);
    const [row] = await database.query('SELECT count(*)::int FROM inquiry');
    expect(await (await rest.get('/greetings/inquiries')).json()).toEqual(row);
    expect((await send(rest, 'DELETE', '/greetings/ada')).status).toBe(204);
    expect(handedOver()).toBe(4);
  });

  test('its errors are problems that quote no input', async () => {
    const parameter = await expectProblem(await rest.get('/greetings/ada?times=evil'), 'invalid-parameter', {
      without: 'evil',
    });
    expect(parameter.errors).toEqual([{parameter: 'times', code: 'format', detail: 'is not valid'}]);
    const body = await expectProblem(await rest.post('/greetings', {age: 'evil', other: 1}), 'invalid-body', {
      without: 'evil',
    });
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({pointer: '/name', code: 'required'}),
        expect.objectContaining({pointer: '/age', code: 'type'}),
        expect.objectContaining({pointer: '/other', code: 'unknown'}),
      ]),
    );
    const broken = {headers: JSON_TYPE, body: '{"name":'};
    await expectProblem(await send(rest, 'POST', '/greetings', broken), 'malformed-body');
    const xml = {headers: {'Content-Type': 'application/xml'}, body: '<a/>'};
    await expectProblem(await send(rest, 'POST', '/greetings', xml), 'unsupported-media-type');
    const conflict = await send(rest, 'PUT', '/greetings/ada');
    expect([conflict.status, conflict.headers.get('content-type')]).toEqual([409, 'application/problem+json']);
    expect(await conflict.json()).toMatchObject({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'it is there already',
    });
    await expectProblem(await rest.get('/greetings/failing'), 'internal-error', {without: 'no way'});
  });

  test('has the limits and headers of every request', async () => {
    const large = await rest.post('/greetings', {name: 'x'.repeat(40_000)});
    await expectProblem(large, 'body-too-large');
    await expectProblem(await rest.get(`/greetings/${'x'.repeat(9000)}`), 'uri-too-long');
    const answer = await rest.get('/greetings/ada');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    const preflight = await send(rest, 'OPTIONS', '/greetings/ada', {
      headers: {Origin: ALLOWED_ORIGIN, 'Access-Control-Request-Method': 'DELETE'},
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, ALLOWED_ORIGIN]);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    const foreign = await send(rest, 'GET', '/greetings/ada', {headers: {Origin: 'https://evil.test'}});
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('HEAD, OPTIONS and other methods work as on routes of outreach', async () => {
    const head = await send(rest, 'HEAD', '/greetings/ada');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await send(rest, 'OPTIONS', '/greetings/ada')).headers.get('allow')).toBe(
      'GET, HEAD, PUT, DELETE, OPTIONS',
    );
    const wrong = await send(rest, 'PATCH', '/greetings/ada');
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE, OPTIONS');
    await expectProblem(wrong, 'method-not-allowed');
    await expectProblem(await rest.get('/greetings/constructor/x'), 'not-found');
  });

  test('is in the OpenAPI document as it is', async () => {
    const {paths} = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
    expect(paths['/greetings/{name}']).toMatchObject({
      get: {'x-controller-name': 'GreetingController', parameters: [{name: 'name'}, {name: 'times'}]},
    });
    expect(paths['/inquiries']).not.toHaveProperty('get.x-controller-name');
  });

  test('can be added and taken away while the application runs', async () => {
    class LateController {
      @get('/late')
      late(): string {
        return 'late';
      }
    }
    expect((await rest.get('/late')).status).toBe(404);
    rest.app.controller(LateController);
    await eventually(async () => expect(await (await rest.get('/late')).text()).toBe('late'));
    const document = async () => (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
    expect((await document()).paths).toHaveProperty('/late');
    rest.app.unbind('controllers.LateController');
    await eventually(async () => expect((await rest.get('/late')).status).toBe(404));
    expect((await document()).paths).not.toHaveProperty('/late');
    await expectSubmitted(rest);
  });
});

/** Of actions, as LoopBack's older applications have it: without the middleware that asks before the input is parsed. */
class ActionSequence extends DefaultSequence {
  override async handle(context: RequestContext): Promise<void> {
    seen.push(`${context.request.method} ${context.request.originalUrl}`);
    await super.handle(context);
  }
}

describe('a scope for a consumer route', () => {
  class ReportController {
    @get('/reports', {'x-scope': Scope.INQUIRIES_READ, responses: {200: {description: 'ok'}}})
    report(@inject(RestGlueBindings.CLAIMS) claims: Claims): object {
      return {subject: claims.subject};
    }

    @post('/reports', {'x-scope': 'reports:write', responses: {200: {description: 'ok'}}})
    write(@requestBody({content: {'application/json': {schema: {type: 'object', required: ['x']}}}}) body: object) {
      return body;
    }
  }

  const extensions: [string, (app: OutreachApplication) => unknown][] = [
    ["LoopBack's sequence", () => undefined],
    ['a sequence of actions', app => app.sequence(ActionSequence)],
  ];

  test.each(extensions)('demands a token with it: %s', async (title, add) => {
    const rest = await start(app => {
      app.controller(ReportController);
      add(app);
    });
    await expectProblem(await rest.get('/reports'), 'unauthorized');
    await expectProblem(await rest.get('/reports', await issuer.sign({scope: 'other'})), 'forbidden');
    const answer = await rest.get('/reports', await issuer.sign({scope: Scope.INQUIRIES_READ}));
    expect(await answer.json()).toEqual({subject: expect.any(String) as string});
    expect(answer.headers.get('cache-control')).toBe('no-store');
    if (title.includes('actions')) return;
    await expectProblem(await rest.post('/reports', {}), 'unauthorized'); // before the body is looked at
    const Authorization = `Bearer ${await issuer.sign({scope: 'reports:write'})}`;
    expect((await rest.post('/reports', {x: 1}, {Authorization})).status).toBe(200);
    const audit = () => rest.lines.filter(({msg}) => String(msg).startsWith('access.'));
    await eventually(() =>
      expect(audit()).toEqual([
        expect.objectContaining({msg: 'access.denied', route: 'GET /reports', scope: Scope.INQUIRIES_READ}),
        expect.objectContaining({msg: 'access.write', route: 'POST /reports', scope: 'reports:write', status: 200}),
      ]),
    );
    const {paths} = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
    expect(paths).toHaveProperty(['/reports', 'get', 'security'], [{bearer: []}]);
  });
});

describe('app.route', () => {
  test('serves a function, a Route and a controller method', async () => {
    const hello = {...OPERATION, parameters: [{name: 'name', in: 'query' as const, schema: {type: 'string' as const}}]};
    const rest = await start(app => {
      app.route('get', '/hello', hello, (name: string) => `hello ${name}`);
      app.route(new Route('post', '/hello', OPERATION, () => ({made: true})));
      app.route(
        'get',
        '/greet/{name}',
        OPERATION,
        GreetingController,
        createControllerFactoryForClass(GreetingController),
        'remove',
      );
      app.route('get', '/secret', {...OPERATION, 'x-scope': Scope.INQUIRIES_READ}, () => 'secret');
    });
    expect(await (await rest.get('/hello?name=ada')).text()).toBe('hello ada');
    expect(await (await rest.post('/hello', {})).json()).toEqual({made: true});
    expect((await rest.get('/greet/ada')).status).toBe(204);
    await expectProblem(await rest.get('/secret'), 'unauthorized');
    expect(await (await rest.get('/secret', await issuer.sign())).text()).toBe('secret');
    await expectSubmitted(rest);
  });

  test('a fixed path comes before a variable one of outreach', async () => {
    const rest = await start(app => app.route('get', '/inquiries/summary', OPERATION, () => 'all well'));
    expect(await (await rest.get('/inquiries/summary')).text()).toBe('all well');
    await expectProblem(await rest.get('/inquiries/other', await issuer.sign()), 'invalid-parameter');
  });
});

test('operations of app.api are served', async () => {
  const rest = await start(app =>
    app.api({
      openapi: '3.0.3',
      info: {title: 'mine', version: '1'},
      paths: {'/hello': {get: {...OPERATION, 'x-operation': () => 'hello'}}},
    }),
  );
  expect(await (await rest.get('/hello')).text()).toBe('hello');
  expect(((await (await rest.get('/openapi.json')).json()) as {info: object}).info).toEqual({
    title: 'mine',
    version: '1',
  });
});

test('app.redirect redirects', async () => {
  const rest = await start(app => {
    app.redirect('/old', '/live');
    app.redirect('/older', 'https://www.example.org/', 308);
  });
  const old = await send(rest, 'GET', '/old');
  expect([old.status, old.headers.get('location')]).toEqual([303, '/live']);
  const older = await send(rest, 'GET', '/older');
  expect([older.status, older.headers.get('location')]).toEqual([308, 'https://www.example.org/']);
});

@injectable({scope: BindingScope.REQUEST})
class RequestScopedController {
  constructor(
    @inject(RestBindings.Http.REQUEST) private readonly request: Request,
    @inject(RestBindings.Http.RESPONSE) private readonly response: ExpressResponse,
  ) {
    seen.push('made');
  }

  @get('/scoped')
  answer(): ExpressResponse {
    this.response.status(202).send(`${this.request.method} ${this.request.url}`);
    return this.response;
  }
}

test('a controller in the scope of the request gets the request and the response', async () => {
  const rest = await start(app => app.controller(RequestScopedController));
  for (const a of ['1', '2']) {
    const answer = await rest.get(`/scoped?a=${a}`);
    expect([answer.status, await answer.text()]).toEqual([202, `GET /scoped?a=${a}`]);
  }
  expect(seen).toEqual(['made', 'made']);
});

test("a controller's base path and a body parser work", async () => {
  @api({basePath: '/v1', paths: {}})
  class CsvController {
    @post('/rows')
    rows(@requestBody({content: {'text/csv': {schema: {type: 'array', items: {type: 'string'}}}}}) rows: string[]) {
      return {rows: rows.length};
    }
  }
  class CsvParser implements BodyParser {
    name = 'csv';
    supports = (type: string) => type.startsWith('text/csv');
    async parse(request: Request) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      return {value: Buffer.concat(chunks).toString().split('\n')};
    }
  }
  const rest = await start(app => {
    app.controller(CsvController);
    app.bodyParser(CsvParser);
    app.bind(RestBindings.REQUEST_BODY_PARSER_OPTIONS).to({limit: '1MB'});
  });
  const body = 'a\n'.repeat(40_000);
  const answer = await send(rest, 'POST', '/v1/rows', {headers: {'Content-Type': 'text/csv'}, body});
  expect(await answer.json()).toEqual({rows: 40_001});
});
