// Runs the docker command as a person would; a failure carries what it printed. Slow steps say so on stderr.
import {execFile} from 'node:child_process';
import {onTeardown} from './teardown';

const SLOW_MS = 2000;

/** Resolves with what the command printed on stdout, trimmed; rejects with all that it printed. */
export function run(
  command: string,
  args: readonly string[],
  options: {cwd?: string; env?: NodeJS.ProcessEnv} = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, {...options, maxBuffer: 50_000_000}, (error, stdout, stderr) => {
      if (!error) resolve(stdout.trim());
      else reject(new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, {cause: error}));
    });
  });
}

export function docker(...args: string[]): Promise<string> {
  return run('docker', args);
}

/** One value of `docker inspect`, such as `{{.State.ExitCode}}`. */
export function inspect(id: string, template: string): Promise<string> {
  return docker('inspect', '--format', template, id);
}

/** Starts a container in the background, removed after the last test; resolves with its id. */
export async function givenContainer(...args: string[]): Promise<string> {
  const id = await docker('run', '--detach', ...args);
  onTeardown(() => docker('rm', '--force', '--volumes', id));
  return id;
}

/** Waits for `work`; when that takes more than two seconds, says on stderr what it is and how long it took. */
export async function step<T>(title: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const timer = setTimeout(() => process.stderr.write(`${title} ...\n`), SLOW_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    const tookMs = performance.now() - startedAt;
    if (tookMs >= SLOW_MS) process.stderr.write(`${title}: ${(tookMs / 1000).toFixed(1)} s\n`);
  }
}
