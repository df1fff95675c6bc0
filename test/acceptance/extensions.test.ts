// What LoopBack documents for a REST application works when a consumer adds it to OutreachApplication, over HTTP and
// PostgreSQL; and outreach's own routes stay what they are. docs/extending.md shows these few lines.
import {join} from 'node:path';
import {
  BindingScope,
  globalInterceptor,
  inject,
  injectable,
  intercept,
  type Interceptor,
  type InvocationContext,
  type Next,
  type Provider,
} from '@loopback/core';
import {HealthBindings, HealthComponent, HealthTags} from '@loopback/health';
import {repository} from '@loopback/repository';
import {
  api,
  type BodyParser,
  createControllerFactoryForClass,
  createMiddlewareBinding,
  DefaultSequence,
  del,
  type ExpressRequestHandler,
  get,
  HttpErrors,
  type Middleware,
  MiddlewareSequence,
  param,
  post,
  put,
  type Request,
  requestBody,
  type RequestContext,
  type Response as ExpressResponse,
  RestBindings,
  Route,
} from '@loopback/rest';
import {RestExplorerComponent} from '@loopback/rest-explorer';
import express, {Router} from 'express';
import type {OutreachApplication} from '../../src/application';
import type {Claims} from '../../src/access/claims';
import {Scope} from '../../src/access/policy';
import {InquiryRepository} from '../../src/repositories/inquiry.repository';
import {RestGlueBindings} from '../../src/rest/keys';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';
import type {OpenApiDocument} from '../helpers/openapi';
import {expectProblem} from '../helpers/problem-details';
import {givenRest, type TestRest} from '../helpers/rest';
import {ALL_ROUTES, ALLOWED_ORIGIN, givenSeed, PROTECTED_ROUTES, sampleRequest} from '../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const FILES = join(__dirname, '../fixtures/static');
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
  const env = {ALLOWED_ORIGINS: ALLOWED_ORIGIN};
  return givenRest({databaseUrl: database.url, issuer, env, extend: app => void extend(app)});
}

/** Counts the requests that LoopBack serves instead of the direct path. */
function countHandedOver({app}: TestRest): () => number {
  const handOver = jest.spyOn(app.getSync(RestGlueBindings.SERVER), 'handOver');
  return () => handOver.mock.calls.length;
}

/** Submits an inquiry, which must be stored as it always is. */
async function expectSubmitted(rest: TestRest, path = '/inquiries'): Promise<Response> {
  const submission = givenSubmission();
  const answer = await rest.post(path, submission);
  expect(answer.status).toBe(201);
  expect(await database.query('SELECT status FROM inquiry WHERE email = $1', [submission.email])).toEqual([
    {status: 'new'},
  ]);
  return answer;
}

const send = (rest: TestRest, method: string, path: string, init: RequestInit = {}) =>
  fetch(rest.url + path, {method, redirect: 'manual', ...init});

const operation = {responses: {200: {description: 'ok'}}};

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
    const rest = await start(app => app.mountExpressRouter('/legacy', legacy(), {paths: {'/hello': {get: operation}}}));
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

/** A plain LoopBack controller, with a repository of outreach. */
class GreetingController {
  constructor(@repository(InquiryRepository) private readonly inquiries: InquiryRepository) {}

  @get('/greetings/{name}')
  greet(@param.path.string('name') name: string, @param.query.number('times') times = 1): string {
    return `hello ${name} `.repeat(times).trim();
  }

  @post('/greetings', {responses: {200: {description: 'What was sent.'}}})
  create(
    @requestBody({
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {name: {type: 'string', minLength: 2}, age: {type: 'integer'}},
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
    })
    body: object,
  ): object {
    return {body};
  }

  @get('/greetings/inquiries')
  async count(): Promise<{count: number}> {
    return this.inquiries.count();
  }

  @put('/greetings/{name}')
  replace(): never {
    throw new HttpErrors.Conflict('it is there already');
  }

  @del('/greetings/{name}')
  remove(): void {
    return;
  }

  @get('/greetings/failing')
  fail(): never {
    throw new Error('no way');
  }
}

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
      ]),
    );
    const json = {headers: {'Content-Type': 'application/json'}};
    await expectProblem(await send(rest, 'POST', '/greetings', {...json, body: '{"name":'}), 'malformed-body');
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

class OwnSequence extends MiddlewareSequence {
  override async handle(context: RequestContext): Promise<void> {
    seen.push(`${context.request.method} ${context.request.originalUrl}`);
    await super.handle(context);
  }
}

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

const note =
  (name: string): Middleware =>
  async (context, next) => {
    seen.push(`${name} ${context.request.method} ${context.request.originalUrl}`);
    const result: unknown = await next();
    context.response.setHeader('X-After', name);
    return result;
  };

class NoteMiddleware implements Provider<Middleware> {
  value(): Middleware {
    return note('class');
  }
}

const MIDDLEWARE: Record<string, (app: OutreachApplication) => unknown> = {
  'app.middleware with a function': app => app.middleware(note('function')),
  'app.middleware with a class': app => app.middleware(NoteMiddleware),
  'a binding of middleware': app => app.add(createMiddlewareBinding(NoteMiddleware)),
  'middleware in the group of parsing': app => app.middleware(note('parsed'), {group: 'parseParams'}),
  'app.expressMiddleware with a handler': app =>
    app.expressMiddleware('middleware.note', (request, response, next) => {
      seen.push(`express ${request.method} ${request.originalUrl}`);
      response.setHeader('X-After', 'express');
      next();
    }),
  'app.expressMiddleware with a factory': app =>
    app.expressMiddleware(
      function createNote(config?: {name: string}): ExpressRequestHandler {
        return (request, response, next) => {
          seen.push(`${String(config?.name)} ${request.method} ${request.originalUrl}`);
          response.setHeader('X-After', String(config?.name));
          next();
        };
      },
      {name: 'factory'},
    ),
};

describe.each(Object.entries(MIDDLEWARE))('%s', (_title, add) => {
  test('runs for every request of a route', async () => {
    const rest = await start(app => {
      add(app);
      app.controller(GreetingController);
    });
    const submitted = await expectSubmitted(rest);
    expect(submitted.headers.get('x-after')).toMatch(/^\w+$/);
    expect(submitted.headers.get('location')).toMatch(/^\/inquiries\//);
    expect(await submitted.json()).toMatchObject({id: expect.any(String) as string});
    expect((await rest.get('/inquiries?limit=1', await issuer.sign())).status).toBe(200);
    expect(await (await rest.get('/greetings/ada')).text()).toBe('hello ada');
    expect(seen.map(line => line.replace(/^\w+ /, ''))).toEqual([
      'POST /inquiries',
      'GET /inquiries?limit=1',
      'GET /greetings/ada',
    ]);
  });
});

describe('with middleware', () => {
  let plain: TestRest;
  let extended: TestRest;
  let document: OpenApiDocument;
  beforeAll(async () => {
    [plain, extended] = await Promise.all([start(() => undefined), start(app => app.middleware(note('all')))]);
    document = (await (await plain.get('/openapi.json')).json()) as OpenApiDocument;
  });

  test.each(ALL_ROUTES)('$key answers as without', async ({key}) => {
    const right = PROTECTED_ROUTES.find(route => route.key === key);
    const tokens = [undefined, {scope: 'none'}, {scope: right?.scope ?? ''}];
    for (const claims of tokens) {
      const answers = [];
      for (const rest of [plain, extended]) {
        const {method, path, headers, body} = sampleRequest(key, {document, seed: await givenSeed(database)});
        const authorization = claims && {Authorization: `Bearer ${await issuer.sign(claims)}`};
        const answer = await send(rest, method, path, {headers: {...headers, ...authorization}, body});
        const names = [...answer.headers.keys()].filter(name => name !== 'x-after').sort();
        const type = answer.headers.get('content-type');
        await answer.arrayBuffer();
        answers.push({status: answer.status, names, type});
      }
      expect([key, answers[1]]).toEqual([key, answers[0]]);
    }
  });

  test.each([
    ['GET', '/nothing'],
    ['DELETE', '/inquiries'],
    ['HEAD', '/live'],
    ['OPTIONS', '/inquiries'],
    ['GET', '//live'],
    ['POST', '/inquiries'],
    ['GET', '/inquiries/%E0%A4%A'],
    ['GET', '/live?x=1'],
  ])('%s %s is refused as without', async (method, path) => {
    const [without, withIt] = await Promise.all([plain, extended].map(rest => send(rest, method, path)));
    expect(withIt?.status).toBe(without?.status);
    expect(withIt?.headers.get('allow')).toBe(without?.headers.get('allow'));
    expect(withIt?.headers.get('content-type')).toBe(without?.headers.get('content-type'));
  });

  test('an export is streamed', async () => {
    const token = await issuer.sign({scope: Scope.INQUIRIES_EXPORT});
    const answer = await extended.get('/inquiries/export.csv', token);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toMatch(/^id,/);
  });
});

test('middleware concerns requests from when it is added until it is taken away', async () => {
  const rest = await start(() => undefined);
  const handedOver = countHandedOver(rest);
  await expectSubmitted(rest);
  expect(handedOver()).toBe(0);
  const {key} = rest.app.middleware(note('late'));
  await eventually(async () => {
    await rest.get('/live');
    expect(seen).toContain('late GET /live');
  });
  rest.app.restServer.unbind(key);
  await eventually(async () => {
    const before = handedOver();
    await rest.get('/live');
    expect(handedOver()).toBe(before);
  });
  await expectSubmitted(rest);
});

test('middleware may answer itself, also where there is no route', async () => {
  const rest = await start(app =>
    app.expressMiddleware('middleware.teapot', (request, response, next) => {
      if (request.path === '/teapot') response.status(418).send('short and stout');
      else next();
    }),
  );
  const answer = await rest.get('/teapot');
  expect([answer.status, await answer.text()]).toEqual([418, 'short and stout']);
  await expectProblem(await rest.get('/nothing'), 'not-found');
});

test('middleware may refuse a request of outreach, and nothing is stored', async () => {
  const rest = await start(app =>
    app.middleware((context, next) => {
      if (context.request.method === 'POST') throw new HttpErrors.TooManyRequests('slowly');
      return next();
    }),
  );
  const submission = givenSubmission();
  const answer = await rest.post('/inquiries', submission);
  expect([answer.status, await answer.json()]).toEqual([
    429,
    expect.objectContaining({type: 'about:blank', detail: 'slowly', instance: answer.headers.get('x-request-id')}),
  ]);
  expect(await database.query('SELECT FROM inquiry WHERE email = $1', [submission.email])).toEqual([]);
});

test('middleware that has read the body of an inquiry is named in the log', async () => {
  const rest = await start(app => app.expressMiddleware('middleware.json', express.json()));
  await expectProblem(await rest.post('/inquiries', givenSubmission()), 'internal-error');
  await eventually(() => expect(rest.text()).toContain('BODY_READ_BY_MIDDLEWARE'));
});

describe('app.route', () => {
  test('serves a function, a Route and a controller method', async () => {
    const hello = {...operation, parameters: [{name: 'name', in: 'query' as const, schema: {type: 'string' as const}}]};
    const rest = await start(app => {
      app.route('get', '/hello', hello, (name: string) => `hello ${name}`);
      app.route(new Route('post', '/hello', operation, () => ({made: true})));
      app.route(
        'get',
        '/greet/{name}',
        operation,
        GreetingController,
        createControllerFactoryForClass(GreetingController),
        'remove',
      );
      app.route('get', '/secret', {...operation, 'x-scope': Scope.INQUIRIES_READ}, () => 'secret');
    });
    expect(await (await rest.get('/hello?name=ada')).text()).toBe('hello ada');
    expect(await (await rest.post('/hello', {})).json()).toEqual({made: true});
    expect((await rest.get('/greet/ada')).status).toBe(204);
    await expectProblem(await rest.get('/secret'), 'unauthorized');
    expect(await (await rest.get('/secret', await issuer.sign())).text()).toBe('secret');
    await expectSubmitted(rest);
  });

  test('a fixed path comes before a variable one of outreach', async () => {
    const rest = await start(app => app.route('get', '/inquiries/summary', operation, () => 'all well'));
    expect(await (await rest.get('/inquiries/summary')).text()).toBe('all well');
    await expectProblem(await rest.get('/inquiries/other', await issuer.sign()), 'invalid-parameter');
  });
});

test('operations of app.api are served', async () => {
  const rest = await start(app =>
    app.api({
      openapi: '3.0.3',
      info: {title: 'mine', version: '1'},
      paths: {'/hello': {get: {...operation, 'x-operation': () => 'hello'}}},
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

describe('app.basePath', () => {
  let rest: TestRest;
  beforeAll(async () => {
    rest = await start(app => {
      app.basePath('/api');
      app.controller(GreetingController);
      app.redirect('/old', '/live');
      app.static('/files', FILES);
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
  });

  test.each(['/live', '/inquiries', '/apix/live', '/', '/files/hello.txt'])('%s outside of it is 404', async path => {
    await expectProblem(await fetch(new URL(path, rest.url)), 'not-found');
  });

  test('middleware sees the whole path', async () => {
    rest = await start(app => {
      app.basePath('api');
      app.middleware(note('all'));
    });
    const submitted = await expectSubmitted(rest);
    expect(submitted.headers.get('location')).toMatch(/^\/api\/inquiries\//);
    expect(seen).toEqual(['all POST /api/inquiries']);
  });
});

const noteCall: Interceptor = async (invocation: InvocationContext, next: Next) => {
  seen.push(invocation.targetName);
  return await next();
};

@intercept(noteCall)
class InterceptedController {
  @get('/intercepted')
  one(): string {
    return 'one';
  }

  @intercept(noteCall)
  @get('/intercepted/twice')
  two(): string {
    return 'two';
  }
}

@globalInterceptor('mine', {tags: {name: 'GlobalNote'}})
class GlobalNote implements Provider<Interceptor> {
  value(): Interceptor {
    return (invocation, next) => {
      seen.push(`global ${invocation.targetName}`);
      return next();
    };
  }
}

test('global, class and method interceptors see the calls of plain controllers and of outreach', async () => {
  const rest = await start(app => {
    app.controller(InterceptedController);
    app.interceptor(GlobalNote);
    app.route('get', '/hello', operation, () => 'hello');
  });
  const handedOver = countHandedOver(rest);
  expect(await (await rest.get('/intercepted')).text()).toBe('one');
  expect(await (await rest.get('/intercepted/twice')).text()).toBe('two');
  await expectSubmitted(rest);
  expect(handedOver()).toBe(2);
  expect(seen).toEqual([
    'global InterceptedController.prototype.one',
    'InterceptedController.prototype.one',
    'global InterceptedController.prototype.two',
    'InterceptedController.prototype.two', // LoopBack merges the same one of class and method
    'global InquiryController.prototype.submit',
  ]);
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

  test('has probes of its own where it is told other paths', async () => {
    const rest = await start(app => {
      app.configure(HealthBindings.COMPONENT).to({livePath: '/health/live', readyPath: '/health/ready'});
      app.component(HealthComponent);
    });
    expect((await rest.get('/health/live')).status).toBe(200);
    expect((await rest.get('/health/ready')).status).toBe(200);
    expect(rest.text()).not.toContain('rest.probe.ignored');
  });
});

test('app.handler answers every request', async () => {
  const rest = await start(app => app.handler(({request, response}) => void response.send(`mine: ${request.path}`)));
  for (const path of ['/live', '/nothing']) expect(await (await rest.get(path)).text()).toBe(`mine: ${path}`);
});

describe('app.sequence', () => {
  test.each([
    ['of middleware', OwnSequence],
    ['of actions', ActionSequence],
  ])('%s handles every request, and the rules of outreach stay', async (_title, sequence) => {
    const rest = await start(app => app.sequence(sequence));
    await expectSubmitted(rest);
    await expectProblem(await rest.get('/inquiries'), 'unauthorized');
    await expectProblem(await rest.get('/inquiries', await issuer.sign({scope: 'none'})), 'forbidden');
    expect((await rest.get('/inquiries', await issuer.sign())).status).toBe(200);
    await expectProblem(await rest.post('/inquiries', {}), 'invalid-body');
    expect(seen).toHaveLength(5);
  });
});

test('an action of a sequence can be replaced', async () => {
  const rest = await start(app =>
    app.bind(RestBindings.SequenceActions.REJECT).to(({response}, error) => {
      response.status(400).send(`mine: ${error.name}`);
    }),
  );
  expect(await (await rest.get('/nothing')).text()).toBe('mine: NotFoundError');
  await expectSubmitted(rest);
});
