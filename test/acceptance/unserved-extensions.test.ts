// What LoopBack lets a consumer add and outreach does not serve stops the start and is named, with what to do instead.
import {type Component, createBindingFromClass, inject, type Provider} from '@loopback/core';
import {
  api,
  asMiddleware,
  type BodyParser,
  createMiddlewareBinding,
  get,
  type Middleware,
  MiddlewareSequence,
  post,
  RestApplication,
  RestBindings,
  RestServer,
  RestTags,
  Route,
} from '@loopback/rest';
import {Router} from 'express';
import {OutreachApplication} from '../../src/application';
import {readEnv, restEnvSchema} from '../../src/config/env';
import {HealthController as OwnHealthController} from '../../src/controllers/health.controller';
import {endpoint} from '../../src/rest/endpoint';
import {OutreachSequence} from '../../src/rest/sequence';
import {UnservedExtensionError} from '../../src/rest/unserved-extensions';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenLogger} from '../helpers/logger';
import {givenRest, restEnvironment, type TestRest} from '../helpers/rest';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

function start(extend?: (app: OutreachApplication) => void): Promise<TestRest> {
  return givenRest({databaseUrl: database.url, issuer, extend});
}

class PlainController {
  @get('/hello')
  hello(): string {
    return 'hello';
  }

  @post('/hello/{name}')
  greet(): string {
    return 'hello';
  }
}

@api({basePath: '/v1', paths: {}})
class LivenessController {
  @get('/live')
  live(): string {
    return 'live';
  }
}

/** As `@loopback/health` has it: a controller of a name that outreach has too. */
const healthComponent = () => {
  class HealthController {
    @get('/health')
    health(): string {
      return 'up';
    }
  }
  return class HealthComponent implements Component {
    controllers = [HealthController];
  };
};

/** As `@loopback/rest-explorer` does it. */
class ExplorerComponent implements Component {
  constructor(@inject('application.instance') app: RestApplication) {
    app.static('/explorer', __dirname);
  }
}

class LogMiddleware implements Provider<Middleware> {
  value(): Middleware {
    return (_context, next) => next();
  }
}

class XmlParser implements BodyParser {
  name = 'xml';
  supports = () => true;
  parse = () => Promise.resolve({value: {}});
}

class OtherSequence extends MiddlewareSequence {}
class OtherOutreachSequence extends OutreachSequence {}
class OtherHealthController extends OwnHealthController {}

const operation = {responses: {200: {description: 'ok'}}};
const handler = () => 'hello';
const logRequests: Middleware = (_context, next) => next();
const openapi = {openapi: '3.0.3', info: {title: 'x', version: '1'}};

const ADDITIONS: Record<string, [named: string, add: (app: OutreachApplication) => unknown]> = {
  'middleware, a function': ['(logRequests): middleware', app => app.middleware(logRequests)],
  'middleware, a class': ['middleware.LogMiddleware: middleware', app => app.middleware(LogMiddleware)],
  'a binding of middleware': [
    'middleware.LogMiddleware: middleware',
    app => app.add(createMiddlewareBinding(LogMiddleware)),
  ],
  'middleware in the chain of actions': [
    'log (logRequests): middleware',
    app =>
      app
        .bind('log')
        .to(logRequests)
        .apply(asMiddleware({chain: RestTags.ACTION_MIDDLEWARE_CHAIN})),
  ],
  'Express middleware': [
    'middleware.express.log: middleware',
    app => app.expressMiddleware('middleware.express.log', (_request, _response, next) => next()),
  ],
  'the factory of Express middleware': [
    'middleware.createLog: middleware',
    app =>
      app.expressMiddleware(function createLog() {
        return (_request, _response, next) => next();
      }),
  ],
  'middleware in place of the one for CORS': [
    'middleware.cors',
    app => app.restServer.bind('middleware.cors').to(logRequests).apply(asMiddleware()),
  ],
  'static files': ['static files at /files', app => app.static('/files', __dirname)],
  'an Express router': ['an Express router at /legacy', app => app.mountExpressRouter('/legacy', Router())],
  'a base path': ['the base path /api', app => app.basePath('/api')],
  'a route with a function': ['GET /hello: a route', app => app.route('get', '/hello', operation, handler)],
  'a route object': ['POST /hello: a route', app => app.route(new Route('post', '/hello', operation, handler))],
  'a route to a controller': [
    'GET /greeting: a route',
    app => app.route('get', '/greeting', operation, PlainController, () => new PlainController(), 'hello'),
  ],
  'a redirect': ['GET /old: a route or redirect', app => app.redirect('/old', '/live')],
  'a plain controller': [
    'controllers.PlainController: not served, since not declared with @endpoint: GET /hello, POST /hello/{name}',
    app => app.controller(PlainController),
  ],
  'a plain controller with a base path': [
    'controllers.LivenessController: not served, since not declared with @endpoint: GET /v1/live',
    app => app.controller(LivenessController),
  ],
  'a controller that is no class': ['controllers.Value: ', app => app.bind('controllers.Value').to({})],
  'a second controller of the same name': ['controllers.HealthController', app => app.component(healthComponent())],
  "a subclass of outreach's controller under another name": [
    "controllers.OtherHealthController: GET /live is served from controllers.HealthController: add the class as app.controller(OtherHealthController, 'HealthController')",
    app => app.controller(OtherHealthController),
  ],
  'another sequence': ['rest.sequence (OtherSequence)', app => app.sequence(OtherSequence)],
  'a sequence that extends ours': ['rest.sequence (OtherOutreachSequence)', app => app.sequence(OtherOutreachSequence)],
  'a sequence in the context of the application': [
    'rest.sequence',
    app => app.bind(RestBindings.SEQUENCE).toClass(OtherSequence),
  ],
  'another class in the binding of the sequence': [
    'rest.sequence (OtherSequence)',
    app => app.restServer.getBinding(RestBindings.SEQUENCE).toClass(OtherSequence),
  ],
  'a handler': ['rest.sequence (SequenceFromFunction)', app => app.handler(() => undefined)],
  'an action': ['rest.sequence.actions.send', app => app.bind(RestBindings.SequenceActions.SEND).to(() => undefined)],
  'the action of errors': [
    'rest.sequence.actions.reject',
    app => app.bind(RestBindings.SequenceActions.REJECT).to(() => undefined),
  ],
  'options of the error writer': [
    'rest.errorWriterOptions',
    app => app.bind(RestBindings.ERROR_WRITER_OPTIONS).to({debug: true}),
  ],
  'a body parser': ['rest.requestBodyParser.XmlParser', app => app.bodyParser(XmlParser)],
  'options of body parsers': [
    'rest.requestBodyParserOptions',
    app => app.bind(RestBindings.REQUEST_BODY_PARSER_OPTIONS).to({}),
  ],
  'a format of AJV': ['format', app => app.bind('format').to({}).tag(RestTags.AJV_FORMAT)],
  'operations in the OpenAPI document': [
    'rest.apiSpec: GET /hello, POST /hello',
    app => app.api({...openapi, paths: {'/hello': {get: operation, post: {...operation, 'x-operation': handler}}}}),
  ],
  'a component that serves files': ['static files at /explorer', app => app.component(ExplorerComponent)],
  'another REST server': ['servers.RestServer: ', app => app.bind('servers.RestServer').toClass(RestServer)],
  'middleware of an observer': ['(logRequests)', app => app.onInit(() => void app.middleware(logRequests))],
  'middleware that an observer adds as it starts': [
    '(logRequests)',
    app => app.onStart(() => void app.middleware(logRequests)),
  ],
  'a controller that is no class, which an observer adds as it starts': [
    'controllers.Value: ',
    app => app.onStart(() => void app.bind('controllers.Value').to({})),
  ],
};

test.each(Object.entries(ADDITIONS))('%s stops the start and is named', async (_title, [named, add]) => {
  const starting = start(app => void add(app));
  await expect(starting).rejects.toThrow(UnservedExtensionError);
  await expect(starting).rejects.toThrow(named);
  await expect(starting).rejects.toThrow('docs/loopback.md');
});

test('a second server stops the start, as in any RestApplication', async () => {
  await expect(start(app => void app.server(RestServer, 'Other'))).rejects.toThrow('multiple servers');
});

test('all that is not served is named at once', async () => {
  const starting = start(app => {
    app.middleware(LogMiddleware);
    app.controller(PlainController);
    app.redirect('/old', '/live');
  });
  await expect(starting).rejects.toThrow(
    /^- controllers\.PlainController:.*\n- middleware\.LogMiddleware:.*\n- GET \/old:/m,
  );
});

test('an application that was refused starts when what it named is gone', async () => {
  const env = readEnv(restEnvSchema, restEnvironment({databaseUrl: database.url, issuer}));
  const app = new OutreachApplication({env, logger: givenLogger().logger});
  onTeardown(() => app.stop());
  app.middleware(LogMiddleware);
  await expect(app.start()).rejects.toThrow('middleware.LogMiddleware');
  await expect(app.start()).rejects.toThrow('middleware.LogMiddleware');
  app.restServer.unbind('middleware.LogMiddleware');
  await app.start();
  expect((await fetch(`${String(app.restServer.url)}/live`)).status).toBe(200);
});

test.each<[string, (app: OutreachApplication) => unknown]>([
  ['middleware.LogMiddleware', app => app.middleware(LogMiddleware)],
  ['controllers.Value', app => app.bind('controllers.Value').to({})], // the server does not start with it
])('no port stays open when %s of an observer that starts is refused', async (named, add) => {
  const {logger, lines} = givenLogger();
  const env = readEnv(restEnvSchema, restEnvironment({databaseUrl: database.url, issuer}));
  const app = new OutreachApplication({env, logger});
  onTeardown(() => app.stop());
  const urls: string[] = [];
  app.onStart(() => void add(app));
  app.once('started', () => urls.push(String(app.restServer.url)));
  await expect(app.start()).rejects.toThrow(named);
  const metrics = lines.find(({msg}) => msg === 'metrics.listening');
  urls.push(`http://127.0.0.1:${String(metrics?.port)}`);
  for (const url of urls) {
    await expect(fetch(`${url}/live`)).rejects.toMatchObject({cause: {code: 'ECONNREFUSED'}});
  }
});

test('a second class that declares a route of outreach is refused as it is declared', () => {
  const declare = () => {
    class SecondController {
      async live(): Promise<string> {
        return Promise.resolve('live');
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(SecondController.prototype, 'live') ?? {};
    endpoint('GET /live', {operationId: 'x', summary: 'x', responses: {}})(
      SecondController.prototype,
      'live',
      descriptor,
    );
  };
  expect(declare).toThrow('GET /live is declared by HealthController already');
});

describe('while the application runs', () => {
  // The others throw where they are called, are seen at the start only, or never had an effect.
  const OTHERS =
    /static|serves files|Express router|base path|observer|REST server|binding of the sequence|context of the app/;
  const LATE = Object.entries(ADDITIONS).filter(([title]) => !OTHERS.test(title));
  const OWN_PATHS = ['/live', '/openapi.json', '/inquiries/count'];
  let rest: TestRest;

  beforeAll(async () => {
    rest = await start();
  });

  const statuses = async () => {
    const token = await issuer.sign();
    return Promise.all(OWN_PATHS.map(async path => (await rest.get(path, token)).status));
  };

  test.each(LATE)('%s is taken out again and logged', async (_title, [, add]) => {
    const before = rest.lines.length;
    add(rest.app);
    await eventually(() => {
      const line = rest.lines.slice(before).find(({msg}) => msg === 'rest.extension.refused');
      expect(line).toMatchObject({level: 'error', extension: expect.any(String) as string});
    });
    expect(await statuses()).toEqual([200, 200, 200]);
    const {paths} = (await (await rest.get('/openapi.json')).json()) as {paths: object};
    expect(paths).not.toHaveProperty('/hello');
  });
});

test('a component without anything that is not served works', async () => {
  class Greeting {
    text = 'hello';
  }
  class Extension implements Component {
    bindings = [createBindingFromClass(Greeting, {key: 'greeting'})];
  }
  const rest = await start(app => void app.component(Extension));
  expect(await rest.app.get('greeting')).toEqual({text: 'hello'});
  expect((await rest.get('/live')).status).toBe(200);
});
