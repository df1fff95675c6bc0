// docker-compose.yml brought up under a project name of its own, on free ports, with an image built for it. Both
// generations of the command will do. Containers, network, volume and image go after the last test, also on failure.
import {randomBytes} from 'node:crypto';
import path from 'node:path';
import {docker, inspect, run, step} from './docker';
import {eventually} from './eventually';
import {onTeardown} from './teardown';
import {AUDIENCE, ISSUER, type TokenIssuer} from './tokens';

const ROOT = path.resolve(__dirname, '../..');
const HEALTHY_WITHIN_MS = 90_000;

export interface ComposeProject {
  image: string;
  restUrl: string;
  gatewayUrl: string;
  /** Password of the superuser of PostgreSQL. */
  postgresPassword: string;
  /** Passwords of the two users of Redis. */
  redisPasswords: {publisher: string; gateway: string};
  /** Runs the compose command in this project; resolves with its stdout. */
  compose(...args: string[]): Promise<string>;
  /** Id of a service's running container. */
  container(service: string): Promise<string>;
}

/** Resolves once every service is healthy. Takes minutes when nothing of the image is cached. */
export async function givenComposeProject(issuer: TokenIssuer): Promise<ComposeProject> {
  const name = `outreach-test-${randomBytes(4).toString('hex')}`;
  const postgresPassword = randomBytes(8).toString('hex');
  const redisPasswords = {publisher: randomBytes(8).toString('hex'), gateway: randomBytes(8).toString('hex')};
  const env = {
    ...process.env,
    COMPOSE_PROJECT_NAME: name,
    OUTREACH_IMAGE: name,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    AUTH_JWKS: JSON.stringify(issuer.jwks),
    AUTH_JWKS_URL: '',
    POSTGRES_PASSWORD: postgresPassword,
    POSTGRES_OWNER_PASSWORD: randomBytes(8).toString('hex'),
    POSTGRES_SERVICE_PASSWORD: randomBytes(8).toString('hex'),
    REDIS_PUBLISHER_PASSWORD: redisPasswords.publisher,
    REDIS_GATEWAY_PASSWORD: redisPasswords.gateway,
    REST_PORT: '0',
    GATEWAY_PORT: '0',
  };
  const [command, ...first] = await composeCommand();
  const compose = (...args: string[]) => run(command, [...first, ...args], {cwd: ROOT, env});
  const container = (service: string) => compose('ps', '--quiet', service);

  onTeardown(async () => {
    await compose('down', '--volumes', '--timeout', '5');
    await docker('image', 'rm', name).catch(() => undefined); // a failed build left none
  });
  await step('Building the image', compose('build'));
  await step('Starting the compose file', compose('up', '--detach').catch(withLogs(compose)));
  const healthy = ['postgres', 'redis', 'rest', 'gateway'].map(async service => isHealthy(await container(service)));
  await step('Waiting for health', Promise.all(healthy).catch(withLogs(compose)));
  const urlOf = async (service: string, port: string) => `http://${await compose('port', service, port)}`;
  return {
    image: name,
    restUrl: await urlOf('rest', '3000'),
    gatewayUrl: await urlOf('gateway', '3001'),
    postgresPassword,
    redisPasswords,
    compose,
    container,
  };
}

/** Resolves once the health check of this container says healthy. */
export async function isHealthy(id: string): Promise<void> {
  await eventually(async () => {
    const status = await inspect(id, '{{.State.Health.Status}}');
    if (status !== 'healthy') throw new Error(`${await inspect(id, '{{.Name}}')} is ${status}`);
  }, HEALTHY_WITHIN_MS);
}

async function composeCommand(): Promise<[string, ...string[]]> {
  const candidates: [string, ...string[]][] = [['docker', 'compose'], ['docker-compose']];
  for (const [command, ...first] of candidates) {
    const answers = await run(command, [...first, 'version']).then(
      () => true,
      () => false,
    );
    if (answers) return [command, ...first];
  }
  throw new Error('This test needs Docker Compose: install the plugin (docker compose) or docker-compose 1.29.');
}

function withLogs(compose: ComposeProject['compose']) {
  return async (error: unknown): Promise<never> => {
    const logs = await compose('logs', '--tail', '50').catch(String);
    throw new Error(`${String(error)}\n${logs}`, {cause: error});
  };
}
