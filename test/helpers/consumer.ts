// A directory outside of the project that has the package installed, as whoever uses it has.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTeardown} from './teardown';

const ROOT = path.resolve(__dirname, '../..');

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

/** `packages` of the project's own are there too. */
export async function givenConsumer(packages: readonly string[] = []): Promise<Consumer> {
  const directory = await mkdtemp(path.join(tmpdir(), 'outreach-consumer-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  const modules = path.join(directory, 'node_modules');
  await mkdir(path.join(modules, '@types'), {recursive: true});
  await symlink(ROOT, path.join(modules, 'outreach'));
  for (const name of packages) await symlink(path.join(ROOT, 'node_modules', name), path.join(modules, name));
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
