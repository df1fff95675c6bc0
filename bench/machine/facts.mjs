// What stands beside every figure: machine, versions and commit.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {cpus, release, totalmem, type} from 'node:os';
import path from 'node:path';
import {canPin} from './pin.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** `services` are the versions that the servers gave. */
export function facts(services = {}) {
  const changed = git('status', '--porcelain', '--', 'src', 'migrations', 'package-lock.json') !== '';
  return {
    commit: git('rev-parse', '--short=12', 'HEAD') + (changed ? ' with uncommitted changes' : ''),
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release().split('-')[0]}`,
    pinned: canPin,
    versions: {node: process.versions.node, ...services},
  };
}

/** The version of a package in a peer's tree, or in ours. */
export function packageVersion(name, directory = ROOT) {
  return JSON.parse(readFileSync(path.join(directory, 'node_modules', name, 'package.json'), 'utf8')).version;
}

function git(...args) {
  try {
    return execFileSync('git', args, {cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
  } catch {
    return 'unknown';
  }
}
