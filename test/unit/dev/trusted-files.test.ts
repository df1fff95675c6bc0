// What `npm start` believes: only files and directories that no other user could have written.
import {chmod, chown, lstat, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {ConfigurationError} from '../../../src/config/env';
import {developmentKeySet} from '../../../src/dev/development-key';
import {readEnvFile} from '../../../src/dev/env-file';
import {isTrusted, makeTrustedDirectory, readTrustedFile} from '../../../src/dev/trusted-files';
import {onTeardown} from '../../helpers/teardown';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'outreach-trusted-'));
  const made = directory;
  onTeardown(() => rm(made, {recursive: true, force: true}));
  file = path.join(directory, 'password');
  await writeFile(file, 'secret', {mode: 0o600});
});
afterEach(() => jest.restoreAllMocks());

/** Makes it another user's; who is not root cannot, and becomes another user instead. */
async function disown(place: string): Promise<void> {
  if (isRoot) await chown(place, NOBODY, NOBODY);
  else jest.spyOn(process, 'getuid').mockReturnValue(NOBODY);
}

test('one’s own file is read, and one that is not there is undefined', async () => {
  expect(await readTrustedFile(file)).toBe('secret');
  expect(await readTrustedFile(`${file}.other`)).toBeUndefined();
  await expect(readTrustedFile(path.join(file, 'below'))).rejects.toMatchObject({code: 'ENOTDIR'});
});

test('a file that another user owns, can write, or leads to by a link is refused by its path', async () => {
  const link = path.join(directory, 'link');
  await symlink(file, link);
  await expect(readTrustedFile(link)).rejects.toThrow(
    `${link} is a symbolic link, so it is not trusted: make it yours`,
  );
  await chmod(file, 0o602);
  await expect(readTrustedFile(file)).rejects.toThrow(`${file} can be written by other users`);
  await chmod(file, 0o600);
  await disown(file);
  await expect(readTrustedFile(file)).rejects.toThrow(`${file} belongs to another user`);
  await expect(readTrustedFile(file)).rejects.toThrow(ConfigurationError);
});

test('an .env may be missing, and one of another user is refused by its path', async () => {
  await readEnvFile(`${file}.other`);
  await writeFile(file, 'OUTREACH_TEST=x\n');
  await disown(file);
  await expect(readEnvFile(file)).rejects.toThrow(`${file} belongs to another user`);
});

test('a directory is made for its user alone, and found again', async () => {
  const made = path.join(directory, 'a/b');
  await makeTrustedDirectory(made);
  await makeTrustedDirectory(made);
  expect((await lstat(made)).mode & 0o777).toBe(isRoot ? 0o711 : 0o700);
  expect(await isTrusted(made)).toBe(true);
  expect(await isTrusted(path.join(made, 'none'))).toBe(false);
});

test('a directory that another user owns, can write, or leads to by a link is refused by its path', async () => {
  const place = path.join(directory, 'place');
  await mkdir(place);
  const link = path.join(directory, 'link');
  await symlink(place, link);
  await expect(makeTrustedDirectory(link)).rejects.toThrow(`${link} is a symbolic link`);
  await symlink('/nowhere', path.join(directory, 'dangling'));
  await expect(makeTrustedDirectory(path.join(directory, 'dangling'))).rejects.toThrow(ConfigurationError);
  await chmod(place, 0o777);
  await expect(makeTrustedDirectory(place)).rejects.toThrow(`${place} can be written by other users`);
  await chmod(place, 0o755);
  await disown(place);
  await expect(makeTrustedDirectory(place)).rejects.toThrow(`${place} belongs to another user`);
});

test('the development key is not read from a directory or a file of another user', async () => {
  await developmentKeySet(directory);
  const key = path.join(directory, 'development-key.json');
  await disown(key);
  await expect(developmentKeySet(directory)).rejects.toThrow(/ belongs to another user, so it is not trusted/);
  if (isRoot) await chown(key, 0, 0);
  await disown(directory);
  await expect(developmentKeySet(directory)).rejects.toThrow(`${directory} belongs to another user`);
});
