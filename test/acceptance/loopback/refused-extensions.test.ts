// What LoopBack lets a consumer add and outreach does not serve stops the start and is named, with what to do instead.
import {type Component, createBindingFromClass} from '@loopback/core';
import {api, get, getControllerSpec, MiddlewareSequence, RestBindings, RestServer} from '@loopback/rest';
import {OutreachApplication} from '../../../src/application';
import {readEnv, restEnvSchema} from '../../../src/config/env';
import {ROUTE_ACCESS} from '../../../src/access/policy';
import {InquiryController} from '../../../src/controllers/inquiry.controller';
import {ProbeController} from '../../../src/controllers/probe.controller';
import {operation as declared} from '../../../src/rest/server/operation';
import {RefusedExtensionError} from '../../../src/rest/loopback/refused-extensions';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenLogger} from '../../helpers/logger';
import {givenRest, restEnvironment, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

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
}

class TakingController {
  @get('/inquiries')
  list(): string {
    return 'mine';
  }

  @get('/inquiries/{name}')
  find(): string {
    return 'mine';
  }
}

@api({basePath: '/inquiries', paths: {}})
class BasedController {
  @get('/count')
  count(): string {
    return 'mine';
  }
}

const ofTheSameName = () => {
  class InquiryController {
    @get('/hello')
    hello(): string {
      return 'hello';
    }
  }
  return InquiryController;
};

class OtherProbeController extends ProbeController {}

const operation = {responses: {200: {description: 'ok'}}};
const handler = () => 'hello';
const openapi = {openapi: '3.0.3', info: {title: 'x', version: '1'}};

const ADDITIONS: Record<string, [named: string, add: (app: OutreachApplication) => unknown]> = {
  'a route of outreach with a function': [
    'GET /inquiries: GET /inquiries is served by InquiryController (GET /inquiries): choose another path',
    app => app.route('get', '/inquiries', operation, handler),
  ],
  'a redirect from a route of outreach': ['GET /ready: ', app => app.redirect('/ready', '/live')],
  'a controller with routes of outreach': [
    'controllers.TakingController: GET /inquiries is served by InquiryController (GET /inquiries): choose another path, or extend that class; GET /inquiries/{name} is served by InquiryController (GET /inquiries/{id})',
    app => app.controller(TakingController),
  ],
  'a controller whose base path makes one': [
    'controllers.BasedController: GET /inquiries/count',
    app => app.controller(BasedController),
  ],
  'a controller that is no class': ['controllers.Value: ', app => app.bind('controllers.Value').to({})],
  'a second controller of the same name': ['controllers.InquiryController', app => app.controller(ofTheSameName())],
  "a subclass of outreach's controller under another name": [
    "controllers.OtherProbeController: GET /live is served from controllers.ProbeController: add the class as app.controller(OtherProbeController, 'ProbeController')",
    app => app.controller(OtherProbeController),
  ],
  'options of the error writer': [
    'rest.errorWriterOptions',
    app => app.bind(RestBindings.ERROR_WRITER_OPTIONS).to({debug: true}),
  ],
  'operations of outreach in the OpenAPI document': [
    'rest.apiSpec: GET /inquiries',
    app => app.api({...openapi, paths: {'/inquiries': {get: {...operation, 'x-operation': handler}}}}),
  ],
  'a sequence in the context of the application': [
    'rest.sequence (MiddlewareSequence): the server does not see it: use app.sequence',
    app => app.bind(RestBindings.SEQUENCE).toClass(MiddlewareSequence),
  ],
  'another REST server': ['servers.RestServer: ', app => app.bind('servers.RestServer').toClass(RestServer)],
  'a route of an observer': ['GET /live: ', app => app.onInit(() => void app.redirect('/live', '/ready'))],
  'a controller with routes of outreach, which an observer adds as it starts': [
    'controllers.TakingController: ',
    app => app.onStart(() => void app.controller(TakingController)),
  ],
  'a controller that is no class, which an observer adds as it starts': [
    'controllers.Value: ',
    app => app.onStart(() => void app.bind('controllers.Value').to({})),
  ],
};

test.each(Object.entries(ADDITIONS))('%s stops the start and is named', async (_title, [named, add]) => {
  const starting = start(app => void add(app));
  await expect(starting).rejects.toThrow(RefusedExtensionError);
  await expect(starting).rejects.toThrow(named);
  await expect(starting).rejects.toThrow('docs/loopback.md');
});

test('a second server stops the start, as in any RestApplication', async () => {
  await expect(start(app => void app.server(RestServer, 'Other'))).rejects.toThrow('multiple servers');
});

test('all that is not served is named at once', async () => {
  const starting = start(app => {
    app.controller(TakingController);
    app.controller(PlainController);
    app.redirect('/ready', '/live');
  });
  await expect(starting).rejects.toThrow(/^- controllers\.TakingController:.*\n- GET \/ready:/m);
});

test('an application that was refused starts when what it named is gone', async () => {
  const env = readEnv(restEnvSchema, restEnvironment({databaseUrl: database.url, issuer}));
  const app = new OutreachApplication({env, logger: givenLogger().logger});
  onTeardown(() => app.stop());
  app.controller(TakingController);
  await expect(app.start()).rejects.toThrow('controllers.TakingController');
  await expect(app.start()).rejects.toThrow('controllers.TakingController');
  app.unbind('controllers.TakingController');
  await app.start();
  expect((await fetch(`${String(app.restServer.url)}/live`)).status).toBe(200);
});

test.each<[string, (app: OutreachApplication) => unknown]>([
  ['controllers.TakingController', app => app.controller(TakingController)],
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

describe('a route of outreach that the access table lacks stops the start and is named', () => {
  test('declared with @operation', async () => {
    const table: Record<string, unknown> = ROUTE_ACCESS;
    const {['GET /ready']: row} = table;
    delete table['GET /ready'];
    try {
      await expect(start()).rejects.toThrow('ROUTE_ACCESS (src/access/policy.ts) for GET /ready (ProbeController)');
    } finally {
      table['GET /ready'] = row;
    }
  });

  test("declared with LoopBack's decorators", async () => {
    const {paths} = getControllerSpec(InquiryController) as {paths: Record<string, unknown>}; // LoopBack keeps it
    paths['/inquiries/unlisted'] = {get: {...operation, 'x-operation-name': 'count'}};
    try {
      await expect(start()).rejects.toThrow('GET /inquiries/unlisted (InquiryController)');
    } finally {
      delete paths['/inquiries/unlisted'];
    }
  });
});

describe('a row of the access table that no controller serves stops the start and is named', () => {
  test('since no method declares the route', async () => {
    const table: Record<string, unknown> = ROUTE_ACCESS;
    table['GET /inquiries/{id}/notes'] = 'inquiries:read';
    try {
      await expect(start()).rejects.toThrow('No controller serves GET /inquiries/{id}/notes of ROUTE_ACCESS: bind');
    } finally {
      delete table['GET /inquiries/{id}/notes'];
    }
  });

  test('since the controller that declares it is not bound', async () => {
    const starting = start(app => app.onInit(() => void app.unbind('controllers.ProbeController')));
    await expect(starting).rejects.toThrow('No controller serves GET /live, GET /ready of ROUTE_ACCESS');
  });
});

test('a second class that declares a route of outreach is refused as it is declared', () => {
  const declare = () => {
    class SecondController {
      async live(): Promise<string> {
        return Promise.resolve('live');
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(SecondController.prototype, 'live') ?? {};
    declared('GET /live', {operationId: 'x', summary: 'x', responses: {}})(
      SecondController.prototype,
      'live',
      descriptor,
    );
  };
  expect(declare).toThrow('GET /live is declared by ProbeController already');
});

describe('while the application runs', () => {
  // The others are seen at the start only, or by LoopBack alone.
  const OTHERS = /observer|REST server|a base path makes|context of the app/;
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
