// `npm start` after set-up: from the command to .outreach/dev.json, which is written once everything is ready. First in an
// empty directory, which also creates the database, then again in the same one.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {chmod, mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {onCleanup} from '../machine/cleanup.mjs';
import {spread, summaries} from '../report/statistics.mjs';

export const title = '`npm start`, from the command to ready';
const ROOT = path.resolve(import.meta.dirname, '../..');
const TIMEOUT_MS = 120_000;
const FIRST = 'first start, creates the database';
const AGAIN = 'later start';

export async function run({rounds, say}) {
  await once(start('npm', ['run', '--silent', 'prestart']), 'exit'); // the set-up itself is not measured
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const directory = await mkdtemp(path.join('/var/tmp', 'outreach-bench-start-'));
    await chmod(directory, 0o755); // PostgreSQL does not run as root, and must reach it
    const remove = onCleanup(() => rm(directory, {recursive: true, force: true}));
    measured.push({
      [FIRST]: {seconds: await secondsToReady(directory)},
      [AGAIN]: {seconds: await secondsToReady(directory)},
    });
    await remove();
    say(`first ${measured[round][FIRST].seconds.toFixed(1)} s, again ${measured[round][AGAIN].seconds.toFixed(1)} s`);
  }
  const seconds = name => spread(measured.map(round => round[name].seconds));
  return {
    ratios: {first_s: seconds(FIRST), again_s: seconds(AGAIN)},
    tables: [
      {caption: 'After `npm ci` and the builds', columns: {seconds: 'seconds'}, rows: summaries(measured, ['seconds'])},
    ],
    chart: {
      file: 'startup',
      title: 'npm start, from the command to ready',
      table: 0,
      field: 'seconds',
      unit: 'seconds',
    },
  };
}

async function secondsToReady(directory) {
  const startedAt = performance.now();
  const child = start('npm', ['start'], {OUTREACH_DIRECTORY: directory});
  const exited = once(child, 'exit');
  // Its process group, as Ctrl-C would.
  const stop = onCleanup(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGINT');
    await exited;
  });
  const addresses = await Promise.race([whenReady(path.join(directory, 'dev.json')), exited.then(endedEarly)]);
  const seconds = (performance.now() - startedAt) / 1000;
  const {status} = await fetch(`${addresses.restUrl}/ready`);
  if (status !== 200) throw new Error(`/ready answers ${status} although dev.json is there`);
  await stop();
  return seconds;
}

function start(command, args, env = {}) {
  const {PATH, HOME} = process.env;
  const ports = {PORT: '0', GATEWAY_PORT: '0', WEB_PORT: '0', METRICS_PORT: '0'};
  return spawn(command, args, {cwd: ROOT, detached: true, stdio: 'ignore', env: {PATH, HOME, ...ports, ...env}});
}

async function whenReady(file) {
  for (const startedAt = performance.now(); performance.now() - startedAt < TIMEOUT_MS; await delay(10)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // not there, or not whole, yet
    }
  }
  throw new Error(`npm start was not ready within ${TIMEOUT_MS / 1000} s`);
}

function endedEarly([code, signal]) {
  throw new Error(`npm start ended with ${code ?? signal} before it was ready`);
}
