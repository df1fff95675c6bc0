// Which build this is, for the first line of a process and for its health detail.
import {readFileSync} from 'node:fs';
import path from 'node:path';

/** `version` of package.json, and Node's own. */
export const BUILD = {
  version: versionOf(path.resolve(__dirname, '../../package.json')),
  node: process.version,
} as const;

// package.json lies beside both `src` and `dist`. A process starts without it too.
function versionOf(file: string): string {
  try {
    const {version} = JSON.parse(readFileSync(file, 'utf8')) as {version?: unknown}; // npm's own format
    return typeof version === 'string' ? version : 'unknown';
  } catch {
    return 'unknown';
  }
}
