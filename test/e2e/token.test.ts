// `npm run token`: development tokens for a developer's own machine, and never in production.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, developmentKeySet} from '../../src/dev/development-key';
import {runCommand} from '../helpers/command';
import {onTeardown} from '../helpers/teardown';
import {givenTokenVerifier} from '../helpers/tokens';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'outreach-token-'));
  onTeardown(() => rm(directory, {recursive: true}));
});

function token(args: string[], env: Record<string, string> = {}) {
  return runCommand('token', {args, env: {OUTREACH_DIRECTORY: directory, ...env}});
}

test('the token says what was asked for and is signed by the development key', async () => {
  const {code, stdout} = await token(['--scope', 'inquiries:read', '--topics', 'sales,press', '--ttl', '30m']);
  expect(code).toBe(0);
  const jwks = await developmentKeySet(directory);
  const verify = givenTokenVerifier({issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, jwks});
  const claims = await verify(stdout.trim());
  expect(claims).toMatchObject({scopes: new Set(['inquiries:read']), topics: ['sales', 'press']});
  const remainingSeconds = (claims?.expiresAt ?? 0) - Date.now() / 1000;
  expect(Math.abs(remainingSeconds - 30 * 60)).toBeLessThan(60);
});

test('the public key set holds no private part', async () => {
  expect(Object.keys((await developmentKeySet(directory)).keys[0] ?? {})).not.toContain('d');
});

test('production is refused', async () => {
  const {code, stdout, stderr} = await token(['--scope', 'inquiries:read'], {NODE_ENV: 'production'});
  expect([code, stdout]).toEqual([78, '']);
  expect(stderr).toContain('NODE_ENV: must not be production');
});

test.each([
  [[], '--scope is needed'],
  [['--scope', 'inquiries:read', '--ttl', 'soon'], '--ttl must be a time span'],
  [['--scope', 'inquiries:read', '--colour', 'red'], '--colour'],
])('a wrong call is refused with a sentence: %j', async (args, sentence) => {
  const {code, stderr} = await token(args);
  expect(code).toBe(78);
  expect(stderr).toContain(sentence);
});
