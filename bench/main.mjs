// `npm run bench`: starts real servers, measures the scenarios that were asked for, prints the figures and writes
// docs/performance.md, or checks them against the targets. bench/arguments.mjs has the options.
import {mkdirSync, writeFileSync} from 'node:fs';
import {loadavg} from 'node:os';
import path from 'node:path';
import {readArguments} from './arguments.mjs';
import {cleanUp, cleanUpOnSignals} from './machine/cleanup.mjs';
import {facts} from './machine/facts.mjs';
import {canPin} from './machine/pin.mjs';
import {writeDocument} from './report/document.mjs';
import {missedTargets} from './report/check.mjs';
import {printTable} from './report/table.mjs';
import * as abuse from './scenarios/abuse.mjs';
import * as cost from './scenarios/cost.mjs';
import * as csvExport from './scenarios/export.mjs';
import * as fanout from './scenarios/fanout.mjs';
import * as feed from './scenarios/feed.mjs';
import * as get from './scenarios/get.mjs';
import * as growth from './scenarios/growth.mjs';
import * as insert from './scenarios/insert.mjs';
import * as post from './scenarios/post.mjs';
import * as redisStates from './scenarios/redis.mjs';
import * as startup from './scenarios/startup.mjs';
import * as storm from './scenarios/storm.mjs';
import {createIssuer} from './servers/outreach.mjs';
import {startPostgres} from './servers/postgres.mjs';
import {redisVersion, startRedis} from './servers/redis.mjs';

const SCENARIOS = {
  post,
  insert,
  get,
  feed,
  export: csvExport,
  fanout,
  storm,
  redis: redisStates,
  startup,
  abuse,
  cost,
  growth,
};
const RESULTS = path.resolve(import.meta.dirname, 'results');
const say = line => console.log(`  ${line}`);

/** Results by scenario, measured with servers of this call's own. */
async function measure({names, ...options}) {
  const results = {};
  const load = loadavg()[0]?.toFixed(1); // what others did on the machine before we came
  try {
    const [postgres, redis, issuer] = [await startPostgres(), await startRedis(), await createIssuer()];
    for (const name of names) {
      console.log(`\n${SCENARIOS[name].title}`);
      const result = await SCENARIOS[name].run({postgres, redis, issuer, ...options, say});
      const versions = {PostgreSQL: postgres.version, Redis: redisVersion(), ...result.versions};
      const effort = result.isCounted ? {} : {load, rounds: options.rounds, seconds: options.seconds};
      results[name] = {...result, facts: {...facts(versions), ...effort}};
      result.tables.forEach(printTable);
      keep(name, results[name]);
      if (!options.quick) await write({[name]: results[name]}); // so that a later failure costs nothing
    }
  } finally {
    await cleanUp();
  }
  return results;
}

function keep(name, result) {
  mkdirSync(RESULTS, {recursive: true});
  writeFileSync(path.join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

function write(results) {
  return writeDocument(
    results,
    Object.entries(SCENARIOS).map(([name, {title}]) => ({name, title})),
  );
}

async function main() {
  cleanUpOnSignals();
  const options = readArguments(process.argv.slice(2), Object.keys(SCENARIOS));
  if (!canPin) console.warn('No second core or no taskset: nothing is pinned, so the figures compare little.');
  const results = await measure(options);
  if (!options.check) return;
  let missed = missedTargets(results, options);
  if (missed.length > 0 && options.quick) missed = await missedAgain(missed, options);
  const met = options.quick ? 'Every bound of the short check is met.' : 'Every target that was measured is met.';
  console.log(`\n${missed.length > 0 ? sentences(missed) : met}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

// A busy machine is not busy with the same thing twice: what fails must fail in both runs.
async function missedAgain(missed, options) {
  console.log(`\n${sentences(missed)}\nOnce more, since the machine may have been busy:`);
  const names = [...new Set(missed.map(({scenario}) => scenario))];
  const again = missedTargets(await measure({...options, names}), options);
  return again.filter(({key}) => missed.some(earlier => earlier.key === key));
}

function sentences(missed) {
  return missed.map(({sentence}) => sentence).join('\n');
}

main().catch(error => {
  console.error(error.stack ?? error);
  process.exitCode = 1;
});
