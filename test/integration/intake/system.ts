// A service with some of its guards, with a clock of its own for the rate limit.
import {extensionFilter} from '@loopback/core';
import type {OutreachApplication} from '../../../src/application';
import {clientOf} from '../../../src/rest/server/client-address';
import {RestGlueBindings} from '../../../src/rest/server/keys';
import {SubmissionLimiter} from '../../../src/rest/server/submission-limiter';
import {type Guard, GUARDS, NO_SIGNALS} from '../../../src/services/guards/guard';
import {ProofOfWork} from '../../../src/services/guards/proof-of-work';
import {RateLimit} from '../../../src/services/guards/rate-limit';
import {ServiceBindings} from '../../../src/services/keys';
import {givenCaptchaProvider, SECRET, type TestProvider} from '../../helpers/captcha-provider';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestObserver} from '../../helpers/gateway';
import {FORM_TOKEN_KEY, givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';
import {givenTriage, TRIAGE_SCOPES, type TestTriage} from '../../helpers/triage';

export interface System {
  /** `all`, `none`, the name of the one guard that looks, or `captcha`: all, and a provider of captchas. */
  guards: string;
  rest: TestRest;
  database: TestDatabase;
  /** Somebody of the back office, and the live list that is open there. */
  staff: TestTriage;
  observer: TestObserver;
  /** Of captchas, where there are any. */
  provider?: TestProvider;
  /** Lets so many minutes pass for the rate limit. */
  pass(minutes: number): void;
}

/** Names of the guards that are bound, the cheapest first; not of the captcha's, which has no provider. */
export async function guardsOf(app: OutreachApplication): Promise<string[]> {
  return (await boundGuards(app)).map(({name}) => name).filter(name => name !== 'Captcha');
}

async function boundGuards(app: OutreachApplication): Promise<{name: string; guard: Guard}[]> {
  const bindings = app.find<Guard>(extensionFilter(GUARDS));
  const guards = await Promise.all(
    bindings.map(async ({key}) => ({name: key.replace(/^.*\.|Guard$/g, ''), guard: await app.get<Guard>(key)})),
  );
  return guards.sort((one, other) => one.guard.cost - other.guard.cost);
}

/** `which` is as System.guards. The others keep their fields, which are known then, and say nothing. */
export async function givenSystem(which: string, allowedOrigin: string): Promise<System> {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  const clock = {minutes: 0};
  const hasRate = ['all', 'Rate', 'captcha'].includes(which);
  const provider = which === 'captcha' ? await givenCaptchaProvider('turnstile') : undefined;
  const rest = await givenRest({
    databaseUrl: database.url,
    issuer,
    ...redis,
    env: {
      ALLOWED_ORIGINS: allowedOrigin,
      TRUST_PROXY_HOPS: '1',
      RATE_LIMIT: hasRate ? 'on' : 'off',
      ...(provider && {CAPTCHA_PROVIDER: 'turnstile', CAPTCHA_SECRET: SECRET, CAPTCHA_URL: provider.url}),
    },
    extend: app => {
      if (hasRate) giveClock(app, clock);
    },
  });
  if (!['all', 'captcha'].includes(which)) {
    for (const {name, guard} of await boundGuards(rest.app)) if (name !== which) guard.check = () => NO_SIGNALS;
  }
  const gateway = await givenGateway({issuer, ...redis});
  return {
    guards: which,
    rest,
    database,
    staff: givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, subject: 'grace'})),
    observer: await givenObserver(gateway.url, await issuer.sign()),
    provider,
    pass: minutes => void (clock.minutes += minutes),
  };
}

// The limits of the configuration, and minutes that pass when a case says so.
function giveClock(app: OutreachApplication, clock: {minutes: number}): void {
  const limits = app.getSync(ServiceBindings.RATE_LIMIT)?.limits;
  if (!limits) throw new Error('there is no rate limit');
  const rateLimit = new RateLimit({limits, now: () => clock.minutes * 60_000});
  const source = app.getSync(RestGlueBindings.CLIENT_SOURCE);
  app.bind(ServiceBindings.RATE_LIMIT).to(rateLimit);
  app.bind(ServiceBindings.PROOF_OF_WORK).to(new ProofOfWork({keys: [FORM_TOKEN_KEY], rateLimit}));
  app.bind(RestGlueBindings.SUBMISSION_LIMITER).to(
    new SubmissionLimiter({
      clientOf: request => clientOf(request, source),
      onRefused: () => undefined,
      rateLimit,
    }),
  );
}
