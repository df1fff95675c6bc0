// What `npm start` reads and believes, such as the key that signs tokens and the database's password: nothing that another
// user than this one and root could have put there. Who runs it as root would otherwise hand root's rights to whoever was
// first below /var/tmp.
import {constants, type Stats} from 'node:fs';
import {lstat, open} from 'node:fs/promises';
import {ConfigurationError} from '../config/env';
import {makeDirectory} from './make-directory';

/**
 * Creates the directory, with its parents, unless it is there. Throws ConfigurationError, which names it, when it is
 * another user's, can be written by others or is a symbolic link. Others can list it only when it was there before.
 */
export async function makeTrustedDirectory(directory: string): Promise<void> {
  await makeDirectory(directory, isRoot() ? 0o711 : 0o700); // PostgreSQL, which does not run as root, passes through
  await isTrusted(directory);
}

/** Is something there? Throws like makeTrustedDirectory when it is not to be trusted. */
export async function isTrusted(place: string): Promise<boolean> {
  const found = await lstat(place).catch(ignoreMissing);
  if (!found) return false;
  if (found.isSymbolicLink()) throw untrusted(place, 'is a symbolic link');
  check(place, found);
  return true;
}

/** The file's text; undefined when there is none. Throws ConfigurationError when it is not to be trusted. */
export async function readTrustedFile(file: string): Promise<string | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    if (codeOf(error) === 'ELOOP') throw untrusted(file, 'is a symbolic link');
    ignoreMissing(error);
  });
  if (!handle) return undefined;
  try {
    check(file, await handle.stat()); // of what was opened, so that nobody can exchange it in between
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function check(place: string, {uid, mode}: Stats): void {
  if (uid !== 0 && uid !== process.getuid?.()) throw untrusted(place, 'belongs to another user');
  // The group of an ordinary user is often the user's alone, and files are made for it (umask 002).
  if ((mode & (isRoot() ? 0o022 : 0o002)) !== 0) throw untrusted(place, 'can be written by other users');
}

function untrusted(place: string, why: string): ConfigurationError {
  return new ConfigurationError(
    `${place} ${why}, so it is not trusted: make it yours alone, or remove it and start again. OUTREACH_DIRECTORY has the data elsewhere.`,
  );
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code; // node:fs throws no other
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
