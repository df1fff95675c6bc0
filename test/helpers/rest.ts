// The REST application, listening on a free port in the test's own process, and a small client for it.
import type {IncomingMessage} from 'node:http';
import {OutreachApplication} from '../../src/application';
import type {OutreachSocketEventService} from '../../src/components/websocket/socket-event.service';
import {readEnv, restEnvSchema} from '../../src/config/env';
import type {FairLimiterOptions} from '../../src/platform/fair-limiter';
import {RepositoryBindings} from '../../src/repositories/keys';
import {RestGlueBindings} from '../../src/rest/server/keys';
import {SubmissionLimiter} from '../../src/rest/server/submission-limiter';
import {eventually} from './eventually';
import {givenLogger, type RecordedLogger} from './logger';
import {onTeardown} from './teardown';
import {AUDIENCE, ISSUER, type TokenIssuer} from './tokens';

/** Signs the tokens of subscriptions. */
export const TOKEN_KEY = Buffer.alloc(32, 'k');
/** Signs form tokens. */
export const FORM_TOKEN_KEY = 'a-form-token-key-of-tests-alone-01';

export interface RestOptions {
  databaseUrl: string;
  issuer: TokenIssuer;
  redisUrl?: string;
  /** Channel prefix; give each test file its own, since Redis is shared. */
  redisKey?: string;
  /** False for a Redis that does not answer. */
  awaitRedis?: boolean;
  env?: Record<string, string>;
  /** Limits of submissions that a test can reach. */
  submissionLimits?: FairLimiterOptions;
  /** Rows of a status that are counted at most, instead of 100,000. */
  countBound?: number;
  /** What a consumer adds before the start. */
  extend?: (app: OutreachApplication) => void;
}

export interface TestRest extends RecordedLogger {
  url: string;
  app: OutreachApplication;
  socketEvents: OutreachSocketEventService;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, token?: string): Promise<Response>;
  stop(): Promise<void>;
}

/** Resolves once it listens and, with a Redis, is connected to it: it serves before, and loses the events of that time. */
export async function givenRest(options: RestOptions): Promise<TestRest> {
  const {databaseUrl, issuer, redisUrl, redisKey, env = {}, countBound, submissionLimits: limits, extend} = options;
  const recorded = givenLogger();
  const app = new OutreachApplication({
    env: readEnv(restEnvSchema, restEnvironment({databaseUrl, issuer, redisUrl, redisKey, env})),
    logger: recorded.logger,
  });
  if (countBound !== undefined) app.bind(RepositoryBindings.COUNT_BOUND).to(countBound);
  if (limits) {
    const onRefused = () => app.getSync(RestGlueBindings.HTTP_METRICS).countSubmission();
    const clientOf = ({socket}: IncomingMessage) => String(socket.remoteAddress);
    app.bind(RestGlueBindings.SUBMISSION_LIMITER).to(new SubmissionLimiter({clientOf, onRefused, limits}));
  }
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= app.stop());
  onTeardown(stop);
  extend?.(app);
  await app.start();
  const url = String(app.restServer.url);
  const socketEvents = await app.get<OutreachSocketEventService>('services.OutreachSocketEventService');
  if (redisUrl !== undefined && (options.awaitRedis ?? true)) {
    await eventually(() => {
      if (!socketEvents.isReady()) throw new Error('REST is not connected to Redis');
    });
  }
  return {
    ...recorded,
    url,
    app,
    socketEvents,
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: {'Content-Type': 'application/json', ...headers},
        body: JSON.stringify(body),
        redirect: 'manual',
      }),
    get: (path, token) => fetch(url + path, {headers: token === undefined ? {} : {Authorization: `Bearer ${token}`}}),
    stop,
  };
}

/** The environment of a REST process under test; ports are free ones. */
export function restEnvironment({databaseUrl, issuer, redisUrl, redisKey, env}: RestOptions): Record<string, string> {
  return {
    PORT: '0',
    METRICS_PORT: '0',
    RATE_LIMIT: 'off', // tests send more from one address than people do
    DATABASE_URL: databaseUrl,
    ...(redisUrl !== undefined && {REDIS_URL: redisUrl}),
    ...(redisKey !== undefined && {REDIS_KEY: redisKey}),
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    AUTH_JWKS: JSON.stringify(issuer.jwks),
    SUBSCRIPTION_TOKEN_KEYS: TOKEN_KEY.toString('base64'),
    FORM_TOKEN_KEYS: FORM_TOKEN_KEY,
    ...env,
  };
}
