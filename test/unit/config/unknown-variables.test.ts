// Names that look like outreach's variables and are none: a slip stops the start, a prefix is logged, and what platforms
// and other programs set is left alone.
import {gatewayEnvSchema, logConfigurationWarnings, readEnv, restEnvSchema} from '../../../src/config/env';
import {givenLogger} from '../../helpers/logger';

const REST = {
  DATABASE_URL: 'postgres://localhost/outreach',
  AUTH_ISSUER: 'https://issuer.test/',
  AUTH_AUDIENCE: 'outreach',
  AUTH_JWKS_URL: 'https://issuer.test/jwks',
};

const read = (env: Record<string, string>) => () => readEnv(restEnvSchema, {...REST, ...env});

function warnings(env: Record<string, string>): unknown[] {
  const {logger, lines} = givenLogger();
  logConfigurationWarnings(logger, {...REST, ...env});
  return lines.map(({level, msg, variable}) => [level, msg, variable]);
}

test.each([
  ['REDIS_ULR', 'REDIS_URL'],
  ['REDISURL', 'REDIS_URL'],
  ['redis_url', 'REDIS_URL'],
  ['DATABASE_POOLSIZE', 'DATABASE_POOL_SIZE'],
  ['ALOWED_ORIGINS', 'ALLOWED_ORIGINS'],
  ['ALLOWED_ORIGIN', 'ALLOWED_ORIGINS'],
  ['METRIC_PORT', 'METRICS_PORT'],
  ['METRICS_PROT', 'METRICS_PORT'],
  ['TRUST_PROXY_HOP', 'TRUST_PROXY_HOPS'],
  ['SHUTDOWN_TIMEOUT_S', 'SHUTDOWN_TIMEOUT_MS'],
  ['SHUTDOWN_TIMEOUT', 'SHUTDOWN_TIMEOUT_MS'],
  ['SHUTDOWN_TIMEOUT_SECONDS', 'SHUTDOWN_TIMEOUT_MS'],
  ['SHUTDOWN_TIMOUT', 'SHUTDOWN_TIMEOUT_MS'],
  ['DRAIN_DELAY', 'DRAIN_DELAY_MS'],
  ['RETENTION_SPAM', 'RETENTION_SPAM_DAYS'],
  ['RETENTION_SPAM_DAY', 'RETENTION_SPAM_DAYS'], // another process's, in a file that all share
  ['GATEWAY_PROT', 'GATEWAY_PORT'],
  ['LOGLEVEL', 'LOG_LEVEL'],
])('%s stops the start and is taken for %s', (name, meant) => {
  const line = `\n${name}: is no variable of outreach; ${meant} is. Correct it, or leave it out\n`;
  expect(read({[name]: 'Zq5ecret'})).toThrow(line);
  expect(read({[name]: 'Zq5ecret', PORT: 'x'})).toThrow(line); // with every other fault
  expect(read({[name]: ''})).not.toThrow();
  expect(read({[name]: 'Zq5ecret'})).not.toThrow('Zq5ecret');
});

test.each(['OUTREACH_COLOUR', 'AUTH_ISSUERS_ALLOWED', 'RETENTION_ACTIVE_DAYS', 'INQUIRY_LIMIT', 'METRICS_PATH'])(
  '%s is logged, and stops nothing',
  name => {
    expect(read({[name]: 'x'})).not.toThrow();
    expect(warnings({[name]: 'x'})).toEqual([['warn', 'config.unknown_variable', name]]);
  },
);

test('beside the variable itself, a name like it is only logged', () => {
  const env = {DATABASE_URI: 'x', REDIS_ULR: 'x', REDIS_URL: 'redis://localhost'};
  expect(read(env)).not.toThrow();
  expect(warnings(env)).toEqual([
    ['warn', 'config.unknown_variable', 'DATABASE_URI'],
    ['warn', 'config.unknown_variable', 'REDIS_ULR'],
  ]);
});

test('what platforms, other processes of outreach and its tools set is neither', () => {
  const env = {
    PATH: '/bin',
    HOSTNAME: 'rest-7d9',
    HOME: '/root',
    PORTS: '1',
    POST: 'x',
    NODE: '/usr/bin/node',
    NODE_OPTIONS: '',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    npm_config_loglevel: 'warn',
    KUBERNETES_SERVICE_HOST: '10.0.0.1',
    KUBERNETES_PORT_443_TCP_ADDR: '10.0.0.1',
    REDIS_PORT: 'tcp://10.0.0.2:6379',
    REDIS_SERVICE_HOST: '10.0.0.2',
    REDIS_PORT_6379_TCP: 'tcp://10.0.0.2:6379',
    OUTREACH_PORT: 'tcp://10.0.0.3:3000',
    OUTREACH_PORT_3000_TCP: 'tcp://10.0.0.3:3000',
    OUTREACH_PORT_3000_TCP_PROTO: 'tcp',
    OUTREACH_REST_SERVICE_PORT_HTTP: '3000',
    AUTH_SERVICE_HOST: '10.0.0.4',
    METRIC_PORT: 'tcp://10.0.0.5:9000',
    OUTREACH_IMAGE: 'outreach',
    POSTGRES_PASSWORD: 'x',
    REDIS_GATEWAY_PASSWORD: 'x',
    GATEWAY_PORT: '3001',
    WEB_PORT: '3002',
    RETENTION_SPAM_DAYS: '30',
  };
  expect(read(env)).not.toThrow();
  expect(warnings(env)).toEqual([]);
  expect(() => readEnv(gatewayEnvSchema, {...REST, REDIS_URL: 'redis://localhost', ...env})).not.toThrow();
});

test.each([
  ['http://issuer.test/jwks', [['warn', 'config.insecure', 'AUTH_JWKS_URL']]],
  ['http://127.0.0.1.evil.test/jwks', [['warn', 'config.insecure', 'AUTH_JWKS_URL']]],
  ['https://issuer.test/jwks', []],
  ['http://localhost:8080/jwks', []],
  ['http://127.0.0.1:8080/jwks', []],
  ['http://[::1]:8080/jwks', []],
])('keys that are fetched without TLS from elsewhere are logged: %s', (url, expected) => {
  expect(warnings({AUTH_JWKS_URL: url})).toEqual(expected);
});
