// Turns a request into what the endpoint's schemas describe, or into a 4xx problem that names each wrong field and
// never repeats its value.
import type {IncomingMessage} from 'node:http';
import type {z} from 'zod';
import {type InputError, ProblemError} from '../contract/problem';
import {readBody} from './body';
import type {EndpointOptions} from './endpoint';
import {readQuery} from './query';

/**
 * Parses path, query, headers and body, in this order. Throws ProblemError for the first of them that is not valid.
 * `enter` is called, and awaited, between reading the body and parsing it.
 */
export async function readInput(
  request: IncomingMessage,
  pathParams: unknown,
  options: EndpointOptions,
  enter?: (bytes: number) => Promise<void> | undefined,
) {
  const target = request.url ?? '';
  const path = options.path && parseParameters(options.path, pathParams);
  const query = parseParameters(options.query, readQuery(target));
  const headers = options.headers && parseParameters(options.headers, headersOf(request, options.headers));
  const {body, form} = options.body ? await readFields(request, options.body, {...options, enter}) : {};
  return {path, query, headers, body, form, target, isHead: request.method === 'HEAD'};
}

async function readFields(
  request: IncomingMessage,
  schema: z.ZodObject,
  {form: formSchema, mergePatch, enter}: EndpointOptions & {enter?: (bytes: number) => Promise<void> | undefined},
) {
  const also = [...(mergePatch ? (['merge-patch'] as const) : []), ...(formSchema ? (['form'] as const) : [])];
  const {format, value} = await readBody(request, ['json', ...also], enter);
  if (format !== 'form' || !formSchema) return {body: parseBody(schema, value)};
  const fields = Object.entries(value as Record<string, string>); // a form is always flat text
  const isFormField = ([name]: [string, string]) => Object.hasOwn(formSchema.shape, name);
  return {
    form: parseBody(formSchema, Object.fromEntries(fields.filter(isFormField))),
    body: parseBody(schema, Object.fromEntries(fields.filter(entry => !isFormField(entry)))),
  };
}

function headersOf(request: IncomingMessage, schema: z.ZodObject): Record<string, unknown> {
  const names = Object.keys(schema.shape).filter(name => request.headers[name] !== undefined);
  return Object.fromEntries(names.map(name => [name, request.headers[name]]));
}

function parseParameters(schema: z.ZodObject | undefined, values: unknown): unknown {
  if (!schema) {
    const names = Object.keys(values as object); // always an object: made above
    if (names.length === 0) return undefined;
    throw invalidParameters(names.map(name => ({parameter: safeName(name), code: 'unknown', detail: 'is not known'})));
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw invalidParameters(
    parsed.error.issues.flatMap(issue =>
      toInputErrors(issue, values, ([name, ...rest]) => ({
        parameter: safeName(String(name ?? '')),
        ...(rest.length > 0 && {pointer: toPointer(rest)}),
      })),
    ),
  );
}

function parseBody(schema: z.ZodObject, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = withoutFollowing(parsed.error.issues).flatMap(issue =>
    toInputErrors(issue, value, path => ({pointer: toPointer(path)})),
  );
  throw new ProblemError('invalid-body', counted(errors, 'field'), {errors});
}

// zod measures an array even where it wanted text: what follows from a wrong type says nothing new.
function withoutFollowing(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const places = issues.filter(({code}) => code === 'invalid_type').map(({path}) => toPointer(path));
  return issues.filter(({code, path}) => code === 'invalid_type' || !places.includes(toPointer(path)));
}

function toInputErrors(
  issue: z.core.$ZodIssue,
  input: unknown,
  locate: (path: PropertyKey[]) => Pick<InputError, 'pointer' | 'parameter'>,
): InputError[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({...locate([...issue.path, key]), code: 'unknown', detail: 'is not known'}));
    case 'invalid_type':
      return [
        isAbsent(input, issue.path)
          ? {...locate(issue.path), code: 'required', detail: 'is required'}
          : {...locate(issue.path), code: 'type', detail: `must be ${article(issue.expected)}`},
      ];
    case 'too_small':
      return [{...locate(issue.path), code: 'too_small', detail: boundDetail('least', issue.minimum, issue.origin)}];
    case 'too_big':
      return [{...locate(issue.path), code: 'too_big', detail: boundDetail('most', issue.maximum, issue.origin)}];
    case 'invalid_value':
      return [{...locate(issue.path), code: 'not_allowed', detail: `must be one of: ${issue.values.join(', ')}`}];
    case 'invalid_key':
      return [
        {
          ...locate(issue.path.slice(0, -1)),
          code: 'key',
          detail: 'has a key that is not allowed: use letters, digits, "_", "." and "-"',
        },
      ];
    case 'custom':
      return [{...locate(issue.path), code: String(issue.params?.code ?? 'format'), detail: issue.message}];
    default:
      return [
        {
          ...locate(issue.path),
          code: 'format',
          detail: issue.message.startsWith('must ') ? issue.message : 'has the wrong format',
        },
      ];
  }
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
function toPointer(path: PropertyKey[]): string {
  return path.map(part => `/${safeName(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

// A name may be anything the caller made up: it says where to look, so it is kept, but short and printable.
function safeName(name: string): string {
  return name.replace(/[^\w.[\]~/-]/g, '?').slice(0, 64);
}

function invalidParameters(errors: InputError[]): ProblemError {
  return new ProblemError('invalid-parameter', counted(errors, 'parameter'), {errors});
}

function counted(errors: InputError[], noun: string): string {
  return errors.length === 1 ? `One ${noun} is not valid.` : `${errors.length} ${noun}s are not valid.`;
}
