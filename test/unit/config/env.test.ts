// The environment: a bad variable stops the start with its name and the rule, never its value; and .env.example holds
// every variable with its true default.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {parseEnv} from 'node:util';
import type {z} from 'zod';
import {
  ConfigurationError,
  devEnvSchema,
  gatewayEnvSchema,
  migrateEnvSchema,
  readEnv,
  restEnvSchema,
  retentionEnvSchema,
  tokenEnvSchema,
} from '../../../src/config/env';

const JWK = {kty: 'RSA', n: 'AQAB', e: 'AQAB'};
const REST = {
  DATABASE_URL: 'postgres://localhost/outreach',
  AUTH_ISSUER: 'https://issuer.test/',
  AUTH_AUDIENCE: 'outreach',
  AUTH_JWKS_URL: 'https://issuer.test/jwks',
};
const GATEWAY = {...REST, REDIS_URL: 'redis://localhost:6379'};

function messageOf(schema: z.ZodObject, env: NodeJS.ProcessEnv): string {
  try {
    readEnv(schema, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
  throw new Error('the environment was accepted');
}

test('the required variables alone are enough, and the rest has its defaults', () => {
  expect(readEnv(restEnvSchema, REST)).toEqual({
    ...REST,
    HOST: '127.0.0.1',
    METRICS_HOST: '127.0.0.1',
    PORT: 3000,
    METRICS_PORT: 9464,
    MAX_CONNECTIONS: 4096,
    DATABASE_POOL_SIZE: 10,
    EXPORT_IDLE_TIMEOUT_MS: 30_000,
    REDIS_KEY: 'socket.io',
    AUTH_TOKEN_TYPES: ['at+jwt', 'jwt'],
    INQUIRY_TOPICS: ['general', 'sales', 'support', 'partnership', 'press', 'careers'],
    ALLOWED_ORIGINS: [],
    TRUST_PROXY_HOPS: 0,
    DOUBLE_OPT_IN: false,
    SUBSCRIPTION_TOKEN_KEYS: [],
    CONSENT_TEXTS: {sha256: new Map(), takesOthers: true},
    RATE_LIMIT: 'on',
    RATE_LIMIT_PER_CLIENT: 60,
    RATE_LIMIT_FLOOD_PER_CLIENT: 600,
    RATE_LIMIT_PER_EMAIL: 20,
    RATE_LIMIT_PER_MINUTE: 3000,
    FORM_TOKEN_KEYS: [],
    PROOF_OF_WORK: 'on',
    CAPTCHA_SENDS_ADDRESS: false,
    RATE_LIMIT_STORE: 'memory',
    HONEYPOT_FIELD: '_remarks',
    LOG_LEVEL: 'info',
    SHUTDOWN_TIMEOUT_MS: 10_000,
    DRAIN_DELAY_MS: 0,
  });
  expect(readEnv(gatewayEnvSchema, GATEWAY)).toMatchObject({
    PORT: 3001,
    METRICS_PORT: 9465,
    MAX_CONNECTIONS: 20_000,
  });
  expect(readEnv(migrateEnvSchema, REST)).toEqual({DATABASE_URL: REST.DATABASE_URL, LOG_LEVEL: 'info'});
  expect(readEnv(devEnvSchema, {})).toMatchObject({PORT: 3000, GATEWAY_PORT: 3001, WEB_PORT: 3002, LOG_LEVEL: 'warn'});
});

test.each([
  ['REST', restEnvSchema, REST],
  ['the gateway', gatewayEnvSchema, GATEWAY],
  ['migrate', migrateEnvSchema, {DATABASE_URL: REST.DATABASE_URL}],
])('%s names every required variable that is missing or empty', (_name, schema, env) => {
  const names = Object.keys(env).filter(name => name in schema.shape && name !== 'AUTH_JWKS_URL');
  for (const name of names) {
    for (const value of [undefined, '']) {
      expect(messageOf(schema, {...env, [name]: value})).toContain(`\n${name}: must be set\n`);
    }
  }
  const all = messageOf(schema, {});
  for (const name of names) expect(all).toContain(`\n${name}: must be set\n`);
  expect(all.includes('\nAUTH_JWKS_URL: set exactly one of')).toBe('AUTH_JWKS_URL' in schema.shape);
});

const SECRET = 'Zq5ecret';
const BAD: readonly [string, string, string][] = [
  ['PORT', SECRET, 'must be a whole number'],
  ['PORT', '-1', 'must be a whole number'],
  ['PORT', '1.5', 'must be a whole number'],
  ['PORT', '3e3', 'must be a whole number'],
  ['PORT', '65536', 'must be from 0 to 65535'],
  ['METRICS_PORT', '70000', 'must be from 0 to 65535'],
  ['MAX_CONNECTIONS', '0', 'must be from 1 to 1000000'],
  ['DATABASE_URL', SECRET, 'must be a postgres:// URL'],
  ['DATABASE_URL', `mysql://u:${SECRET}@h/d`, 'must be a postgres:// URL'],
  ['DATABASE_URL', `postgres://u:${SECRET}@one:5432,two:5432/d`, 'must name one host'],
  ['DATABASE_URL', `postgres://u:${SECRET}@one,two/d?target_session_attrs=read-write`, 'must name one host'],
  ['DATABASE_URL', `"postgres://u:${SECRET}@h/d"`, 'must not be in quotes'],
  ['AUTH_AUDIENCE', `"${SECRET}"`, 'must not be in quotes'],
  ['AUTH_ISSUER', `'${SECRET}'`, 'must not be in quotes'],
  ['NODE_ENV', '"production"', 'must not be in quotes'],
  ['AUTH_TOKEN_TYPES', `at+jwt, ${SECRET} jwt`, 'must be types such as at+jwt, separated by commas'],
  ['AUTH_TOKEN_TYPES', ',', 'must name at least one type'],
  ['AUTH_JWKS_URL', `https://u:${SECRET}@issuer.test/jwks`, 'must not hold a user or a password'],
  ['DATABASE_POOL_SIZE', '0', 'must be from 1 to 200'],
  ['REDIS_URL', `http://:${SECRET}@h`, 'must be a redis:// or rediss:// URL'],
  ['REDIS_KEY', `${SECRET} x`, 'must be 1 to 64 letters, digits, or . : _ -'],
  ['AUTH_JWKS_URL', `file:///${SECRET}`, 'must be an http or https URL'],
  ['INQUIRY_TOPICS', `sales,${SECRET}`, 'must be a topic: lower-case letters, digits and hyphens'],
  ['INQUIRY_TOPICS', ' , ,', 'must name at least one topic'],
  ['ALLOWED_ORIGINS', `https://${SECRET}.test/`, 'must be exact origins such as https://www.example.org'],
  ...[
    'https://a.test,*',
    `*.${SECRET}.test`,
    `https://*.${SECRET}`,
    `https://*.${SECRET}:8443`,
    `https://*.${SECRET}.`,
    `https://*.*.${SECRET}.test`,
    `https://a.*.${SECRET}.test`,
    `https://a*.${SECRET}.test`,
    `https://*a.${SECRET}.test`,
    `https://${SECRET}.test:*`,
    `https://*.${SECRET}.test/`,
    `https://*.${SECRET}.TEST`,
    `https://*.${SECRET}.test:443`,
    `https://u@*.${SECRET}.test`,
    `wss://*.${SECRET}.test`,
    'https://*.168.2.1',
  ].map((value): [string, string, string] => ['ALLOWED_ORIGINS', value, 'may have one wildcard, as the first label']),
  ['ALLOWED_ORIGINS', `wss://${SECRET}.test`, 'must be exact origins such as https://www.example.org'],
  ['ALLOWED_ORIGINS', `ftp://${SECRET}.test`, 'must be exact origins such as https://www.example.org'],
  ['ALLOWED_ORIGINS', `https://u:${SECRET}@a.test`, 'must be exact origins such as https://www.example.org'],
  ['LOG_LEVEL', SECRET, 'must be one of fatal, error, warn, info, debug, trace, silent'],
  ['SHUTDOWN_TIMEOUT_MS', '99', 'must be from 100 to 600000'],
  ['DRAIN_DELAY_MS', '600001', 'must be from 0 to 600000'],
  ['TRUST_PROXY_HOPS', 'true', 'must be a whole number'],
  ['DOUBLE_OPT_IN', 'yes please', 'must be true or false'],
  ['SUBSCRIPTION_TOKEN_KEYS', 'c2hvcnQ=', 'must be at least 32 random bytes in base64'],
  ['SUBSCRIPTION_TOKEN_KEYS', 'é'.repeat(60), 'must be at least 32 random bytes in base64'],
  ['SUBSCRIPTION_TOKEN_KEYS', Array<string>(3).fill('A'.repeat(44)).join(), 'must be at most 2 keys'],
  ['SUBSCRIPTION_LISTS', ' , ', 'must name at least one list'],
  ['SUBSCRIPTION_LISTS', `news,${SECRET} x`, 'must be'],
  ['CONSENT_TEXTS', SECRET, 'must be versions with the SHA-256 of their text'],
  ['CONSENT_TEXTS', `${SECRET}=${'a'.repeat(63)}`, 'must be versions with the SHA-256 of their text'],
  ['CONSENT_TEXTS', `${SECRET} x=${'a'.repeat(64)}`, 'must be versions with the SHA-256 of their text'],
  ['CONSENT_TEXTS', `${SECRET}=${'a'.repeat(64)}=b`, 'must be versions with the SHA-256 of their text'],
  ['CONSENT_TEXTS', `${SECRET}=${'a'.repeat(64)},${SECRET}=${'b'.repeat(64)}`, 'must name each version once'],
  ['UNKNOWN_TOPIC', SECRET, 'must be one of default, refuse'],
  ['RATE_LIMIT', SECRET, 'must be one of on, off'],
  ['RATE_LIMIT_PER_CLIENT', '0', 'must be from 1 to 1000000000'],
  ['CLIENT_ADDRESS_HEADER', `${SECRET}: x`, 'must be the name of a header'],
  ['HONEYPOT_FIELD', `${SECRET} x`, 'must be the name of a field'],
  ['HONEYPOT_FIELD', '_token', 'must be another name than those of the fields that are stored'],
  ['PROOF_OF_WORK', SECRET, 'must be one of on, off'],
  ['HONEYPOT_FIELD', 'lang', 'must be another name than those of the fields that are stored'],
  ['HONEYPOT_FIELD', 'altcha', 'must be another name than those of the fields that are stored'],
  ['FORM_TOKEN_KEYS', SECRET, 'must be keys of 32 to 128 letters'],
  ['FORM_TOKEN_KEYS', `${SECRET.repeat(4)},${SECRET} ${SECRET.repeat(4)}`, 'must be keys of 32 to 128 letters'],
  [
    'FORM_TOKEN_KEYS',
    [1, 2, 3].map(each => `${SECRET.repeat(4)}${each}`).join(),
    'must be one key or two: the first signs',
  ],
  ['HONEYPOT_FIELD', 'company', 'must be another name than those of the fields that are stored'],
  ['OPENAPI_ENABLED', SECRET, 'must be true or false'],
];
test.each(BAD)('%s=%s is refused by name and rule, without the value', (name, value, rule) => {
  const message = messageOf(restEnvSchema, {...REST, [name]: value});
  expect(message).toContain(`\n${name}: `);
  expect(message).toContain(rule);
  expect(message).not.toContain(SECRET);
  if (value.length > 4) expect(message).not.toContain(value);
  expect(message.split('\n')).toHaveLength(3); // one line for the one variable
});

test('npm start takes origins too, by the same rule', () => {
  expect(readEnv(devEnvSchema, {}).ALLOWED_ORIGINS).toEqual([]);
  const origins = ['http://localhost:5500', 'https://www.example.org', 'https://*.preview.example.org:8443'];
  expect(readEnv(devEnvSchema, {ALLOWED_ORIGINS: origins.join(', ')}).ALLOWED_ORIGINS).toEqual(origins);
  expect(messageOf(devEnvSchema, {ALLOWED_ORIGINS: 'https://*.org'})).toContain('\nALLOWED_ORIGINS: may have one');
});

test('a password may hold a comma, and a value may hold a quote', () => {
  for (const DATABASE_URL of ['postgres://u:a,b@h/d', 'postgres://u:"@h/d', `postgres://h/d?options="x"`]) {
    expect(readEnv(restEnvSchema, {...REST, DATABASE_URL}).DATABASE_URL).toBe(DATABASE_URL);
  }
});

test('types of tokens are compared in lower case and without application/', () => {
  const {AUTH_TOKEN_TYPES} = readEnv(restEnvSchema, {...REST, AUTH_TOKEN_TYPES: 'application/AT+JWT, Custom.type'});
  expect(AUTH_TOKEN_TYPES).toEqual(['at+jwt', 'custom.type']);
});

test.each([
  [
    'REST',
    restEnvSchema,
    {...REST, PORT: '9000', METRICS_PORT: '9000'},
    'METRICS_PORT: must be another port than PORT',
  ],
  [
    'REST, by a default',
    restEnvSchema,
    {...REST, METRICS_PORT: '3000'},
    'METRICS_PORT: must be another port than PORT',
  ],
  ['the gateway', gatewayEnvSchema, {...GATEWAY, PORT: '9465'}, 'METRICS_PORT: must be another port than PORT'],
  ['npm start', devEnvSchema, {PORT: '3001'}, 'GATEWAY_PORT: must be another port than PORT'],
  ['npm start', devEnvSchema, {WEB_PORT: '3001'}, 'WEB_PORT: must be another port than PORT, GATEWAY_PORT'],
  [
    'npm start',
    devEnvSchema,
    {METRICS_PORT: '3002'},
    'METRICS_PORT: must be another port than PORT, GATEWAY_PORT, WEB_PORT',
  ],
])('two ports of %s are not the same', (_name, schema: z.ZodObject, env, line) => {
  expect(messageOf(schema, env)).toBe(`The configuration is not valid.\n${line}\nSee .env.example.`);
  expect(readEnv(schema, {...env, PORT: '0', GATEWAY_PORT: '0', WEB_PORT: '0', METRICS_PORT: '0'})).toBeDefined();
});

test('a key set comes from AUTH_JWKS or AUTH_JWKS_URL: not both, not none', () => {
  const inline = JSON.stringify({keys: [JWK]});
  const {AUTH_JWKS_URL, ...without} = REST;
  for (const env of [{...without}, {...REST, AUTH_JWKS: inline}, {...without, AUTH_JWKS_URL: '', AUTH_JWKS: ''}]) {
    for (const [schema, more] of [
      [restEnvSchema, {}],
      [gatewayEnvSchema, {REDIS_URL: GATEWAY.REDIS_URL}],
    ] as const) {
      expect(messageOf(schema, {...env, ...more})).toContain(
        '\nAUTH_JWKS_URL: set exactly one of AUTH_JWKS_URL and AUTH_JWKS\n',
      );
    }
  }
  expect(readEnv(restEnvSchema, {...without, AUTH_JWKS: inline}).AUTH_JWKS).toEqual({keys: [JWK]});
  expect(readEnv(restEnvSchema, REST).AUTH_JWKS_URL).toBe(AUTH_JWKS_URL);
});

const KEY_SET = 'AUTH_JWKS: must be a key set with at least one key: {"keys":[…]}\n';
test.each([
  ['no JSON', `{${SECRET}`, 'must be JSON'],
  ['null', 'null', KEY_SET],
  ['no keys', '{}', KEY_SET],
  ['an empty set', '{"keys":[]}', KEY_SET],
  ['an RSA key without its parts', '{"keys":[{"kty":"RSA"}]}', 'RSA keys need n, e'],
  ['an RSA key with an empty part', JSON.stringify({keys: [{...JWK, e: ''}]}), 'RSA keys need n, e'],
  ['an EC key without a part', '{"keys":[{"kty":"EC","crv":"P-256","x":"AQAB"}]}', 'EC keys need crv, x, y'],
  ['an OKP key without a part', '{"keys":[{"kty":"OKP","crv":"Ed25519"}]}', 'OKP keys need crv, x'],
  ['a shared secret', JSON.stringify({keys: [{kty: 'oct', k: SECRET}]}), 'must hold public keys only'],
  ['a private key', JSON.stringify({keys: [{...JWK, d: SECRET}]}), 'must hold public keys only'],
])('AUTH_JWKS with %s is refused by the rule, without the value', (_name, value, rule) => {
  const message = messageOf(restEnvSchema, {...REST, AUTH_JWKS_URL: undefined, AUTH_JWKS: value});
  expect(message).toContain('\nAUTH_JWKS: ');
  expect(message).toContain(rule);
  expect(message).not.toContain(SECRET);
  expect(message.split('\n')).toHaveLength(3); // one line for the one variable
});

test.each([
  {kty: 'EC', crv: 'P-256', x: 'AQAB', y: 'AQAB'},
  {kty: 'OKP', crv: 'Ed25519', x: 'AQAB', kid: 'one', use: 'sig'},
])('AUTH_JWKS takes a public key of any kind as it is: %j', key => {
  const env = {...REST, AUTH_JWKS_URL: undefined, AUTH_JWKS: JSON.stringify({keys: [key]})};
  expect(readEnv(restEnvSchema, env).AUTH_JWKS).toEqual({keys: [key]});
});

describe('.env.example', () => {
  const text = readFileSync(path.resolve(__dirname, '../../../.env.example'), 'utf8');
  const example = parseEnv(text) as Record<string, string>;

  test('has exactly the variables of the schemas', () => {
    const schemas = [
      restEnvSchema,
      gatewayEnvSchema,
      migrateEnvSchema,
      retentionEnvSchema,
      devEnvSchema,
      tokenEnvSchema,
    ];
    const known = new Set(schemas.flatMap(({shape}) => Object.keys(shape)));
    known.delete('PATH'); // the shell's, not ours
    expect(Object.keys(example).sort()).toEqual([...known].sort());
  });

  test('explains each variable in the one line above it', () => {
    const lines = text.trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^[A-Z_]+=/.test(line)) expect([line, lines[index - 1]]).toEqual([line, expect.stringMatching(/^# .{10}/)]);
      else expect(line).toMatch(/^(# .*)?$/);
    }
    expect(lines.filter(line => line.startsWith('#'))).toHaveLength(Object.keys(example).length + 1);
  });

  test.each([
    ['REST', restEnvSchema],
    ['the gateway', gatewayEnvSchema],
    ['migrate', migrateEnvSchema],
  ])('is a valid environment of %s and shows its defaults', (_name, schema: z.ZodObject) => {
    const required = ['DATABASE_URL', 'REDIS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'];
    const minimal = Object.fromEntries(required.map(name => [name, example[name]]));
    expect(readEnv(schema, example)).toEqual(readEnv(schema, minimal));
  });

  test('shows the defaults of what only npm start has', () => {
    const {GATEWAY_PORT, WEB_PORT} = readEnv(devEnvSchema, {});
    expect([example.GATEWAY_PORT, example.WEB_PORT]).toEqual([String(GATEWAY_PORT), String(WEB_PORT)]);
  });
});

test('texts of consent are read by version, and * is every other one', () => {
  const textsOf = (CONSENT_TEXTS: string) => readEnv(restEnvSchema, {...REST, CONSENT_TEXTS}).CONSENT_TEXTS;
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
  expect(textsOf(`2026-11=${one}, v2:de=${other.toUpperCase()}`)).toEqual({
    sha256: new Map([
      ['2026-11', one],
      ['v2:de', other],
    ]),
    takesOthers: false,
  });
  expect(textsOf(`*,2026-11=${one}`)).toEqual({sha256: new Map([['2026-11', one]]), takesOthers: true});
});

test('a confirmation needs a key for its tokens', () => {
  expect(messageOf(restEnvSchema, {...REST, DOUBLE_OPT_IN: 'true'})).toContain(
    'SUBSCRIPTION_TOKEN_KEYS: must be set where DOUBLE_OPT_IN is true',
  );
  const keys = [Buffer.alloc(32, 'a'), Buffer.alloc(32, 'b')];
  const env = {
    DOUBLE_OPT_IN: 'true',
    SUBSCRIPTION_TOKEN_KEYS: `${keys[0]?.toString('base64')}, ${keys[1]?.toString('base64url')}`,
  };
  expect(readEnv(restEnvSchema, {...REST, ...env})).toMatchObject({DOUBLE_OPT_IN: true, SUBSCRIPTION_TOKEN_KEYS: keys});
});

test.each([
  [{CAPTCHA_PROVIDER: 'recaptcha'}, 'CAPTCHA_PROVIDER: must be one of turnstile, hcaptcha, friendly'],
  [{CAPTCHA_PROVIDER: 'turnstile'}, 'CAPTCHA_SECRET: must be set where CAPTCHA_PROVIDER is'],
  [
    {CAPTCHA_PROVIDER: 'friendly', CAPTCHA_SECRET: 'zqMark7'},
    'CAPTCHA_SITE_KEY: must be set where CAPTCHA_PROVIDER is friendly',
  ],
  [{CAPTCHA_SECRET: 'zqMark7 x'}, 'CAPTCHA_SECRET: must be a key as the provider shows it, without blanks'],
  [{CAPTCHA_URL: 'http://zqmark7.example'}, 'CAPTCHA_URL: must be an https URL'],
  [
    {HONEYPOT_FIELD: 'h-captcha-response'},
    'HONEYPOT_FIELD: must be another name than those of the fields that are stored',
  ],
  [{RATE_LIMIT_STORE: 'redis'}, 'REDIS_URL: must be set where RATE_LIMIT_STORE is redis'],
  [
    {RATE_LIMIT_STORE: 'redis', REDIS_URL: 'redis://localhost'},
    'FORM_TOKEN_KEYS: must be set where RATE_LIMIT_STORE is redis: what hides addresses is derived from them',
  ],
])('a guard that cannot work stops the start: %j', (env, line) => {
  const message = messageOf(restEnvSchema, {...REST, ...env});
  expect(message.split('\n')).toContain(line);
  expect(message).not.toMatch(/zqmark7/i);
});
