// Middleware, interceptors and sequences that a consumer adds see the requests that LoopBack documents, and the rules of
// outreach's routes stay what they are. docs/loopback.md has the list.
import {
  globalInterceptor,
  intercept,
  type Interceptor,
  type InvocationContext,
  type Next,
  type Provider,
} from '@loopback/core';
import {
  asMiddleware,
  createMiddlewareBinding,
  DefaultSequence,
  type ExpressRequestHandler,
  get,
  HttpErrors,
  type Middleware,
  MiddlewareSequence,
  type RequestContext,
  RestBindings,
} from '@loopback/rest';
import express from 'express';
import type {OutreachApplication} from '../../../src/application';
import {Scope} from '../../../src/access/policy';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenSubmission} from '../../helpers/inquiries';
import type {OpenApiDocument} from '../../helpers/openapi';
import {expectProblem} from '../../helpers/problem-details';
import {type TestRest} from '../../helpers/rest';
import {ALL_ROUTES, givenSeed, PROTECTED_ROUTES, sampleRequest} from '../../helpers/route-samples';
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

  test('what is refused before it has a route, and OPTIONS of one, are answered before middleware', async () => {
    const answers = [
      await send(extended, 'GET', `/${'a'.repeat(9000)}`),
      await send(extended, 'GET', '/live', {headers: {'X-Long': 'a'.repeat(20_000)}}),
      await send(extended, 'OPTIONS', '/inquiries'),
      await send(extended, 'GET', '/live'),
    ];
    expect(answers.map(answer => [answer.status, answer.headers.get('x-after')])).toEqual([
      [414, null],
      [431, null],
      [204, null],
      [200, 'all'],
    ]);
    expect(seen).toEqual(['all GET /live']);
  });

  test('an export is streamed', async () => {
    const token = await issuer.sign({scope: Scope.INQUIRIES_EXPORT});
    const answer = await extended.get('/inquiries/export.csv', token);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toMatch(/^id,/);
  });
});

test('middleware in place of the one for CORS runs', async () => {
  const rest = await start(app => app.restServer.bind('middleware.cors').to(note('cors')).apply(asMiddleware()));
  await expectSubmitted(rest);
  expect(seen).toEqual(['cors POST /inquiries']);
});

test.each<[unknown]>([[undefined], [null], ['no way'], [new Error('no way')]])(
  'middleware that throws %s is answered with 500',
  async error => {
    const rest = await start(app =>
      app.middleware(() => {
        throw error;
      }),
    );
    await expectProblem(await rest.get('/live'), 'internal-error', {without: 'no way'});
  },
);

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
    app.route('get', '/hello', OPERATION, () => 'hello');
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
