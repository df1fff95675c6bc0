// A start that cannot be says in one sentence what to change: no JSON, no stack, no value that may be a secret.
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {runCommand} from '../helpers/command';
import {onTeardown} from '../helpers/teardown';

const PUBLIC_KEY = {kty: 'OKP', crv: 'Ed25519', x: 'AQAB'};
const SERVICE = {
  PORT: '0',
  METRICS_PORT: '0',
  DATABASE_URL: 'postgres://nobody:Zq5ecret@127.0.0.1:1/outreach',
  REDIS_URL: 'redis://127.0.0.1:1',
  AUTH_ISSUER: 'https://issuer.test/',
  AUTH_AUDIENCE: 'outreach',
  AUTH_JWKS: JSON.stringify({keys: [PUBLIC_KEY]}),
  LOG_LEVEL: 'error',
};
const SCOPE = ['--scope', 'inquiries:read'];

const CONFIGURATION = 78; // EX_CONFIG of sysexits.h

/** What the command says when its configuration is bad, or with `exitCode` 1 when the same start may succeed later. */
async function sentenceOf(
  name: string,
  {env, args = [], exitCode = CONFIGURATION}: {env: Record<string, string>; args?: string[]; exitCode?: number},
): Promise<string> {
  const {code, stderr} = await runCommand(name, {args, env});
  expect({code, stderr}).toEqual({code: exitCode, stderr: expect.any(String) as string});
  expect(stderr).not.toMatch(/Zq5ecret|^ +at |^\{/m);
  return stderr.trim();
}

async function givenDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-start-error-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  return directory;
}

describe.each(['rest', 'gateway'])('%s', name => {
  test.each([
    ['nowhere.invalid', 'HOST or METRICS_HOST names a host that cannot be found.'],
    ['192.0.2.1', 'HOST or METRICS_HOST must be an address of this machine; it has none such as 192.0.2.1.'],
  ])('names HOST and METRICS_HOST when one is %s', async (host, sentence) => {
    for (const variable of ['HOST', 'METRICS_HOST']) {
      expect(await sentenceOf(name, {env: {...SERVICE, [variable]: host}})).toContain(sentence);
    }
  });

  test('names every variable that is bad, and those that look like one', async () => {
    const sentence = await sentenceOf(name, {env: {...SERVICE, LOG_LEVEL: '"info"', REDIS_URL: '', REDIS_ULR: 'x'}});
    expect(sentence).toContain('\nLOG_LEVEL: must not be in quotes');
    expect(sentence).toContain('\nREDIS_ULR: is no variable of outreach; REDIS_URL is.');
  });

  test('ends with the same exit code below npm', async () => {
    const npm = promisify(execFile)('npm', ['run', '--silent', name], {env: {PATH: process.env.PATH, PORT: 'x'}});
    await expect(npm).rejects.toMatchObject({
      code: CONFIGURATION,
      stderr: expect.stringContaining('\nPORT: ') as string,
    });
  });

  test('names the variables of ports when one is taken', async () => {
    const port = await givenTakenPort();
    const sentence = await sentenceOf(name, {env: {...SERVICE, PORT: String(port)}, exitCode: 1});
    expect(sentence).toContain(`127.0.0.1:${port} is in use`);
    expect(sentence).toContain('PORT, GATEWAY_PORT, WEB_PORT or METRICS_PORT');
  });
});

test.each([
  ['postgres://nobody:Zq5ecret@127.0.0.1:1/outreach', 'The server of DATABASE_URL does not answer (ECONNREFUSED).'],
  ['postgres://nobody:Zq5ecret@localhost:1/outreach', 'The server of DATABASE_URL does not answer (ECONNREFUSED).'],
  ['postgres://nobody:Zq5ecret@nowhere.invalid/outreach', 'DATABASE_URL names a host that cannot be found.'],
])('migrate and npm start say that they cannot reach %s', async (url, sentence) => {
  for (const name of ['migrate', 'dev']) {
    const env = {DATABASE_URL: url, OUTREACH_DIRECTORY: await givenDirectory(), LOG_LEVEL: 'fatal'};
    expect(await sentenceOf(name, {env, exitCode: 1})).toBe(sentence);
  }
});

test('npm start logs a variable that begins like one of outreach and is none', async () => {
  const env = {DATABASE_URL: SERVICE.DATABASE_URL, OUTREACH_DIRECTORY: await givenDirectory(), EXPORT_COLOUR: 'x'};
  const {stderr} = await runCommand('dev', {env});
  const [line = ''] = stderr.split('\n');
  expect(JSON.parse(line)).toMatchObject({msg: 'config.unknown_variable', variable: 'EXPORT_COLOUR'});
});

test.each(['rest', 'gateway', 'dev'])(
  '%s does not start with a wildcard for a top-level domain in ALLOWED_ORIGINS',
  async name => {
    const directory = await givenDirectory();
    const env = {...(name === 'dev' ? {OUTREACH_DIRECTORY: directory} : SERVICE)};
    const sentence = await sentenceOf(name, {env: {...env, ALLOWED_ORIGINS: 'https://*.Zq5ecret'}});
    expect(sentence).toContain(
      '\nALLOWED_ORIGINS: may have one wildcard, as the first label in front of a domain of at least two',
    );
  },
);

test.each([
  ['a path where nothing can be', '/proc/x', /^\/proc\/x cannot be used \(ENOENT\): .* OUTREACH_DIRECTORY\.$/],
  ['a path below one', '/proc/x/y', /^\/proc\/x cannot be used \(ENOENT\): /],
  ['a system directory', '/sys/x', /^\/sys\/x cannot be used \((EPERM|EACCES|EROFS)\): /],
  ['a file', __filename, /^.*start-error.test.ts\/.* cannot be used \(ENOTDIR\): /],
])('a data directory that is %s is refused by its path', async (_name, directory, sentence) => {
  expect(await sentenceOf('dev', {env: {OUTREACH_DIRECTORY: directory}})).toMatch(sentence);
  expect(await sentenceOf('token', {env: {OUTREACH_DIRECTORY: directory}, args: SCOPE})).toMatch(sentence);
});

test.each(['{"kty":"EC","d":"Zq5ecret', '', '{}', 'null', '{"kty":"EC","crv":"P-256","x":"Zq5ecret","y":"b","d":"c"}'])(
  'a development key that is corrupt is named as the file to remove: %s',
  async content => {
    const directory = await givenDirectory();
    const file = path.join(directory, 'development-key.json');
    await writeFile(file, content);
    const sentence = await sentenceOf('token', {env: {OUTREACH_DIRECTORY: directory}, args: SCOPE});
    expect(sentence).toBe(`${file} is not a key any more: remove it, and the next start makes another.`);
    expect(await readFile(file, 'utf8')).toBe(content);
  },
);

test('token says which argument it does not know, and nothing else', async () => {
  const env = {OUTREACH_DIRECTORY: await givenDirectory()};
  expect(await sentenceOf('token', {env, args: ['--colour', 'red']})).toMatch(/^Unknown option '--colour'/);
  expect(await sentenceOf('token', {env, args: ['inquiries:read']})).toMatch(/^Unexpected argument 'inquiries:read'/);
  expect(await sentenceOf('token', {env, args: ['--scope']})).toMatch(/^Option '--scope <value>' argument missing/);
});

async function givenTakenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(() => Promise.resolve(server.close()));
  return (server.address() as AddressInfo).port; // it listens on a port
}
