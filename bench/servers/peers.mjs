// The peers of bench/peers: each is a package of its own, installed and built here when it is first needed, so that
// none of its dependencies comes near the product's tree.
import {execFileSync} from 'node:child_process';
import {existsSync, globSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {startServer} from './process.mjs';

const PEERS = path.resolve(import.meta.dirname, '../peers');

/** Starts a peer; `env` is what it needs beside PATH. */
export async function startPeer({name, directory, env}) {
  const cwd = path.join(PEERS, directory);
  preparePeer(directory);
  return startServer({name, program: path.join(cwd, mainOf(directory)), env: {PORT: '0', ...env}, cwd});
}

/** Where a peer's packages are. */
export function peerDirectory(directory) {
  return path.join(PEERS, directory);
}

/** Installs by the lock file and builds, unless that was done since the last change. */
export function preparePeer(directory) {
  const cwd = path.join(PEERS, directory);
  const installed = path.join(cwd, 'node_modules/.package-lock.json');
  const run = (...args) => execFileSync('npm', args, {cwd, stdio: ['ignore', 'ignore', 'inherit']});
  if (isOlder(installed, [path.join(cwd, 'package-lock.json')])) {
    console.error(`installing the peer ${directory} …`);
    run('ci', '--loglevel=error');
  }
  const {scripts} = readPackage(directory);
  const sources = globSync('{src/**/*.ts,tsconfig.json,package-lock.json}', {cwd}).map(file => path.join(cwd, file));
  if (scripts?.build && isOlder(path.join(cwd, 'dist/main.js'), sources)) {
    console.error(`building the peer ${directory} …`);
    run('run', '--silent', 'build');
  }
}

function mainOf(directory) {
  return readPackage(directory).scripts?.build ? 'dist/main.js' : 'main.mjs';
}

function readPackage(directory) {
  return JSON.parse(readFileSync(path.join(PEERS, directory, 'package.json'), 'utf8'));
}

function isOlder(file, others) {
  if (!existsSync(file)) return true;
  const {mtimeMs} = statSync(file);
  return others.some(other => statSync(other).mtimeMs > mtimeMs);
}
