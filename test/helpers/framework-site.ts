// Sites of Vue, Astro and Next.js, built by the frameworks themselves in test/fixtures/sites, whose packages they find there.
import {execFile, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {eventually} from './eventually';
import type {Site} from './public-site';
import {onTeardown} from './teardown';

const ROOT = path.resolve(__dirname, '../..');
const SITES = path.join(ROOT, 'test/fixtures/sites');
const TYPES: Record<string, string> = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css'};
// Nothing is sent anywhere, and nothing is downloaded: what a build needs is in node_modules.
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  CI: 'true',
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
};

/** Installs the frameworks where they are missing. */
export function installFrameworks(): void {
  execFileSync(path.join(ROOT, 'scripts/bootstrap'), ['example-sites'], {stdio: ['ignore', 'inherit', 'inherit']});
}

/** Writes the files and runs the framework's build; resolves with the directory. Rejects with what a failing build says. */
export async function givenBuild(name: string, build: string[], files: Record<string, string>): Promise<string> {
  const directory = path.join(SITES, 'dist', name);
  await rm(directory, {recursive: true, force: true});
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, file)), {recursive: true});
    await writeFile(path.join(directory, file), content);
  }
  const [program = '', ...args] = build;
  const executable = path.join(SITES, 'node_modules/.bin', program);
  const options = {cwd: directory, env: ENVIRONMENT, maxBuffer: 2 ** 24};
  await promisify(execFile)(executable, args, options).catch((error: unknown) => {
    throw new Error(`${program} could not build ${name}: ${JSON.stringify(error)}`); // with what it wrote
  });
  return directory;
}

/** Serves every file of the directory, and index.html at the root. */
export async function serve(site: Site, directory: string): Promise<void> {
  for (const file of await readdir(directory, {recursive: true, withFileTypes: true})) {
    if (!file.isFile()) continue;
    const place = path.join(file.parentPath, file.name);
    const address = `/${path.relative(directory, place)}`.replace(/^\/index\.html$/, '/');
    const type = TYPES[path.extname(place)] ?? 'application/octet-stream';
    site.files.set(address, {type, content: await readFile(place, 'utf8')});
  }
}

/** `next start` in a directory that `next build` was run in; resolves with its address once it answers. */
export async function givenNextServer(directory: string, env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [path.join(SITES, 'node_modules/next/dist/bin/next'), 'start', '--port', '0'], {
    cwd: directory,
    env: {...ENVIRONMENT, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  onTeardown(() => {
    child.kill('SIGTERM');
    return exited;
  });
  return eventually(() => {
    const [, port] = /http:\/\/localhost:(\d+)/.exec(output) ?? [];
    if (port === undefined || !output.includes('Ready')) throw new Error(`not ready:\n${output}`);
    return `http://localhost:${port}`;
  }, 60_000);
}
