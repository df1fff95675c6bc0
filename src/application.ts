// OutreachApplication, the composition root of the REST process: everything that is wired is named here.
import {type ApplicationConfig, BindingScope, CoreTags, createBindingFromClass} from '@loopback/core';
import {RepositoryMixin} from '@loopback/repository';
import {RestBindings} from '@loopback/rest';
import {ApplicationWebSocketComponent} from './components/websocket/component';
import {WebSocketBindings} from './components/websocket/keys';
import {noPublisher} from './components/websocket/websocket-emitter';
import {acceptedTokens, type RestEnv} from './config/env';
import {parseClaims} from './access/claims';
import {MAX_COUNTED} from './contract/page';
import {ExportController} from './controllers/export.controller';
import {FeedController} from './controllers/feed.controller';
import {FormTokenController} from './controllers/form-token.controller';
import {InquiryController} from './controllers/inquiry.controller';
import {MessageController} from './controllers/message.controller';
import {OpenApiController} from './controllers/openapi.controller';
import {ProbeController} from './controllers/probe.controller';
import {SubscriptionManagementController} from './controllers/subscription-management.controller';
import {PrivacyController} from './controllers/privacy.controller';
import {SubscriptionController} from './controllers/subscription.controller';
import {TopicController} from './controllers/topic.controller';
import {TriageController} from './controllers/triage.controller';
import {PostgresDataSource} from './datasources/postgres/postgres.datasource';
import {PlatformBindings} from './platform/keys';
import {createAllowedOrigins} from './platform/allowed-origins';
import {levelOf} from './platform/error-reasons';
import type {Logger} from './platform/logger';
import {createRegistry, type Registry} from './platform/metrics';
import {RateLimitedLog} from './platform/rate-limited-log';
import {createCounterConnection, createPublisher} from './platform/redis';
import {SharedCounters} from './platform/shared-counters';
import {createTokenVerifier} from './platform/token-verifier';
import {RepositoryBindings} from './repositories/keys';
import {FormTokenUseRepository} from './repositories/inquiry/form-token-use.repository';
import {InquiryRepository} from './repositories/inquiry/inquiry.repository';
import {InquiryActivityRepository} from './repositories/inquiry/inquiry-activity.repository';
import {InquiryFeedRepository} from './repositories/change-feed/inquiry-feed.repository';
import {PrivacyRepository} from './repositories/privacy/privacy.repository';
import {SubscriptionRepository} from './repositories/subscription/subscription.repository';
import {ACCESS_GUARD, AccessGuard} from './rest/loopback/access-guard';
import {API_DESCRIPTION} from './rest/openapi/api-description';
import {MAX_BODY_BYTES} from './rest/http/body';
import {clientOf, type ClientSource, isDirect} from './rest/server/client-address';
import {limitConnections} from './rest/server/connection-limits';
import {createCommonHeaders} from './rest/http/common-headers';
import {HttpMetrics} from './rest/server/http-metrics';
import {hardenServer} from './rest/server/http-server';
import {InternalServerObserver} from './observers/internal-server.observer';
import {RestGlueBindings} from './rest/server/keys';
import {AuthenticationMiddleware, ProblemRejecter, ReplySender} from './rest/loopback/loopback-actions';
import {OpenApiEnhancer} from './rest/openapi/enhancer';
import {OutreachRestServer} from './rest/server/rest-server';
import {OutreachSequence, SEQUENCE} from './rest/server/sequence';
import {StrictRestApplication} from './rest/loopback/strict-application';
import {SubmissionLimiter} from './rest/server/submission-limiter';
import {ExportService} from './services/export.service';
import {FeedService} from './services/feed.service';
import {InquiryService} from './services/inquiry.service';
import {Captcha} from './services/guards/captcha';
import {CaptchaGuard} from './services/guards/captcha.guard';
import {ContentGuard} from './services/guards/content.guard';
import {FormTokenGuard} from './services/guards/form-token.guard';
import {FormTokens} from './services/guards/form-tokens';
import {HoneypotGuard} from './services/guards/honeypot.guard';
import {ProofOfWork} from './services/guards/proof-of-work';
import {ProofOfWorkGuard} from './services/guards/proof-of-work.guard';
import {RateGuard} from './services/guards/rate.guard';
import {RateLimit, type RateLimitOptions} from './services/guards/rate-limit';
import {SubmissionGuards} from './services/guards/submission-guards';
import {ServiceBindings} from './services/keys';
import {PrivacyService} from './services/privacy.service';
import {ReadinessService} from './services/readiness.service';
import {SubmissionMetrics} from './services/submission-metrics';
import {SubscriptionManagementService} from './services/subscription-management.service';
import {SubscriptionService} from './services/subscription.service';
import {SubscriptionTokens} from './services/subscription-tokens';
import {TriageService} from './services/triage.service';

/** What the REST process is configured with: its environment, already parsed, and a logger. */
export interface OutreachApplicationOptions {
  env: RestEnv;
  logger: Logger;
}

// Beyond Node's 511 the kernel would drop the first packet of a burst of connections, a visitor's among them, which is sent
// again after a second. It takes no more than its own limit (net.core.somaxconn).
const BACKLOG = 65_535;
// The most of all connections that one client may have, where clients connect directly.
const SHARE_OF_ONE_CLIENT = 0.5;
// The longest that requests may hold up a stop; the rest is for notifications in flight and for the pool.
const REQUESTS_SHARE_OF_SHUTDOWN = 0.7;

export class OutreachApplication extends RepositoryMixin(StrictRestApplication) {
  constructor({env, logger}: OutreachApplicationOptions) {
    super(serverConfig(env));
    this.bind(PlatformBindings.LOGGER).to(logger);
    const rateLimitedLog = new RateLimitedLog({logger});
    this.bind(PlatformBindings.RATE_LIMITED_LOG).to(rateLimitedLog);
    this.onStop(() => rateLimitedLog.flush());
    const registry = createRegistry();
    this.bind(PlatformBindings.REGISTRY).to(registry);

    this.bindStorage(env, logger);
    this.bindRealtime(env, logger);
    this.bindServices(env);
    this.bindRest(env, {logger, registry});
    this.endOwnBindings(logger);
  }

  /**
   * From now on `/ready` answers 503, so that balancers look elsewhere; everything is still served. Call it before
   * `stop()`, which then gives idle connections a second for the requests that are on their way.
   */
  async startDraining(): Promise<void> {
    (await this.get<ReadinessService>('services.ReadinessService')).startDraining();
    this.restServer.startDraining();
  }

  private bindStorage(env: RestEnv, logger: Logger): void {
    const postgres = new PostgresDataSource({url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE, logger});
    this.dataSource(postgres);
    this.bind('lifeCycleObservers.PostgresDataSource')
      .to(postgres)
      .tag('lifeCycleObserver', {lifeCycleObserverGroup: 'datasource'});
    this.bind(RepositoryBindings.COUNT_BOUND).to(MAX_COUNTED);
    this.repository(InquiryRepository);
    this.repository(InquiryActivityRepository);
    this.repository(InquiryFeedRepository);
    this.repository(SubscriptionRepository);
    this.repository(PrivacyRepository);
  }

  private bindRealtime(env: RestEnv, logger: Logger): void {
    if (env.REDIS_URL === undefined) logger.info({variable: 'REDIS_URL'}, 'realtime.disabled');
    this.bind(WebSocketBindings.PUBLISHER).to(
      env.REDIS_URL === undefined ? noPublisher : createPublisher(env.REDIS_URL, logger),
    );
    this.bind(WebSocketBindings.CHANNEL_PREFIX).to(env.REDIS_KEY);
    this.component(ApplicationWebSocketComponent);
  }

  private bindServices(env: RestEnv): void {
    this.bind(ServiceBindings.INQUIRY_TOPICS).to(env.INQUIRY_TOPICS);
    this.bind(ServiceBindings.UNKNOWN_TOPIC).to(env.UNKNOWN_TOPIC);
    this.bind(ServiceBindings.SUBMISSION_METRICS).toClass(SubmissionMetrics).inScope(BindingScope.SINGLETON);
    this.bindGuards(env);
    this.service(InquiryService);
    this.service(FeedService);
    this.service(TriageService);
    this.bind(ServiceBindings.DOUBLE_OPT_IN).to(env.DOUBLE_OPT_IN);
    this.bind(ServiceBindings.SUBSCRIPTION_LISTS).to(env.SUBSCRIPTION_LISTS);
    this.bind(ServiceBindings.CONSENT_TEXTS).to(env.CONSENT_TEXTS);
    this.bind(ServiceBindings.SUBSCRIPTION_TOKENS).to(new SubscriptionTokens(env.SUBSCRIPTION_TOKEN_KEYS));
    this.service(SubscriptionService);
    this.service(SubscriptionManagementService);
    this.bind(ServiceBindings.EXPORT_IDLE_TIMEOUT_MS).to(env.EXPORT_IDLE_TIMEOUT_MS);
    this.service(ExportService);
    this.service(PrivacyService);
    this.service(ReadinessService);
  }

  // What looks at submissions of the public routes before they are stored. The order is theirs, by what each costs.
  private bindGuards(env: RestEnv): void {
    const limits = {
      client: env.RATE_LIMIT_PER_CLIENT,
      flood: env.RATE_LIMIT_FLOOD_PER_CLIENT,
      email: env.RATE_LIMIT_PER_EMAIL,
      burst: env.RATE_LIMIT_PER_MINUTE,
    };
    const rateLimit = env.RATE_LIMIT === 'on' ? new RateLimit({limits, shared: this.sharedCounters(env)}) : undefined;
    this.bind(ServiceBindings.RATE_LIMIT).to(rateLimit);
    this.add(createBindingFromClass(RateGuard));
    this.bind(ServiceBindings.HONEYPOT_FIELD).to(env.HONEYPOT_FIELD);
    this.add(createBindingFromClass(HoneypotGuard));
    this.add(createBindingFromClass(ContentGuard));
    this.bind(ServiceBindings.FORM_TOKENS).to(new FormTokens(env.FORM_TOKEN_KEYS));
    const hasProofs = env.PROOF_OF_WORK === 'on' && env.FORM_TOKEN_KEYS.length > 0;
    this.bind(ServiceBindings.PROOF_OF_WORK).to(
      hasProofs ? new ProofOfWork({keys: env.FORM_TOKEN_KEYS, rateLimit}) : undefined,
    );
    this.add(createBindingFromClass(ProofOfWorkGuard));
    this.repository(FormTokenUseRepository);
    this.add(createBindingFromClass(FormTokenGuard));
    this.bind(ServiceBindings.CAPTCHA).to(this.createCaptcha(env));
    this.add(createBindingFromClass(CaptchaGuard));
    this.service(SubmissionGuards);
  }

  // Counts of all replicas, on a connection of their own: what hangs there holds up no event.
  private sharedCounters(env: RestEnv): RateLimitOptions['shared'] {
    const {RATE_LIMIT_STORE: store, REDIS_URL: url, REDIS_KEY: key, FORM_TOKEN_KEYS: keys} = env;
    const [secret] = keys;
    if (store !== 'redis' || url === undefined || secret === undefined) return undefined;
    const log = this.getSync(PlatformBindings.RATE_LIMITED_LOG);
    const connection = createCounterConnection(url, this.getSync(PlatformBindings.LOGGER));
    const onFailure = (reason?: string) => log.write(levelOf(reason), 'rate_limit.store.failed', {reason});
    this.onStart(() => void connection.connect().catch(() => undefined)); // it logs, and tries again
    this.onStop(() => connection.disconnect());
    return {counters: new SharedCounters({connection, prefix: `${key}#rate:`, onFailure}), secret};
  }

  private createCaptcha(env: RestEnv): Captcha | undefined {
    const {CAPTCHA_PROVIDER: provider, CAPTCHA_SECRET: secret, CAPTCHA_SITE_KEY: siteKey, CAPTCHA_URL: url} = env;
    if (provider === undefined || secret === undefined) return undefined;
    const log = this.getSync(PlatformBindings.RATE_LIMITED_LOG);
    return new Captcha({provider, secret, siteKey, url, sendsAddress: env.CAPTCHA_SENDS_ADDRESS, log});
  }

  private bindRest(env: RestEnv, {logger, registry}: {logger: Logger; registry: Registry}): void {
    // First, since what follows asks for the server. LoopBack leaves its own without a group and so would stop it last;
    // in this one it starts last and stops first: requests in flight still have PostgreSQL and Redis.
    this.getBinding(RestGlueBindings.SERVER)
      .toClass(OutreachRestServer)
      .tag({[CoreTags.LIFE_CYCLE_OBSERVER_GROUP]: 'server'});
    this.bind(RestGlueBindings.FORCED_CLOSE_MS).to(env.SHUTDOWN_TIMEOUT_MS * REQUESTS_SHARE_OF_SHUTDOWN);
    this.bindLimits(env);
    const allowedOrigins = createAllowedOrigins(env.ALLOWED_ORIGINS);
    this.bind(RestGlueBindings.COMMON_HEADERS).to(createCommonHeaders({allowedOrigins, logger}));
    this.bind(RestGlueBindings.ALLOWED_ORIGINS).to(allowedOrigins);
    this.bind(RestGlueBindings.OPENAPI_ENABLED).to(env.OPENAPI_ENABLED ?? env.NODE_ENV !== 'production');
    this.bind(RestGlueBindings.VERIFY_TOKEN).to(
      createTokenVerifier({...acceptedTokens(env), parse: parseClaims, logger, registry}),
    );
    this.api(API_DESCRIPTION);
    this.add(createBindingFromClass(OpenApiEnhancer));
    this.bind(SEQUENCE).toClass(OutreachSequence).inScope(BindingScope.SINGLETON);
    this.bind(ACCESS_GUARD).toClass(AccessGuard).inScope(BindingScope.SINGLETON);
    // What LoopBack's sequence and parsers do, where they serve a request.
    this.add(createBindingFromClass(AuthenticationMiddleware));
    this.bind(RestBindings.SequenceActions.SEND).toProvider(ReplySender).inScope(BindingScope.SINGLETON);
    this.bind(RestBindings.SequenceActions.REJECT).toProvider(ProblemRejecter).inScope(BindingScope.SINGLETON);
    this.bind(RestBindings.REQUEST_BODY_PARSER_OPTIONS).to({limit: MAX_BODY_BYTES});
    this.controller(FormTokenController);
    this.controller(InquiryController);
    this.controller(FeedController);
    this.controller(TriageController);
    this.controller(TopicController);
    this.controller(MessageController);
    this.controller(SubscriptionController);
    this.controller(SubscriptionManagementController);
    this.controller(ExportController);
    this.controller(PrivacyController);
    this.controller(ProbeController);
    this.controller(OpenApiController);
    this.lifeCycleObserver(InternalServerObserver);
    this.bind(RestGlueBindings.INTERNAL_ADDRESS).to({host: env.METRICS_HOST, port: env.METRICS_PORT});
  }

  // What one client, and all of them, may take of this process.
  private bindLimits(env: RestEnv): void {
    const proxyHops = env.TRUST_PROXY_HOPS;
    const maxConnections = env.MAX_CONNECTIONS;
    const source: ClientSource = {proxyHops, header: env.CLIENT_ADDRESS_HEADER};
    this.bind(RestGlueBindings.CLIENT_SOURCE).to(source);
    this.bind(RestGlueBindings.HTTP_METRICS).toClass(HttpMetrics).inScope(BindingScope.SINGLETON);
    const metrics = this.getSync(RestGlueBindings.HTTP_METRICS);
    const submissions = new SubmissionLimiter({
      clientOf: request => clientOf(request, source),
      onRefused: () => metrics.countSubmission(),
      rateLimit: this.getSync(ServiceBindings.RATE_LIMIT),
      onFlood: () => metrics.countFlood(),
    });
    this.bind(RestGlueBindings.SUBMISSION_LIMITER).to(submissions);
    metrics.observe({
      submissions: () => this.getSync(RestGlueBindings.SUBMISSION_LIMITER).waiting,
      requests: () => this.restServer.scheduler.waiting,
      unread: () => this.restServer.scheduler.unreadConnections,
    });
    this.on('started', () => {
      const {httpServer} = this.restServer;
      if (!httpServer) return;
      hardenServer(httpServer.server);
      const maxPerClient = isDirect(source) ? Math.ceil(maxConnections * SHARE_OF_ONE_CLIENT) : undefined;
      limitConnections(httpServer.server, {maxConnections, maxPerClient}, limit => metrics.countConnection(limit));
    });
  }
}

function serverConfig(env: RestEnv): ApplicationConfig {
  return {
    shutdown: {signals: []}, // the entry point owns the signals
    rest: {
      host: env.HOST,
      port: env.PORT,
      backlog: BACKLOG,
      keepAliveTimeout: 65_000, // above the usual idle time-out of a load balancer (60 s)
      openApiSpec: {disabled: true, consolidate: false}, // served by OpenApiController, shaped by OpenApiEnhancer
      apiExplorer: {disabled: true},
      cors: {origin: false}, // common-headers.ts has it
      // Of what Express serves: like outreach, it does not name itself, and trusts as many proxies.
      expressSettings: {'x-powered-by': false, 'trust proxy': env.TRUST_PROXY_HOPS, env: 'production'},
    },
  };
}
