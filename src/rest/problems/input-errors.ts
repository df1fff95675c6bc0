// What zod found wrong with a request, as a problem that names each wrong field and never repeats its value: the first
// MAX_ERRORS of them and how many there are, since an answer must not grow with what was sent.
import type {z} from 'zod';
import {type InputError, isInputErrorCode, MAX_ERRORS} from '../../contract/problem';
import {inputProblem, type ProblemError} from './problem-error';

type Issue = z.core.$ZodIssue;

/** A 400 for path, query or headers; `values` are what was parsed. */
export function invalidParameters(issues: readonly Issue[], values: unknown): ProblemError {
  const {count, errors} = toInputErrors(issues, values, ([name, ...rest]) => ({
    parameter: safeName(String(name ?? '')),
    ...(rest.length > 0 && {pointer: toPointer(rest)}),
  }));
  return inputProblem('parameter', errors, {count});
}

/** A 422 for a body; `value` is what was parsed. */
export function invalidBody(issues: readonly Issue[], value: unknown): ProblemError {
  const {count, errors} = toInputErrors(issues, value, path => ({pointer: toPointer(path)}));
  return inputProblem('field', errors, {count});
}

/** A name that the caller made up: it says where to look, so it is kept, but short and printable. */
export function safeName(name: string): string {
  return name.slice(0, 64).replace(/[^\w.[\]~/-]/g, '?');
}

type Locate = (path: PropertyKey[]) => Pick<InputError, 'pointer' | 'parameter'>;

// Counts all of them and words the first ones.
function toInputErrors(issues: readonly Issue[], input: unknown, locate: Locate) {
  const errors: InputError[] = [];
  let count = 0;
  for (const issue of withoutFollowing(issues.flatMap(withoutUnion))) {
    const room = MAX_ERRORS - errors.length;
    if (issue.code === 'unrecognized_keys') {
      count += issue.keys.length;
      const paths = issue.keys.slice(0, room).map(key => [...issue.path, key]);
      errors.push(...paths.map(path => ({...locate(path), code: 'unknown' as const, detail: 'is not known'})));
    } else {
      count += 1;
      if (room > 0) errors.push({...locate(issue.path), ...wording(issue, input)});
    }
  }
  return {count, errors};
}

// Of a value that may be of several types, what is wrong with it as the one that it is.
function withoutUnion(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ofItsType = issue.errors.find(
    errors => !errors.some(({code, path}) => code === 'invalid_type' && path.length === 0),
  );
  return ofItsType ? ofItsType.map(each => ({...each, path: [...issue.path, ...each.path]})) : [issue];
}

// zod measures an array even where it wanted text: what follows from a wrong type says nothing new.
function withoutFollowing(issues: readonly Issue[]): Issue[] {
  const places = new Set(issues.filter(({code}) => code === 'invalid_type').map(({path}) => toPointer(path)));
  return issues.filter(({code, path}) => code === 'invalid_type' || !places.has(toPointer(path)));
}

function wording(issue: Issue, input: unknown): Omit<InputError, 'pointer' | 'parameter'> {
  switch (issue.code) {
    case 'invalid_type':
      return isAbsent(input, issue.path)
        ? {code: 'required', detail: 'is required'}
        : {code: 'type', detail: `must be ${article(issue.expected)}`};
    case 'too_small':
      return {
        code: 'too_small',
        min: Number(issue.minimum),
        detail: boundDetail('least', issue.minimum, issue.origin),
      };
    case 'too_big':
      return {
        code: 'too_big',
        max: Number(issue.maximum),
        detail: boundDetail('most', issue.maximum, issue.origin),
      };
    case 'invalid_value':
      return {code: 'not_allowed', detail: `must be one of: ${issue.values.join(', ')}`};
    case 'invalid_union':
      return {code: 'type', detail: issue.message};
    case 'custom':
      return {...codeOf(issue.params), detail: issue.message};
    default:
      return {code: 'format', detail: issue.message.startsWith('must ') ? issue.message : 'has the wrong format'};
  }
}

// A schema's own check may name its code and its limit, which zod does not type.
function codeOf({code, max}: {code?: unknown; max?: unknown} = {}): Pick<InputError, 'code' | 'max'> {
  return {code: isInputErrorCode(code) ? code : 'format', ...(typeof max === 'number' && {max})};
}

function isAbsent(input: unknown, path: PropertyKey[]): boolean {
  let value = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]; // zod walked this path
  return value === undefined;
}

function boundDetail(bound: 'least' | 'most', value: number | bigint, origin: string): string {
  if (origin === 'string' && bound === 'least' && Number(value) === 1) return 'must not be empty';
  return `must be at ${bound} ${value}${origin === 'string' ? ' characters' : origin === 'array' ? ' items' : ''}`;
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

/** RFC 6901, with names that the caller made up cut short and cleaned. */
export function toPointer(path: PropertyKey[]): string {
  return path.map(part => `/${safeName(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
