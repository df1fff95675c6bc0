// The database of `npm start`, as other commands find it: dev.json names the embedded one, and never one that was given.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {runCommand} from '../helpers/command';
import {givenDatabase} from '../helpers/database';
import {givenStack, givenStackDirectory} from '../helpers/development-stack';

test('retention runs on the embedded database whose URL dev.json has', async () => {
  const stack = await givenStack(await givenStackDirectory());
  const env = {DATABASE_URL: stack.databaseUrl ?? ''};
  const {code, stdout} = await runCommand('retention', {args: ['--dry-run'], env});
  expect([code, stdout]).toEqual([0, expect.stringContaining('retention.done')]);
}, 120_000);

test('a DATABASE_URL that somebody gave is written nowhere', async () => {
  const {url} = await givenDatabase();
  const directory = await givenStackDirectory();
  const stack = await givenStack(directory, {DATABASE_URL: url});
  const written = await readFile(path.join(directory, 'dev.json'), 'utf8');
  expect([written, stack.output()]).toEqual([expect.not.stringContaining(url), expect.not.stringContaining(url)]);
  expect(Object.keys(stack)).not.toContain('databaseUrl');
}, 120_000);
