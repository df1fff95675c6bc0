// The database of `npm start`, as other commands find it: dev.json names the embedded one, and never one that was given;
// and nobody else can have put it there.
import {createHash} from 'node:crypto';
import {chmod, chown, mkdir, readFile, realpath, rename, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {Client} from 'pg';
import {runCommand} from '../helpers/command';
import {givenDatabase} from '../helpers/database';
import {givenStack, givenStackDirectory} from '../helpers/development-stack';
import {onTeardown} from '../helpers/teardown';

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

test('data of before the first release is left as it is, and a sentence says what to put away', async () => {
  const directory = await givenStackDirectory();
  const stack = await givenStack(directory);
  const client = new Client({connectionString: stack.databaseUrl});
  await client.connect();
  await client.query("UPDATE pgmigrations SET name = '000001_create_inquiry'");
  await client.end();
  await stack.interrupt();
  const place = await realpath(path.join(directory, 'postgres'));
  const env = {OUTREACH_DIRECTORY: directory, PORT: '0', GATEWAY_PORT: '0', WEB_PORT: '0', METRICS_PORT: '0'};
  expect(await runCommand('dev', {env})).toMatchObject({
    code: 78,
    stderr: `The data in ${place} is older than the first release (it begins with the migration 000001_create_inquiry), and no migration leads from it to this version: move that directory away to keep it, or remove it, and start again.\n`,
  });
  await rename(place, `${place}-before`);
  onTeardown(() => rm(`${place}-before`, {recursive: true, force: true}));
  expect((await givenStack(directory)).output()).toContain('Applied 000001_baseline');
  expect((await stat(`${place}-before`)).isDirectory()).toBe(true);
}, 120_000);

const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;

/** Where the data of this directory lies: for root, below a private directory, where another user could be first. */
function placeOf(directory: string): string {
  const id = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  return IS_ROOT ? `/var/tmp/outreach-${id}` : path.join(directory, 'postgres');
}

test('a place for the data that another user has made, with a password in it, is not taken', async () => {
  const directory = await givenStackDirectory();
  const place = placeOf(directory);
  onTeardown(() => rm(place, {recursive: true, force: true}));
  await mkdir(place);
  await writeFile(path.join(place, 'password'), 'planted');
  await chmod(place, 0o777);
  const env = {OUTREACH_DIRECTORY: directory, PORT: '0', GATEWAY_PORT: '0', WEB_PORT: '0', METRICS_PORT: '0'};
  const refused = await runCommand('dev', {env});
  expect(refused).toMatchObject({
    code: 78,
    stderr: `${place} can be written by other users, so it is not trusted: make it yours alone, or remove it and start again. OUTREACH_DIRECTORY has the data elsewhere.\n`,
  });
  await chmod(place, 0o755);
  for (const planted of [place, path.join(place, 'password')]) {
    if (IS_ROOT) await chown(planted, NOBODY, NOBODY);
    else await chmod(planted, 0o777);
    const {code, stderr} = await runCommand('dev', {env});
    expect([code, stderr]).toEqual([78, expect.stringMatching(`^${planted} (belongs to another user|can be written)`)]);
    if (IS_ROOT) await chown(planted, 0, 0);
    else await chmod(planted, 0o755);
  }
}, 120_000);

test('what it makes can be entered by others for the server only, and read by nobody else', async () => {
  const directory = await givenStackDirectory();
  await rm(directory, {recursive: true});
  await givenStack(directory);
  const modeOf = async (place: string) => (await stat(place)).mode & 0o777;
  const place = placeOf(directory);
  expect(await modeOf(directory)).toBe(IS_ROOT ? 0o711 : 0o700);
  expect(await modeOf(IS_ROOT ? path.join(directory, 'postgres') : place)).toBe(0o711);
  for (const file of ['dev.json', 'development-key.json', 'postgres/password']) {
    expect([file, await modeOf(path.join(directory, file))]).toEqual([file, 0o600]);
  }
}, 120_000);
