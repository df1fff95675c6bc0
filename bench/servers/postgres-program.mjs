// PostgreSQL's own client programs, which the npm package lacks.
import {spawnSync} from 'node:child_process';
import {globSync} from 'node:fs';

/** Path of `pgbench` or `psql`; installs Debian's package when root and it is missing, else throws a sentence. */
export function findPostgresProgram(name) {
  const program = find(name) ?? (install() && find(name));
  if (!program) throw new Error(`${name} is missing: install postgresql-contrib with your package manager.`);
  return program;
}

function find(name) {
  return spawnSync(name, ['--version']).status === 0 ? name : globSync(`/usr/lib/postgresql/*/bin/${name}`).at(-1);
}

function install() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.error('installing pgbench and psql (apt) …');
  // RUNLEVEL=1 keeps the package from starting a server: the benchmarks start their own.
  const options = {env: {...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1'}};
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql-contrib'], options);
  return true;
}
