// docs/sql/ holds every statement that the service sends, and each as it is sent.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {givenDatabase} from '../helpers/database';

const ROOT = path.resolve(__dirname, '../..');

async function compare(): Promise<string> {
  const {url} = await givenDatabase();
  try {
    await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/sql.mjs'), url], {timeout: 60_000});
    return '';
  } catch (error) {
    const {stdout, stderr} = error as {stdout: string; stderr: string}; // of execFile: the program has failed
    return stdout + stderr;
  }
}

test('docs/sql/ is what PostgreSQL gets, and lacks no statement of the sources; `npm run generate` writes it', async () => {
  expect(await compare()).toBe('');
}, 90_000);
