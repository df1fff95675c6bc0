// The environment, one zod schema per entry point: the only reader of process.env. Bad configuration stops
// the start with the variable's name and the rule, never the value (it may be a secret).
import path from 'node:path';
import {z} from 'zod';
import {CAPTCHA_FIELDS, CAPTCHA_PROVIDERS} from '../contract/captcha';
import {topicSchema} from '../contract/fields';
import {inquirySubmissionSchema} from '../contract/inquiry';
import {subscriptionRequestSchema} from '../contract/subscription';
import {type Logger, LOG_LEVELS} from '../platform/logger';
import {DEFAULT_TOKEN_TYPES, normalizeTokenType} from '../platform/token-types';
import {
  consentTexts,
  databaseUrl,
  integer,
  keySet,
  keySetUrl,
  list,
  oneOf,
  origin,
  port,
  redisUrl,
  secretKeys,
  withDistinctPorts,
} from './rules';
import {findUnknownVariables} from './unknown-variables';

/** Thrown before anything listens; the message lists each variable with the rule that it breaks. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const shared = {
  HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  REDIS_KEY: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 letters, digits, or . : _ -')
    .default('socket.io'),
  AUTH_ISSUER: z.string().min(1),
  AUTH_AUDIENCE: z.string().min(1),
  AUTH_JWKS_URL: keySetUrl.optional(),
  AUTH_JWKS: keySet.optional(),
  AUTH_TOKEN_TYPES: list(
    z
      .string()
      .regex(/^(application\/)?[\w.+-]+$/i, 'must be types such as at+jwt, separated by commas')
      .transform(normalizeTokenType),
  )
    .refine(types => types.length > 0, 'must name at least one type')
    .default([...DEFAULT_TOKEN_TYPES]),
  INQUIRY_TOPICS: list(topicSchema)
    .refine(topics => topics.length > 0, 'must name at least one topic')
    .default(['general', 'sales', 'support', 'partnership', 'press', 'careers']),
  ALLOWED_ORIGINS: list(origin).default([]),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  SHUTDOWN_TIMEOUT_MS: integer(100, 600_000).default(10_000),
  DRAIN_DELAY_MS: integer(0, 600_000).default(0),
};
const unknownTopic = oneOf(['default', 'refuse']).optional();
const subscriptionLists = list(topicSchema)
  .refine(lists => lists.length > 0, 'must name at least one list')
  .optional();
// Open at a time, whatever they do; each may hold a file descriptor.
const connections = integer(1, 1_000_000);
// Checked whatever else is wrong, so that one start lists every fault.
const hasOneKeySource = (env: {AUTH_JWKS?: unknown; AUTH_JWKS_URL?: unknown}) =>
  (env.AUTH_JWKS === undefined) !== (env.AUTH_JWKS_URL === undefined);
const ONE_KEY_SOURCE = {
  path: ['AUTH_JWKS_URL'],
  error: 'set exactly one of AUTH_JWKS_URL and AUTH_JWKS',
  when: () => true,
};

// Of a window of the rate limit.
const submissions = integer(1, 1_000_000_000);
// As many as are needed to replace one while its tokens are in use.
const formTokenKeys = list(
  z
    .string()
    .regex(
      /^[\w+/=-]{32,128}$/,
      'must be keys of 32 to 128 letters, digits, or + / = _ -, such as `openssl rand -base64 32` makes',
    ),
)
  .refine(keys => keys.length <= 2, 'must be one key or two: the first signs')
  .default([]);

const captchaKey = z.string().regex(/^[!-~]{1,512}$/, 'must be a key as the provider shows it, without blanks');
const captchaUrl = z
  .string()
  .refine(text => URL.canParse(text) && /^https?:/.test(text) && !isPlainHttp(text), 'must be an https URL');

// The names that a public body has; a hidden field may be none of them.
const SUBMITTED = [inquirySubmissionSchema, subscriptionRequestSchema].flatMap(({shape}) => Object.keys(shape));
const CAPTCHAS: string[] = Object.values(CAPTCHA_FIELDS);
const hiddenField = z
  .string()
  .regex(/^[A-Za-z_][\w-]{0,39}$/, 'must be the name of a field: 1 to 40 letters, digits, _ and -, no digit first')
  .refine(
    name => ![...SUBMITTED, 'lang', '_next', '_token', 'altcha', ...CAPTCHAS].includes(name),
    'must be another name than those of the fields that are stored',
  );

const restVariables = z
  .object({
    ...shared,
    PORT: port.default(3000),
    METRICS_PORT: port.default(9464),
    MAX_CONNECTIONS: connections.default(4096),
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: integer(1, 200).default(10),
    EXPORT_IDLE_TIMEOUT_MS: integer(100, 600_000).default(30_000),
    REDIS_URL: redisUrl.optional(),
    TRUST_PROXY_HOPS: integer(0, 20).default(0),
    UNKNOWN_TOPIC: unknownTopic,
    CLIENT_ADDRESS_HEADER: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header')
      .transform(name => name.toLowerCase())
      .optional(),
    RATE_LIMIT: oneOf(['on', 'off']).default('on'),
    RATE_LIMIT_STORE: oneOf(['memory', 'redis']).default('memory'),
    RATE_LIMIT_PER_CLIENT: submissions.default(60),
    RATE_LIMIT_FLOOD_PER_CLIENT: submissions.default(600),
    RATE_LIMIT_PER_EMAIL: submissions.default(20),
    RATE_LIMIT_PER_MINUTE: submissions.default(3000),
    FORM_TOKEN_KEYS: formTokenKeys,
    PROOF_OF_WORK: oneOf(['on', 'off']).default('on'),
    HONEYPOT_FIELD: hiddenField.default('_remarks'),
    DOUBLE_OPT_IN: z.stringbool('must be true or false').default(false),
    SUBSCRIPTION_TOKEN_KEYS: secretKeys.default([]),
    SUBSCRIPTION_LISTS: subscriptionLists,
    CONSENT_TEXTS: consentTexts.default(() => ({sha256: new Map(), takesOthers: true})),
    CAPTCHA_PROVIDER: oneOf(CAPTCHA_PROVIDERS).optional(),
    CAPTCHA_SECRET: captchaKey.optional(),
    CAPTCHA_SITE_KEY: captchaKey.optional(),
    CAPTCHA_URL: captchaUrl.optional(),
    CAPTCHA_SENDS_ADDRESS: z.stringbool('must be true or false').default(false),
    OPENAPI_ENABLED: z.stringbool('must be true or false').optional(),
    NODE_ENV: z.string().optional(),
  })
  .refine(hasOneKeySource, ONE_KEY_SOURCE)
  .refine(env => !env.DOUBLE_OPT_IN || env.SUBSCRIPTION_TOKEN_KEYS.length > 0, {
    path: ['SUBSCRIPTION_TOKEN_KEYS'],
    error: 'must be set where DOUBLE_OPT_IN is true: nobody could confirm a subscription',
  })
  .refine(env => env.RATE_LIMIT_STORE !== 'redis' || env.REDIS_URL !== undefined, {
    path: ['REDIS_URL'],
    error: 'must be set where RATE_LIMIT_STORE is redis',
  })
  .refine(env => env.RATE_LIMIT_STORE !== 'redis' || env.FORM_TOKEN_KEYS.length > 0, {
    path: ['FORM_TOKEN_KEYS'],
    error: 'must be set where RATE_LIMIT_STORE is redis: what hides addresses is derived from them',
  })
  .refine(env => env.CAPTCHA_PROVIDER === undefined || env.CAPTCHA_SECRET !== undefined, {
    path: ['CAPTCHA_SECRET'],
    error: 'must be set where CAPTCHA_PROVIDER is',
  })
  .refine(env => env.CAPTCHA_PROVIDER !== 'friendly' || env.CAPTCHA_SITE_KEY !== undefined, {
    path: ['CAPTCHA_SITE_KEY'],
    error: 'must be set where CAPTCHA_PROVIDER is friendly',
  });
export const restEnvSchema = withDistinctPorts(restVariables, 'PORT', 'METRICS_PORT');
export type RestEnv = z.infer<typeof restEnvSchema>;

const gatewayVariables = z
  .object({
    ...shared,
    PORT: port.default(3001),
    METRICS_PORT: port.default(9465),
    MAX_CONNECTIONS: connections.default(20_000),
    REDIS_URL: redisUrl,
  })
  .refine(hasOneKeySource, ONE_KEY_SOURCE);
export const gatewayEnvSchema = withDistinctPorts(gatewayVariables, 'PORT', 'METRICS_PORT');

export const migrateEnvSchema = z.object({DATABASE_URL: databaseUrl, LOG_LEVEL: shared.LOG_LEVEL});

const days = integer(1, 36_500).optional();
/** `npm run retention`: days since a row's last change after which it goes; unset keeps rows of that status for ever. */
export const retentionEnvSchema = z.object({
  DATABASE_URL: databaseUrl,
  RETENTION_NEW_DAYS: days,
  RETENTION_IN_PROGRESS_DAYS: days,
  RETENTION_RESOLVED_DAYS: days,
  RETENTION_SPAM_DAYS: days,
  RETENTION_PENDING_DAYS: days,
  RETENTION_UNSUBSCRIBED_DAYS: days,
  LOG_LEVEL: shared.LOG_LEVEL,
  SHUTDOWN_TIMEOUT_MS: shared.SHUTDOWN_TIMEOUT_MS,
});

/** The same by what it is about: each status has its variable, but for active subscriptions, which stay. */
export function retentionDays(env: z.infer<typeof retentionEnvSchema>) {
  return {
    inquiry: {
      new: env.RETENTION_NEW_DAYS,
      in_progress: env.RETENTION_IN_PROGRESS_DAYS,
      resolved: env.RETENTION_RESOLVED_DAYS,
      spam: env.RETENTION_SPAM_DAYS,
    },
    subscription: {pending: env.RETENTION_PENDING_DAYS, unsubscribed: env.RETENTION_UNSUBSCRIBED_DAYS},
  };
}

/** Whose tokens are accepted, as `createTokenVerifier` takes it. */
export function acceptedTokens(env: Pick<RestEnv, `AUTH_${string}` & keyof RestEnv>) {
  return {
    issuer: env.AUTH_ISSUER,
    audience: env.AUTH_AUDIENCE,
    jwksUrl: env.AUTH_JWKS_URL,
    jwks: env.AUTH_JWKS,
    tokenTypes: env.AUTH_TOKEN_TYPES,
  };
}

const devVariables = z.object({
  RATE_LIMIT: oneOf(['on', 'off']).default('on'),
  PORT: port.default(3000),
  GATEWAY_PORT: port.default(3001),
  WEB_PORT: port.default(3002),
  METRICS_HOST: shared.METRICS_HOST,
  METRICS_PORT: port.default(9464),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  REDIS_KEY: shared.REDIS_KEY,
  DOUBLE_OPT_IN: restVariables.shape.DOUBLE_OPT_IN,
  SUBSCRIPTION_LISTS: subscriptionLists,
  CONSENT_TEXTS: consentTexts.optional(),
  INQUIRY_TOPICS: shared.INQUIRY_TOPICS,
  UNKNOWN_TOPIC: unknownTopic,
  FORM_TOKEN_KEYS: formTokenKeys,
  PROOF_OF_WORK: restVariables.shape.PROOF_OF_WORK,
  ALLOWED_ORIGINS: shared.ALLOWED_ORIGINS,
  LOG_LEVEL: oneOf(LOG_LEVELS).default('warn'),
  OUTREACH_DIRECTORY: z.string().min(1).default(path.resolve(__dirname, '../../.outreach')),
  PATH: z.string().default(''),
});
/** What `npm start` takes from the environment; everything else is its own embedded default. */
export const devEnvSchema = withDistinctPorts(devVariables, 'PORT', 'GATEWAY_PORT', 'WEB_PORT', 'METRICS_PORT');
export type DevEnv = z.infer<typeof devEnvSchema>;

/** Tokens of the development key are never made in production. */
export const tokenEnvSchema = z.object({
  OUTREACH_DIRECTORY: devEnvSchema.shape.OUTREACH_DIRECTORY,
  NODE_ENV: z
    .string()
    .refine(value => value !== 'production', 'must not be production: the development key signs nothing there')
    .optional(),
});

// Each process knows the variables of all, since they often share one file.
const KNOWN = [restEnvSchema, gatewayEnvSchema, migrateEnvSchema, retentionEnvSchema, devEnvSchema, tokenEnvSchema]
  .map(({shape}) => Object.keys(shape))
  .flat();

/** Parses the environment; an empty variable counts as not set. Throws ConfigurationError. */
export function readEnv<T extends z.ZodObject>(schema: T, env: NodeJS.ProcessEnv = process.env): z.infer<T> {
  const present = presentIn(env);
  const parsed = schema.safeParse(present);
  const quoted = Object.keys(schema.shape).filter(name => /^(["']).*\1$/s.test(present[name] ?? ''));
  const issues = (parsed.error?.issues ?? []).filter(({path: [name]}) => !quoted.includes(String(name)));
  const lines = [
    ...issues.map(issue => `${String(issue.path[0])}: ${ruleOf(issue, present)}`),
    ...quoted.map(name => `${name}: must not be in quotes; docker keeps those of an --env-file as a part of the value`),
    ...findUnknownVariables(present, KNOWN)
      .filter(({meant}) => meant !== undefined)
      .map(({name, meant}) => `${name}: is no variable of outreach; ${meant} is. Correct it, or leave it out`),
  ];
  if (parsed.success && lines.length === 0) return parsed.data;
  const text = [...new Set(lines)].join('\n'); // two missing parts of a key break one rule
  throw new ConfigurationError(`The configuration is not valid.\n${text}\nSee .env.example.`);
}

/** Logs what does not stop a start, one line each: variables that look like outreach's, and keys fetched without TLS. */
export function logConfigurationWarnings(logger: Logger, env: NodeJS.ProcessEnv = process.env): void {
  const present = presentIn(env);
  for (const {name} of findUnknownVariables(present, KNOWN)) {
    logger.warn({variable: name}, 'config.unknown_variable');
  }
  if (isPlainHttp(present.AUTH_JWKS_URL)) {
    // Without TLS, a host between issuer and outreach can add a key of its own to the set.
    logger.warn({variable: 'AUTH_JWKS_URL'}, 'config.insecure');
  }
}

function presentIn(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function ruleOf(issue: z.core.$ZodIssue, present: object): string {
  const isMissing = issue.code === 'invalid_type' && !Object.hasOwn(present, String(issue.path[0]));
  return isMissing ? 'must be set' : issue.message;
}

function isPlainHttp(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const {protocol, hostname} = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
