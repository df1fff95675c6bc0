// npm run dev [-- --inspect]: what `npm start` runs, while the code changes. PostgreSQL, Redis and the back office's
// development server stay; REST and gateway are one child process, which is restarted when src/, migrations/ or `.env`
// change. Options are node's and go to the child, such as --inspect and --inspect-brk.
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {watch} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import startError from '../dist/bin/start-error.js';
import configuration from '../dist/config/env.js';
import envFile from '../dist/dev/env-file.js';
import storage from '../dist/dev/development-storage.js';
import {startBackOffice} from '../web/dev-server.mjs';

const PROGRAM = fileURLToPath(new URL('../dist/bin/dev.js', import.meta.url));
const STOP_TIMEOUT_MS = 3000; // a child that has not stopped by then is killed: what it has committed is safe

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const ownEnvironment = {...process.env}; // without `.env`, which each child reads anew
const say = line => void process.stdout.write(`${line}\n`);
const stops = [];
let child; // the process that serves
let ready = Promise.withResolvers(); // resolves with its addresses
let latest = 0; // the number of the last restart that was asked for
let changedAt = performance.now();
let childStopped = Promise.resolve();
let hasServed = false;
let isStopping = false;

async function main() {
  await envFile.readEnvFile();
  const env = configuration.readEnv(configuration.devEnvSchema);
  const directory = env.OUTREACH_DIRECTORY;
  const onStop = stop => stops.push(stop);
  const onSignal = () => void stop().finally(() => process.exit());
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  const kept = {storage: await storage.startStorage({env, directory, say, onStop})};
  const cacheDirectory = path.resolve(directory, 'vite');
  const backOffice = await startBackOffice({readConfiguration, cacheDirectory, port: env.WEB_PORT && env.WEB_PORT + 1});
  onStop(backOffice.stop);
  kept.backOfficeUrl = backOffice.url;
  onStop(stopChild);
  const compiler = watchCompiler(() => restart());
  onStop(() => compiler.terminate());
  const environment = {...ownEnvironment, NODE_COMPILE_CACHE: path.resolve(directory, 'compile-cache')};
  const restart = () =>
    void restartChild({kept, environment, checkTypes: () => compiler.postMessage('check the types')}).catch(fail);
  for (const [place, names] of [
    ['migrations', /\.sql$/],
    ['.', /^\.env$/],
  ]) {
    const watcher = watch(place, (_event, name) => {
      if (!names.test(name ?? '')) return;
      changedAt = performance.now();
      restart();
    });
    onStop(() => watcher.close());
  }
  restart();
}

function watchCompiler(restart) {
  let hadTypeErrors = false;
  return new Worker(new URL('compile.mjs', import.meta.url)).on('error', fail).on('message', message => {
    const {changed, written, errors, types} = message;
    if (changed) changedAt = performance.now();
    if (errors) say(`\n${errors}\nNot restarted: what ran before runs on.`);
    else if (written > 0) restart();
    if (types === undefined) return;
    if (types) say(`\n${types}`);
    else if (hadTypeErrors) say('The types are right again.');
    hadTypeErrors = types !== '';
  });
}

/** Stops the child and starts another, unless a newer restart has been asked for while it stopped. */
async function restartChild({kept, environment, checkTypes}) {
  const mine = (latest += 1);
  await stopChild();
  if (mine !== latest || isStopping) return;
  const isFirst = mine === 1;
  const flags = ['--enable-source-maps', ...process.argv.slice(2)];
  const started = fork(PROGRAM, {env: environment, execArgv: flags, stdio: ['ignore', 'pipe', 'inherit', 'ipc']});
  child = started;
  started.stdout.on('data', text => isFirst && process.stdout.write(text)); // later ones say the same again
  started.once('exit', (code, signal) => {
    if (started !== child || isStopping) return;
    if (!hasServed) return void stop().finally(() => process.exit(code ?? 1)); // such as a port in use, which it has named
    say(`REST and gateway have ended (${signal ?? code}); the next change starts them again.`);
    child = undefined;
    checkTypes();
  });
  started.once('message', addresses => {
    ready.resolve(addresses);
    hasServed = true;
    checkTypes();
    if (!isFirst) say(`Restarted ${((performance.now() - changedAt) / 1000).toFixed(1)} s after the change.`);
  });
  started.send(kept);
}

function stopChild() {
  if (child !== undefined) {
    ready = Promise.withResolvers();
    childStopped = end(child);
    child = undefined;
  }
  return childStopped;
}

async function end(running) {
  const exited = once(running, 'exit');
  running.kill('SIGTERM');
  const timer = setTimeout(() => running.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

/** The back office's config.json, from the child, once it is ready. */
async function readConfiguration() {
  const {webUrl} = await ready.promise;
  return (await fetch(`${webUrl}/back-office/config.json`)).text();
}

async function stop() {
  if (isStopping) return;
  isStopping = true;
  for (const stopPart of stops.splice(0).reverse()) await stopPart();
}

function fail(error) {
  void stop().finally(() => startError.exitOnStartError(error, 'DATABASE_URL'));
}

main().catch(fail);
