// Creates a directory with its parents. Node's own `recursive` tries for ever where a file system takes no directories
// and says that the path does not exist, as /proc does.
import {mkdir, stat} from 'node:fs/promises';
import path from 'node:path';

/** Resolves when something is at `directory`; throws node's error when nothing can be. `mode` is for a new one. */
export async function makeDirectory(directory: string, mode?: number): Promise<void> {
  try {
    await mkdir(directory, {mode});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException; // node:fs throws no other
    if (code === 'EEXIST') return;
    const parent = path.dirname(directory);
    if (code !== 'ENOENT' || (await isThere(parent))) throw error;
    await makeDirectory(parent);
    await mkdir(directory, {mode});
  }
}

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}
