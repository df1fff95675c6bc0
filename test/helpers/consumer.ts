// A folder outside of the project whose scripts import the client, as those of an application do.
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {onTeardown} from './teardown';

const ROOT = path.resolve(__dirname, '../..');
const PACKAGE = path.join(ROOT, 'packages/client');
const run = promisify(execFile);

export interface Consumer {
  directory: string;
  write: (name: string, text: string) => Promise<void>;
  /** Starts `node <args>` there, with nothing of this process's environment but PATH. */
  node: (...args: string[]) => RunningScript;
}

export interface RunningScript {
  /** Everything that it printed so far, errors as well. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code; null when a signal ended it. */
  exited: Promise<number | null>;
}

/** A folder with a link to the built package. */
export async function givenConsumer(): Promise<Consumer> {
  const directory = await givenFolder();
  await mkdir(path.join(directory, 'node_modules'));
  await symlink(PACKAGE, path.join(directory, 'node_modules/outreach'));
  return consumerIn(directory);
}

/** A folder in which npm has installed the packed package and what it depends on, and nothing else. */
export async function givenInstallingConsumer(): Promise<Consumer & {tarball: string}> {
  const directory = await givenFolder();
  // It is built already, and a build would replace files that other tests are reading.
  const packing = ['pack', '--ignore-scripts', '--json', '--pack-destination', directory];
  const {stdout} = await run('npm', packing, {cwd: PACKAGE});
  const [{filename}] = JSON.parse(stdout) as [{filename: string}]; // npm's answer for one package
  const tarball = path.join(directory, filename);
  await writeFile(path.join(directory, 'package.json'), '{"private": true}\n'); // so that npm installs here
  await run('npm', ['install', tarball, '--prefer-offline', '--no-audit', '--no-fund'], {cwd: directory});
  return {...consumerIn(directory), tarball};
}

async function givenFolder(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-consumer-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  return directory;
}

function consumerIn(directory: string): Consumer {
  return {
    directory,
    write: (name, text) => writeFile(path.join(directory, name), text),
    node: (...args) => {
      const child = spawn(process.execPath, args, {cwd: directory, env: {PATH: process.env.PATH}});
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
      }
      const exited = once(child, 'close').then(() => child.exitCode);
      onTeardown(() => {
        child.kill('SIGKILL');
        return exited;
      });
      return {output: () => output, signal: name => void child.kill(name), exited};
    },
  };
}
