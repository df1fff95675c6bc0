// Whatever a consumer binds that does not work: the start fails and names it, or a request is answered and the next one too.
import {
  asGlobalInterceptor,
  bind,
  BindingScope,
  inject,
  injectable,
  type Interceptor,
  type InvocationContext,
  type Next,
  type Provider,
} from '@loopback/core';
import {type RequestContext, RestBindings} from '@loopback/rest';
import type {OutreachApplication} from '../../../src/application';
import {ProbeController} from '../../../src/controllers/probe.controller';
import {RestGlueBindings} from '../../../src/rest/server/keys';
import {ReadinessService} from '../../../src/services/readiness.service';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

function start(extend?: (app: OutreachApplication) => void): Promise<TestRest> {
  return givenRest({databaseUrl: database.url, issuer, extend});
}

@injectable({scope: BindingScope.SINGLETON})
class NeedsWhatIsMissing extends ProbeController {
  constructor(
    @inject('services.ReadinessService') readiness: ReadinessService,
    @inject('missing') readonly missing: string,
  ) {
    super(readiness);
  }
}

@injectable({scope: BindingScope.SINGLETON})
class CannotBeMade extends ProbeController {
  constructor(@inject('services.ReadinessService') readiness: ReadinessService) {
    super(readiness);
    throw new Error('no way');
  }
}

@injectable({scope: BindingScope.TRANSIENT})
class CannotBeMadeForARequest extends CannotBeMade {}

const CANNOT_START: Record<string, [named: string, add: (app: OutreachApplication) => unknown]> = {
  'a controller that needs what is not bound': [
    "controllers.ProbeController cannot be made: The key 'missing'",
    app => app.controller(NeedsWhatIsMissing, 'ProbeController'),
  ],
  'a controller whose constructor throws': [
    'controllers.ProbeController cannot be made: no way',
    app => app.controller(CannotBeMade, 'ProbeController'),
  ],
  'a sequence without what it needs': [
    "outreach.rest.sequence cannot be made: The key 'outreach.rest.common-headers'",
    app => app.unbind(RestGlueBindings.COMMON_HEADERS),
  ],
};

test.each(Object.entries(CANNOT_START))('%s stops the start and is named', async (_title, [named, add]) => {
  await expect(start(app => void add(app))).rejects.toThrow(named);
});

@bind(asGlobalInterceptor())
class NeedsWhatIsMissingToo implements Provider<Interceptor> {
  constructor(@inject('missing') readonly missing: string) {}

  value(): Interceptor {
    return (_invocation, next) => next();
  }
}

class NeverReady extends ReadinessService {
  override check(): never {
    throw new Error('no way');
  }
}

const throwing =
  (value: unknown): Interceptor =>
  () => {
    throw value;
  };
const results =
  (result: object): Interceptor =>
  () =>
    result;
const intercepted = (interceptor: Interceptor) => (app: OutreachApplication) =>
  app.interceptor(interceptor, {global: true, key: 'globalInterceptors.broken'});

const FAILS_REQUESTS: Record<string, (app: OutreachApplication) => unknown> = {
  'a controller that cannot be made for a request': app => app.controller(CannotBeMadeForARequest, 'ProbeController'),
  'an interceptor that needs what is not bound': app => app.interceptor(NeedsWhatIsMissingToo),
  'an interceptor that throws an error': intercepted(throwing(new Error('no way'))),
  'an interceptor that throws nothing': intercepted(throwing(undefined)),
  'an interceptor that throws null': intercepted(throwing(null)),
  'an interceptor that throws a string': intercepted(throwing('no way')),
  'an interceptor that rejects': intercepted(() => Promise.reject(new Error('no way'))),
  'an interceptor with a result that is no JSON': intercepted(results({count: 1n})),
  'an interceptor with a result that refers to itself': intercepted(() => {
    const result: Record<string, unknown> = {};
    return Object.assign(result, {result});
  }),
  'no interceptor but a value': app => app.bind('globalInterceptors.none').to('none').apply(asGlobalInterceptor()),
  'a service that throws': app => app.service(NeverReady, {name: 'ReadinessService', interface: ReadinessService}),
  'what every request passes, when it throws': app =>
    app.bind(RestGlueBindings.COMMON_HEADERS).to(() => {
      throw new Error('no way');
    }),
};

test.each(Object.entries(FAILS_REQUESTS))('%s is answered with 500, each time', async (_title, add) => {
  const rest = await start(app => void add(app));
  for (let count = 0; count < 3; count++) {
    await expectProblem(await rest.get('/ready'), 'internal-error');
  }
  const counts = () => rest.lines.filter(({msg}) => msg === 'request.failed').map(({count}) => Number(count));
  await eventually(() => expect(counts().reduce((sum, count) => sum + count, 0)).toBe(3)); // one line a second
  expect(rest.text()).not.toContain('process.failed');
});

test('an interceptor that answers itself is left alone', async () => {
  const answer: Interceptor = async (invocation: InvocationContext, next: Next) => {
    const {response} = await invocation.get<RequestContext>(RestBindings.Http.CONTEXT.key);
    response.status(418).send('mine');
    return next();
  };
  const rest = await start(intercepted(answer));
  for (let count = 0; count < 3; count++) {
    const response = await rest.get('/live');
    expect([response.status, await response.text()]).toEqual([418, 'mine']);
  }
});

test('a request whose error cannot even be logged breaks its connection, and the next one is served', async () => {
  const rest = await start();
  const {logger} = rest;
  const error = jest.spyOn(logger, 'error').mockImplementation(() => {
    throw new Error('no log');
  });
  intercepted(throwing(new Error('no way')))(rest.app);
  await expect(rest.get('/live')).rejects.toThrow('fetch failed');
  error.mockRestore();
  rest.app.unbind('globalInterceptors.broken');
  expect((await rest.get('/live')).status).toBe(200);
});

test('a value that is bound as a controller while the application runs is taken out, and all routes stay', async () => {
  const rest = await start();
  rest.app.bind('controllers.Value').to({});
  await eventually(() => {
    expect(rest.lines.map(({msg}) => msg)).toContain('rest.extension.refused');
  });
  const token = await issuer.sign();
  for (const path of ['/live', '/inquiries']) expect((await rest.get(path, token)).status).toBe(200);
});

test('what an observer of bindings throws is logged and does not end the process', async () => {
  const rest = await start();
  rest.app.restServer.subscribe(() => {
    throw new Error('no way');
  });
  rest.app.bind('something').to('new');
  await eventually(() => {
    expect(rest.lines).toContainEqual(expect.objectContaining({level: 'error', msg: 'rest.binding.failed'}));
  });
  expect((await rest.get('/live')).status).toBe(200);
});
