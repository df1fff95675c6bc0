// The query string as the plain value that zod then parses: each parameter once, but for bracketed ones, such as
// LoopBack's filters, which become one object each; and without what analytics add.
import qs from 'qs';
import type {InputError} from '../../contract/problem';
import {safeName} from '../problems/input-errors';
import {inputProblem, type ProblemError} from '../problems/problem-error';

const BRACKETED = /^(filter|where|metadata)\[/;
const WELL_FORMED = /^\w+(\[[^[\]]*\])+$/; // qs drops what follows a bracket, and `__proto__` as well
const MAX_BRACKETED = 200;
const MAX_PARAMETERS = MAX_BRACKETED + 50; // no route has as many flat ones

/** Throws ProblemError `invalid-parameter` for a parameter that is there twice or nested too deep, and for too many. */
export function readQuery(target: string): Record<string, unknown> {
  const start = target.indexOf('?'); // the rest of the target may be no URL at all
  if (start === -1) return {};
  const pairs = target.slice(start + 1).split('&', MAX_PARAMETERS + 1);
  if (pairs.length > MAX_PARAMETERS) throw tooBig('', MAX_PARAMETERS, 'parameters');
  pairs.forEach(refuseBadEncoding);
  const values: Record<string, unknown> = {};
  const bracketed = new Map<string, [string, string][]>();
  for (const [name, value] of new URLSearchParams(target.slice(start))) {
    const [, parameter] = BRACKETED.exec(name) ?? [];
    if (parameter === undefined) define(values, name, value);
    else if (bracketed.has(parameter)) bracketed.get(parameter)?.push([name, value]);
    else bracketed.set(parameter, [[name, value]]);
  }
  for (const [parameter, pairs] of bracketed) define(values, parameter, readBrackets(parameter, pairs));
  return values;
}

// URLSearchParams would read a replacement character where the bytes are no UTF-8, and a lone percent sign as itself.
function refuseBadEncoding(pair: string): void {
  try {
    decodeURIComponent(pair);
  } catch {
    throw invalid(pair.split('=')[0] ?? '', 'format', 'is not percent-encoded UTF-8');
  }
}

function define(values: Record<string, unknown>, name: string, value: unknown): void {
  if (Object.hasOwn(values, name)) throw invalid(name, 'repeated', 'must be there once');
  Object.defineProperty(values, name, {value, enumerable: true}); // `__proto__` is a name like any other
}

function readBrackets(parameter: string, pairs: [string, string][]): unknown {
  if (pairs.length > MAX_BRACKETED) throw tooBig(parameter, MAX_BRACKETED, 'parts');
  if (pairs.some(([name]) => !WELL_FORMED.test(name) || name.includes('[__proto__]'))) {
    throw invalid(parameter, 'format', 'has a name that is not allowed');
  }
  try {
    const parsed = qs.parse(new URLSearchParams(pairs).toString(), {
      depth: 8,
      strictDepth: true,
      parameterLimit: MAX_BRACKETED,
      arrayLimit: MAX_BRACKETED,
      plainObjects: true,
    });
    return parsed[parameter];
  } catch {
    throw invalid(parameter, 'format', 'is nested too deep'); // qs says so with a RangeError
  }
}

function invalid(parameter: string, code: InputError['code'], detail: string): ProblemError {
  return inputProblem('parameter', [{parameter: safeName(parameter), code, detail}]);
}

function tooBig(parameter: string, max: number, of: string): ProblemError {
  const detail = `must have at most ${max} ${of}`;
  return inputProblem('parameter', [{parameter: safeName(parameter), code: 'too_big', max, detail}]);
}

// Analytics and advertising add these to every URL of a site, a form's action among them.
const ANALYTICS = new Set([
  ...['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'srsltid', '_gl', '_ga'], // Google
  ...['fbclid', 'igsh', 'igshid', 'msclkid', 'ttclid', 'twclid', 'yclid', 'ysclid', '_openstat'],
  ...['li_fat_id', 'epik', 'rdt_cid', 'sccid', 'qclid', '_branch_match_id', 's_kwcid', 'ef_id'],
  ...[
    'mc_cid',
    'mc_eid',
    '_hsenc',
    '_hsmi',
    '_kx',
    '_ke',
    'mkt_tok',
    'vero_id',
    'oly_anon_id',
    'oly_enc_id',
    'wickedid',
  ],
]);
const ANALYTICS_PREFIXES = ['utm_', 'gad_', 'hsa_', 'mtm_', 'matomo_', 'pk_', 'piwik_', 'at_', 'itm_', '__hs'];

/** The request target without parameters of analytics, which are taken away unread: no visitor's submission is lost for them. */
export function withoutAnalytics(target: string): string {
  const start = target.indexOf('?');
  if (start === -1) return target;
  const kept = target
    .slice(start + 1)
    .split('&')
    .filter(pair => !isAnalytics(pair.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? target.slice(0, start) : `${target.slice(0, start)}?${kept.join('&')}`;
}

/** Is it one that analytics and advertising add, whatever its case? */
export function isAnalytics(name: string): boolean {
  const lower = name.toLowerCase();
  return ANALYTICS.has(lower) || ANALYTICS_PREFIXES.some(prefix => lower.startsWith(prefix));
}
