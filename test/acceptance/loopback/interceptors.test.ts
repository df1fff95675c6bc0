// LoopBack's interceptors and contexts work on every route, though requests do without while there is no interceptor.
import {
  asGlobalInterceptor,
  bind,
  BindingScope,
  inject,
  injectable,
  intercept,
  INTERCEPT_METHOD_KEY,
  type Interceptor,
  type InvocationContext,
  type InvocationResult,
  MetadataInspector,
  type Next,
  type Provider,
} from '@loopback/core';
import {
  type ExpressMiddlewareFactory,
  registerExpressMiddlewareInterceptor,
  type Request,
  RequestContext,
  RestBindings,
} from '@loopback/rest';
import type {OutreachApplication} from '../../../src/application';
import {ProbeController} from '../../../src/controllers/probe.controller';
import {InquiryController} from '../../../src/controllers/inquiry.controller';
import {ProblemError} from '../../../src/rest/problems/problem-error';
import {ReadinessService} from '../../../src/services/readiness.service';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let seen: string[];

/** A global interceptor that notes what it sees, and refuses the name "Refused". */
@bind(asGlobalInterceptor())
class Watcher implements Provider<Interceptor> {
  value(): Interceptor {
    return (invocation, next) => this.watch(invocation, next);
  }

  private async watch(invocation: InvocationContext, next: Next): Promise<InvocationResult> {
    const {request} = await invocation.get<RequestContext>(RestBindings.Http.CONTEXT.key);
    seen.push(
      `${request.method} ${request.originalUrl} ${request.get('content-type') ?? '-'} ${invocation.targetName}`,
    );
    const [input] = invocation.args as [{body?: {name?: string}}];
    if (input.body?.name === 'Refused') throw new ProblemError('forbidden', 'Not this one.');
    const result: unknown = await next();
    seen.push('done');
    return result;
  }
}

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

beforeEach(async () => {
  seen = [];
  rest = await givenRest({databaseUrl: database.url, issuer});
});

test('a global interceptor sees each call with its request, also when it is added while the server runs', async () => {
  expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
  rest.app.interceptor(Watcher, {global: true, name: 'watcher'});
  expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
  const token = await issuer.sign();
  expect((await rest.get('/inquiries?limit=1', token)).status).toBe(200);
  expect(seen).toEqual([
    'POST /inquiries application/json InquiryController.prototype.submit',
    'done',
    'GET /inquiries?limit=1 - InquiryController.prototype.list',
    'done',
  ]);
  rest.app.unbind('globalInterceptors.watcher');
  expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
  expect(seen).toHaveLength(4);
});

test('what an interceptor throws is answered as a problem, and the controller is not called', async () => {
  rest.app.interceptor(Watcher, {global: true, name: 'watcher'});
  const submission = givenSubmission({name: 'Refused'});
  await expectProblem(await rest.post('/inquiries', submission), 'forbidden');
  expect(await database.query('SELECT FROM inquiry WHERE email = $1', [submission.email])).toEqual([]);
  expect(seen).toHaveLength(1);
});

test('@intercept on one method concerns that method only', async () => {
  const note: Interceptor = (invocation, next) => {
    seen.push(invocation.methodName);
    return next();
  };
  const target = InquiryController.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(target, 'count');
  intercept(note)(target, 'count', descriptor);
  expect(MetadataInspector.getMethodMetadata(INTERCEPT_METHOD_KEY, target, 'count')).toHaveLength(1);
  rest = await givenRest({databaseUrl: database.url, issuer});
  const token = await issuer.sign();
  const counted = await rest.get('/inquiries/count', token);
  expect(await counted.json()).toMatchObject({count: expect.any(Number) as number});
  expect((await rest.get('/inquiries', token)).status).toBe(200);
  expect(seen).toEqual(['count']);
});

const note: Interceptor = (invocation, next) => {
  seen.push(invocation.targetName);
  return next();
};

/** Made for one request, which it is given. */
@injectable({scope: BindingScope.REQUEST})
class RequestController extends ProbeController {
  constructor(
    @inject('services.ReadinessService') readiness: ReadinessService,
    @inject(RestBindings.Http.REQUEST) private readonly request: Request,
  ) {
    super(readiness);
    seen.push('made');
  }

  override live() {
    seen.push(`${this.request.method} ${this.request.originalUrl}`);
    return super.live();
  }
}

@injectable({scope: BindingScope.TRANSIENT})
class TransientController extends RequestController {}

@injectable({scope: BindingScope.SINGLETON})
class InterceptedController extends ProbeController {
  @intercept(note)
  override live() {
    return super.live();
  }
}

test.each([
  ['REQUEST', RequestController],
  ['TRANSIENT', TransientController],
])('a controller in the scope %s is made for each request, which it gets', async (_scope, controller) => {
  const extend = (app: OutreachApplication) => void app.controller(controller, 'ProbeController');
  rest = await givenRest({databaseUrl: database.url, issuer, extend});
  for (let count = 0; count < 2; count++) expect((await rest.get('/live')).status).toBe(200);
  expect(seen).toEqual(['made', 'GET /live', 'made', 'GET /live']);
});

test("a class that extends outreach's controller and is bound as that has its own interceptors", async () => {
  const extend = (app: OutreachApplication) => void app.controller(InterceptedController, 'ProbeController');
  rest = await givenRest({databaseUrl: database.url, issuer, extend});
  expect((await rest.get('/live')).status).toBe(200);
  expect(seen).toEqual(['InterceptedController.prototype.live']);
});

test('Express middleware runs as an interceptor', async () => {
  const factory: ExpressMiddlewareFactory<{value: string}> = config => (_request, response, next) => {
    response.setHeader('X-From-Express', String(config?.value));
    next();
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a context by a mixin, which its types hide
  registerExpressMiddlewareInterceptor(rest.app, factory, {value: 'yes'}, {global: true, key: 'globalInterceptors.x'});
  const response = await rest.get('/live');
  expect([response.status, response.headers.get('x-from-express')]).toEqual([200, 'yes']);
});
