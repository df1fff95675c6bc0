// The environment, one zod schema per entry point: the only reader of process.env. Bad configuration stops
// the start with the variable's name and the rule, never the value (it may be a secret).
import path from 'node:path';
import {z} from 'zod';
import {topicSchema} from '../contract/fields';
import {LOG_LEVELS} from '../platform/logger';

/** Thrown before anything listens; the message lists each variable with the rule that it breaks. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine(value => value >= min && value <= max, `must be from ${min} to ${max}`);
const port = integer(0, 65535);
const list = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .transform(text =>
      text
        .split(',')
        .map(part => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));
const connectionUrl = (rule: string, protocols: RegExp) =>
  z.string().refine(text => URL.canParse(text) && protocols.test(text), rule);
const origin = z
  .string()
  .refine(isOrigin, 'must be exact origins such as https://www.example.org, separated by commas');
const PUBLIC_ONLY = 'must hold public keys only';
// RFC 7518 and RFC 8037: the parts that make a public key of each kind.
const keyOf = <K extends string>(kty: K, ...parts: string[]) => {
  const rule = `${kty} keys need ${parts.join(', ')}`;
  const shape = Object.fromEntries(parts.map(part => [part, z.string(rule).min(1, rule)]));
  return z.looseObject({...shape, kty: z.literal(kty), d: z.undefined(PUBLIC_ONLY).optional()});
};
const publicKey = z.discriminatedUnion(
  'kty',
  [keyOf('RSA', 'n', 'e'), keyOf('EC', 'crv', 'x', 'y'), keyOf('OKP', 'crv', 'x')],
  PUBLIC_ONLY,
);
const jwks = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({code: 'custom', message: 'must be JSON'});
      return z.NEVER;
    }
  })
  .pipe(z.looseObject({keys: z.array(publicKey).min(1)}));

const redisUrl = connectionUrl('must be a redis:// or rediss:// URL', /^rediss?:\/\//);
const shared = {
  HOST: z.string().min(1).default('127.0.0.1'),
  REDIS_KEY: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 letters, digits, or . : _ -')
    .default('socket.io'),
  AUTH_ISSUER: z.string().min(1),
  AUTH_AUDIENCE: z.string().min(1),
  AUTH_JWKS_URL: connectionUrl('must be an http or https URL', /^https?:\/\//).optional(),
  AUTH_JWKS: jwks.optional(),
  INQUIRY_TOPICS: list(topicSchema)
    .refine(topics => topics.length > 0, 'must name at least one topic')
    .default(['general', 'sales', 'support', 'partnership', 'press', 'careers']),
  ALLOWED_ORIGINS: list(origin).default([]),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  SHUTDOWN_TIMEOUT_MS: integer(100, 600_000).default(10_000),
  DRAIN_DELAY_MS: integer(0, 600_000).default(0),
};
const databaseUrl = connectionUrl('must be a postgres:// URL', /^postgres(ql)?:\/\//);
// Checked whatever else is wrong, so that one start lists every fault.
const hasOneKeySource = (env: {AUTH_JWKS?: unknown; AUTH_JWKS_URL?: unknown}) =>
  (env.AUTH_JWKS === undefined) !== (env.AUTH_JWKS_URL === undefined);
const ONE_KEY_SOURCE = {
  path: ['AUTH_JWKS_URL'],
  error: 'set exactly one of AUTH_JWKS_URL and AUTH_JWKS',
  when: () => true,
};

export const restEnvSchema = z
  .object({
    ...shared,
    PORT: port.default(3000),
    METRICS_PORT: port.default(9464),
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: integer(1, 200).default(10),
    EXPORT_IDLE_TIMEOUT_MS: integer(100, 600_000).default(30_000),
    REDIS_URL: redisUrl.optional(),
    TRUST_PROXY_HOPS: integer(0, 20).default(0),
    MAX_CONNECTIONS: integer(10, 1_000_000).default(4096),
    OPENAPI_ENABLED: z.stringbool().optional(),
    NODE_ENV: z.string().optional(),
  })
  .refine(hasOneKeySource, ONE_KEY_SOURCE);
export type RestEnv = z.infer<typeof restEnvSchema>;

export const gatewayEnvSchema = z
  .object({...shared, PORT: port.default(3001), METRICS_PORT: port.default(9465), REDIS_URL: redisUrl})
  .refine(hasOneKeySource, ONE_KEY_SOURCE);

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

/** What `npm start` takes from the environment; everything else is its own embedded default. */
export const devEnvSchema = z.object({
  PORT: port.default(3000),
  GATEWAY_PORT: port.default(3001),
  WEB_PORT: port.default(3002),
  METRICS_PORT: port.default(9464),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  REDIS_KEY: shared.REDIS_KEY,
  INQUIRY_TOPICS: shared.INQUIRY_TOPICS,
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  OUTREACH_DIRECTORY: z.string().min(1).default(path.resolve(__dirname, '../../.outreach')),
  PATH: z.string().default(''),
});
export type DevEnv = z.infer<typeof devEnvSchema>;

/** Tokens of the development key are never made in production. */
export const tokenEnvSchema = z.object({
  OUTREACH_DIRECTORY: devEnvSchema.shape.OUTREACH_DIRECTORY,
  NODE_ENV: z
    .string()
    .refine(value => value !== 'production', 'must not be production: the development key signs nothing there')
    .optional(),
});

/** Parses the environment; an empty variable counts as not set. Throws ConfigurationError. */
export function readEnv<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv = process.env): z.infer<T> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(issue => `${String(issue.path[0])}: ${ruleOf(issue, present)}`);
  const text = [...new Set(lines)].join('\n'); // two missing parts of a key break one rule
  throw new ConfigurationError(`The configuration is not valid.\n${text}\nSee .env.example.`);
}

function ruleOf(issue: z.core.$ZodIssue, present: object): string {
  const isMissing = issue.code === 'invalid_type' && !Object.hasOwn(present, String(issue.path[0]));
  return isMissing ? 'must be set' : issue.message;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
