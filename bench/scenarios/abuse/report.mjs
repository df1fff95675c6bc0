// What the floods came to: the targets, round by round, and the tables of the section.
import {summarize} from '../../load/summary.mjs';
import {exact} from '../../report/format.mjs';
import {ratio, spread, summaries} from '../../report/statistics.mjs';
import {meets, TARGETS} from '../../targets.mjs';
import {isFew} from './floods.mjs';

const QUIET = 'nobody';
const MEBI = 2 ** 20;

const REST_COLUMNS = {
  p50: 'p50 ms',
  p99: 'p99 ms',
  max: 'longest ms',
  refused: 'refused',
  live: '/live p50 ms',
  liveMax: '/live longest ms',
  readyMax: '/ready longest ms',
  internalLiveMax: '/live on METRICS_PORT, longest ms',
};
const GATEWAY_COLUMNS = {
  p99: 'p99 ms',
  refused: 'refused',
  eventP50: 'event p50 ms',
  eventP99: 'event p99 ms',
  lost: 'events lost',
  gatewayLive: '/live p50 ms',
  gatewayLiveMax: '/live longest ms',
};
const ATTACKER_COLUMNS = {
  accepted: 'accepted a second',
  refused: 'refused a second',
  shed: '503 a second',
  cut: 'cut off',
  held: 'held at the end',
};
const COST_COLUMNS = {
  rest: 'REST CPU %',
  postgres: 'PostgreSQL CPU %',
  gateway: 'gateway CPU %',
  before: 'RSS before MB',
  peak: 'RSS at most MB',
  after: 'RSS after MB',
};
const DEAR_COLUMNS = {
  rest: 'REST CPU ms',
  postgres: 'PostgreSQL CPU ms',
  status: 'answered',
  kilobytes: 'answer KB',
};

/** From rounds of `{dear, beside}`, as bench/scenarios/abuse.mjs measures them. */
export function summarizeAll(measured, {floods, seconds, perSecond}) {
  const visits = measured.map(({beside}) => visitsOf(beside));
  const byRound = targetsByRound(measured, visits, floods);
  const attackers = measured.map(({beside}) => mapValues(beside, attackerOf));
  const costs = measured.map(({beside}) => mapValues(beside, costOf));
  const beside = on => [QUIET, ...floods.filter(flood => flood.on === on).map(({name}) => name)];
  const tables = [
    visitTable('A visitor beside floods of REST', visits, beside('rest'), REST_COLUMNS),
    visitTable('A visitor and an observer beside floods of the gateway', visits, beside('gateway'), GATEWAY_COLUMNS),
    tableOf('What the attacker got through', attackers, ATTACKER_COLUMNS),
    tableOf('What it cost; memory is of the process that is flooded', costs, COST_COLUMNS),
    tableOf(
      'One request of up to 32 KB, by its body',
      measured.map(({dear}) => dear),
      DEAR_COLUMNS,
    ),
  ];
  return {
    ratios: {...mapValues(byRound, spread), refused: Math.max(...byRound.refused)}, // of the worst round: nobody may be, in any
    notes: [explanation({seconds, perSecond}), verdicts(byRound)],
    tables: tables.filter(({rows}) => Object.keys(rows).length > 1),
    chart: {
      file: 'abuse',
      title: "A visitor's POST beside floods of REST: p99 ms, logarithmic",
      table: 0,
      field: 'p99',
      unit: 'milliseconds',
      isLogarithmic: true,
    },
    raw: measured,
  };
}

// A round is quiet again and again: all of that together gives a steadier 99th percentile than what is before one flood.
function visitsOf(beside) {
  const all = Object.values(beside);
  const quiet = all.map(each => each.quiet).reduce(joined);
  return mapValues({[QUIET]: quiet, ...mapValues(beside, ({during}) => during)}, figuresOf);
}

function joined(one, other) {
  const join = name => (Array.isArray(one[name]) ? [...one[name], ...other[name]] : one[name] + other[name]);
  return Object.fromEntries(Object.keys(one).map(name => [name, join(name)]));
}

function figuresOf({sent, posts, awaited, events, ...probes}) {
  const [post, event] = [posts, events].map(ms => summarize(ms, 1));
  const {live, ready, internalLive, gatewayLive} = mapValues(probes, ms => summarize(ms, 1));
  return {
    p50: post.p50,
    p99: post.p99,
    max: post.max,
    refused: sent - post.count,
    live: live.p50,
    liveMax: live.max,
    readyMax: ready.max,
    internalLiveMax: internalLive.max,
    gatewayLive: gatewayLive.p50,
    gatewayLiveMax: gatewayLive.max,
    eventP50: event.p50,
    eventP99: event.p99,
    lost: awaited - event.count,
  };
}

function attackerOf({attack: {statuses, cut, held, seconds}}) {
  const rates = {accepted: 0, refused: 0, shed: 0};
  for (const [status, count] of Object.entries(statuses)) {
    const outcome = status < 400 ? 'accepted' : status === '503' ? 'shed' : 'refused';
    rates[outcome] += count / seconds;
  }
  return {...rates, cut, held};
}

function costOf({attack: {cpu}, memory}) {
  return {...cpu, ...mapValues(memory, bytes => bytes / MEBI)};
}

function targetsByRound(measured, visits, floods) {
  const namesOf = condition => floods.filter(condition).map(({name}) => name);
  const [few, many] = [namesOf(isFew), namesOf(({isMany}) => isMany)];
  const worst = (figures, names, field) => Math.max(...names.map(name => figures[name][field]));
  return {
    p99_of_quiet: visits.map(figures => worst(figures, few, 'p99') / figures[QUIET].p99),
    refused: visits.map(figures => [...few, ...many].reduce((sum, name) => sum + figures[name].refused, 0)),
    internal_live_ms: visits.map(figures => worst(figures, many, 'internalLiveMax')),
    live_ms: visits.map(figures => worst(figures, many, 'liveMax')),
    request_ms: measured.map(({dear}) => worst(dear, Object.keys(dear), 'rest')),
  };
}

function explanation({seconds, perSecond}) {
  return (
    `Each flood comes from one address for ${seconds} s and posts small valid inquiries unless its name says otherwise; ` +
    '“accents and keys” are two bodies of the last table in turn. Meanwhile ' +
    `${perSecond} visitors a second submit from another address, each over a connection of its own; their times count ` +
    'from when they meant to send. A balancer asks both processes for /live every 100 ms, and REST for /ready, each time over a new connection: an answer ' +
    `other than 200 counts as 10 s. “${QUIET}” is all that was measured right before the floods of a round.`
  );
}

// A median may hide a bad round.
function verdicts(byRound) {
  const lines = Object.entries(byRound).map(([name, values]) => {
    const target = TARGETS.find(({key}) => key === `abuse.${name}`);
    const met = values.filter(value => meets(target, value, target.atLeast)).length;
    const worst = exact(Math.max(...values)) + target.unit;
    return `- ${target.what}: met in ${met} of ${values.length} rounds, ${worst} in the worst.`;
  });
  return lines.join('\n');
}

function visitTable(caption, visits, names, columns) {
  const table = tableOf(
    caption,
    visits.map(figures => Object.fromEntries(names.map(name => [name, figures[name]]))),
    columns,
  );
  const values = Object.fromEntries(names.map(name => [name, ratio(visits, 'p99', name, QUIET)]));
  return {...table, reference: {title: `p99 of ${QUIET}`, values}};
}

function tableOf(caption, rounds, columns) {
  return {caption, columns, rows: summaries(rounds, Object.keys(columns))};
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
