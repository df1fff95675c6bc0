// Programs that no npm package has: PostgreSQL's own, and valgrind. Installed by apt when that is possible.
import {spawnSync} from 'node:child_process';
import {globSync} from 'node:fs';

/** Path of `pgbench`, `psql`, `initdb` or another of PostgreSQL's programs; throws a sentence when it is missing. */
export function findPostgresProgram(name) {
  return findProgram(name, {packageName: 'postgresql-contrib', elsewhere: '/usr/lib/postgresql/*/bin/'});
}

/** Path of valgrind; throws a sentence when it is missing. */
export function findValgrind() {
  return findProgram('valgrind', {packageName: 'valgrind'});
}

function findProgram(name, {packageName, elsewhere}) {
  const find = () =>
    spawnSync(name, ['--version']).status === 0
      ? name
      : elsewhere &&
        globSync(elsewhere + name)
          .toSorted()
          .at(-1);
  const program = find() ?? (install(packageName) && find());
  if (!program) throw new Error(`${name} is missing: install ${packageName} with your package manager.`);
  return program;
}

function install(packageName) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.error(`installing ${packageName} (apt) …`);
  // RUNLEVEL=1 keeps PostgreSQL's package from starting a server: the benchmarks start their own.
  const options = {env: {...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1'}};
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', packageName], options);
  return true;
}
