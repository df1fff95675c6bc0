// The image and docker-compose.yml as an operator uses them: built, brought up, used from outside, stopped.
import {execFile} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {AUDIENCE, ISSUER, givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';
import {type ComposeProject, givenComposeProject, isHealthy} from '../helpers/compose';
import {docker, givenContainer, inspect} from '../helpers/docker';
import {eventually} from '../helpers/eventually';
import {givenObserver} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';

interface Receipt {
  id: string;
  receivedAt: string;
}

let issuer: TokenIssuer;
let project: ComposeProject;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  project = await givenComposeProject(issuer);
}, 900_000);

async function submit(): Promise<Receipt> {
  const response = await fetch(`${project.restUrl}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(givenSubmission()),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as Receipt;
}

test('an inquiry posted to the REST container reaches an observer at the gateway container, and is listed', async () => {
  const token = await issuer.sign();
  const observer = await givenObserver(project.gatewayUrl, token);
  const {id, receivedAt} = await submit();
  const [event] = await observer.receives(id);
  expect(event?.data).toEqual({inquiryId: id, topic: 'sales', receivedAt});

  const list = await fetch(`${project.restUrl}/inquiries`, {headers: {Authorization: `Bearer ${token}`}});
  expect(list.status).toBe(200);
  expect(await list.json()).toContainEqual(expect.objectContaining({id}));
});

test('migrating again changes nothing and succeeds', async () => {
  expect(await project.compose('run', '--rm', '-T', 'migrate')).toContain('migrate.nothing_to_do');
});

test('only REST and the gateway can be reached from outside, and not their metrics', async () => {
  const published = async (service: string) =>
    JSON.parse(await inspect(await project.container(service), '{{json .HostConfig.PortBindings}}')) as unknown;
  const local = [{HostIp: '127.0.0.1', HostPort: expect.anything() as unknown}];
  expect(await published('rest')).toEqual({'3000/tcp': local});
  expect(await published('gateway')).toEqual({'3001/tcp': local});
  expect(await published('postgres')).toEqual({});
  expect(await published('redis')).toEqual({});
});

test('in PostgreSQL, REST is no superuser and owns nothing, and neither is the user of the migrations', async () => {
  const login = [
    '-e',
    `PGPASSWORD=${project.postgresPassword}`,
    'postgres',
    'psql',
    '-h',
    '127.0.0.1',
    '-U',
    'outreach',
  ];
  const ask = (sql: string) => project.compose('exec', '-T', ...login, '-qAtc', sql);
  expect(await ask("SELECT rolname, rolsuper FROM pg_roles WHERE rolname LIKE 'outreach_%' ORDER BY 1")).toBe(
    'outreach_owner|f\noutreach_service|f',
  );
  expect(await ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")).toBe('outreach_owner');
  expect(await ask("SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = 'outreach'")).toBe(
    'outreach_service',
  );
});

test('in Redis, REST may only publish events, the gateway may only hear them, and others may nothing', async () => {
  const redis = await project.container('redis');
  const channel = 'socket.io#/observation#inquiries#';
  const ask = (login: string[], ...command: string[]) => docker('exec', redis, 'redis-cli', '-e', ...login, ...command);
  const publisher = ['--user', 'publisher', '--pass', project.redisPasswords.publisher];
  const gateway = ['--user', 'gateway', '--pass', project.redisPasswords.gateway];

  expect(await ask([], 'ping')).toBe('PONG');
  expect(await ask(publisher, 'publish', channel, randomUUID())).toBe('1'); // one gateway heard it, and refused it
  await expect(ask([], 'publish', channel, 'x')).rejects.toThrow('NOPERM');
  await expect(ask(gateway, 'publish', channel, 'x')).rejects.toThrow('NOPERM');
  await expect(ask(publisher, 'publish', 'socket.io-request#/observation#', 'x')).rejects.toThrow('NOPERM');
  await expect(ask(publisher, 'psubscribe', `${channel}*`)).rejects.toThrow('NOPERM');
  await expect(ask(publisher, 'client', 'list')).rejects.toThrow('NOPERM');
  await expect(ask(gateway, 'config', 'get', '*')).rejects.toThrow('NOPERM');
});

// Runs inside the image: who am I, what is there, what of it could I change?
const LOOK_AROUND = `
  const {accessSync, constants, existsSync, readdirSync} = require('node:fs');
  const writable = path => { try { accessSync(path, constants.W_OK); return true; } catch { return false; } };
  const below = folder => !existsSync(folder) ? [] : readdirSync(folder).filter(name => !name.startsWith('.'))
    .flatMap(name => name.startsWith('@') ? readdirSync(folder + '/' + name).map(inner => name + '/' + inner) : name)
    .map(name => folder + '/' + name).flatMap(path => [path, ...below(path + '/node_modules')]);
  process.chdir('/app');
  console.log(JSON.stringify({
    uid: process.getuid(),
    files: readdirSync('.'),
    compiled: readdirSync('dist'),
    commands: readdirSync('dist/bin').filter(name => name.endsWith('.js')),
    packages: below('node_modules'),
    writable: ['.', 'dist', 'migrations', 'node_modules'].filter(writable),
  }));`;

test('the image holds production packages and the four commands, nothing else, and runs without privileges', async () => {
  const found = JSON.parse(await docker('run', '--rm', project.image, '-e', LOOK_AROUND)) as Record<string, unknown>;
  const {packages, compiled, ...rest} = found as {packages: string[]; compiled: string[]};
  expect(rest).toEqual({
    uid: 1000,
    files: ['LICENSE', 'dist', 'migrations', 'node_modules', 'package.json'],
    commands: ['gateway.js', 'migrate.js', 'rest.js', 'retention.js', 'start-error.js'],
    writable: [],
  });
  expect(compiled).not.toContain('dev');
  expect(packages.sort()).toEqual(await productionPackages());
});

test("the image's own health check finds both processes, and fails where nothing answers", async () => {
  const check = ['--health-interval=1s', '--health-start-period=1ms', '--health-retries=3'];
  const auth = {AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS: JSON.stringify(issuer.jwks)};
  const env = {...auth, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1'};
  const given = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const processes = await Promise.all([
    givenContainer(...check, '--health-retries=30', ...given, project.image, 'rest'),
    givenContainer(...check, '--health-retries=30', ...given, project.image, 'gateway'),
    givenContainer(...check, project.image, '-e', 'setInterval(() => undefined, 1000)'),
  ]);
  await Promise.all(processes.slice(0, 2).map(isHealthy));
  await eventually(async () => expect(await inspect(processes[2], '{{.State.Health.Status}}')).toBe('unhealthy'));
}, 120_000);

test('both processes finish by themselves on docker stop, with an observer connected', async () => {
  const observer = await givenObserver(project.gatewayUrl, await issuer.sign());
  expect(observer.ack.ok).toBe(true);
  const ids = await Promise.all([project.container('rest'), project.container('gateway')]);
  await docker('stop', '--time', '20', ...ids);
  for (const id of ids) expect(await inspect(id, '{{.State.ExitCode}}')).toBe('0'); // 137 when it had to be killed
});

/** What the lock file installs for the service itself, without dev and optional dependencies. */
async function productionPackages(): Promise<string[]> {
  interface Package {
    dev?: boolean;
    optional?: boolean;
    devOptional?: boolean;
    /** A folder of this repository, which npm never marks as what it is for; the image has none of them. */
    link?: boolean;
  }
  const root = path.resolve(__dirname, '../..');
  const {packages} = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Package>;
  };
  // The marks say nothing of what only a workspace needs, such as the client's socket.io-client.
  const listing = ['ls', '--package-lock-only', '--workspaces=false', '--omit=dev', '--all', '--parseable'];
  const {stdout} = await promisify(execFile)('npm', listing, {cwd: root});
  const ofTheService = new Set(stdout.split('\n').map(name => path.relative(root, name)));
  return Object.entries(packages)
    .filter(([name]) => name.startsWith('node_modules/') && ofTheService.has(name)) // and not the repository itself
    .filter(([, {dev, optional, devOptional, link}]) => !dev && !optional && !devOptional && !link)
    .map(([name]) => name)
    .sort();
}
