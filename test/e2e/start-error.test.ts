// A start that cannot be says in one sentence what to change: no JSON, no stack, no value that may be a secret.
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
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

async function sentenceOf(name: string, env: Record<string, string>, args: string[] = []): Promise<string> {
  const {code, stderr} = await runCommand(name, {args, env});
  expect(code).toBe(1);
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
    ['nowhere.invalid', 'HOST names a host that cannot be found.'],
    ['192.0.2.1', 'HOST must be an address of this machine; it has none such as 192.0.2.1.'],
  ])('names HOST when it is %s', async (host, sentence) => {
    expect(await sentenceOf(name, {...SERVICE, HOST: host})).toContain(sentence);
  });

  test('names the variables of ports when one is taken', async () => {
    const port = await givenTakenPort();
    const sentence = await sentenceOf(name, {...SERVICE, PORT: String(port)});
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
    expect(await sentenceOf(name, env)).toBe(sentence);
  }
});

test.each([
  ['a path where nothing can be', '/proc/x', /^\/proc\/x cannot be used \(ENOENT\): .* OUTREACH_DIRECTORY\.$/],
  ['a path below one', '/proc/x/y', /^\/proc\/x cannot be used \(ENOENT\): /],
  ['a system directory', '/sys/x', /^\/sys\/x cannot be used \((EPERM|EACCES|EROFS)\): /],
  ['a file', __filename, /^.*start-error.test.ts\/.* cannot be used \(ENOTDIR\): /],
])('a data directory that is %s is refused by its path', async (_name, directory, sentence) => {
  expect(await sentenceOf('dev', {OUTREACH_DIRECTORY: directory})).toMatch(sentence);
  expect(await sentenceOf('token', {OUTREACH_DIRECTORY: directory}, SCOPE)).toMatch(sentence);
});

test.each(['{"kty":"EC","d":"Zq5ecret', '', '{}', 'null', '{"kty":"EC","crv":"P-256","x":"Zq5ecret","y":"b","d":"c"}'])(
  'a development key that is corrupt is named as the file to remove: %s',
  async content => {
    const directory = await givenDirectory();
    const file = path.join(directory, 'development-key.json');
    await writeFile(file, content);
    const sentence = await sentenceOf('token', {OUTREACH_DIRECTORY: directory}, SCOPE);
    expect(sentence).toBe(`${file} is not a key any more: remove it, and the next start makes another.`);
    expect(await readFile(file, 'utf8')).toBe(content);
  },
);

test('token says which argument it does not know, and nothing else', async () => {
  const env = {OUTREACH_DIRECTORY: await givenDirectory()};
  expect(await sentenceOf('token', env, ['--colour', 'red'])).toMatch(/^Unknown option '--colour'/);
  expect(await sentenceOf('token', env, ['inquiries:read'])).toMatch(/^Unexpected argument 'inquiries:read'/);
  expect(await sentenceOf('token', env, ['--scope'])).toMatch(/^Option '--scope <value>' argument missing/);
});

async function givenTakenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(() => Promise.resolve(server.close()));
  return (server.address() as AddressInfo).port; // it listens on a port
}
