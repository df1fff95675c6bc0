// The command line: scenarios by name, all of them by default, and how thoroughly.
import {parseArgs} from 'node:util';
import {SMALLEST} from './scenarios/growth.mjs';

const USAGE = `usage: npm run bench [-- [scenario …] [options]]
  scenarios        post insert get feed export fanout storm redis startup abuse cost growth; all but growth by default
  --check          fail when a figure misses the "at least" of docs/performance.md
  --quick          a short form of the check, for CI: ratios of post and get to fastify, generous margins,
                   retried once; writes nothing; insert and abuse have one too, to be named
  --rows N         rows of growth's largest table, 1000000 by default; with 10000000 it takes an hour and 20 GB
  --rounds N       rounds, 5 by default
  --seconds N      seconds of each measurement, 4 by default`;

/** Throws, with how to use it, for what it does not know. */
export function readArguments(args, known) {
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: {
        check: {type: 'boolean', default: false},
        quick: {type: 'boolean', default: false},
        rows: {type: 'string'},
        rounds: {type: 'string'},
        seconds: {type: 'string'},
      },
    });
    const unknown = positionals.filter(name => !known.includes(name));
    if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(', ')}.`);
    const {check, quick} = values;
    const names =
      positionals.length > 0 ? positionals : quick ? ['post', 'get'] : known.filter(name => name !== 'growth');
    const rounds = positive('rounds', values.rounds ?? '5');
    const seconds = positive('seconds', values.seconds ?? (quick ? '2' : '4'));
    const rows = positive('rows', values.rows ?? '1000000', {least: SMALLEST, most: 1e8});
    return {names, check: check || quick, quick, rounds, seconds, rows};
  } catch (error) {
    throw new Error(`${error.message}\n${USAGE}`, {cause: error});
  }
}

function positive(name, text, {least = 1, most = 600} = {}) {
  const value = Number(text);
  if (!(value >= least && value <= most)) throw new Error(`--${name} must be a number from ${least} to ${most}.`);
  return value;
}
