// Turns a request into what the operation's schemas describe, or into a 4xx problem that names each wrong field and
// never repeats its value.
import type {IncomingMessage} from 'node:http';
import type {z} from 'zod';
import {hasNothingToSee} from '../../contract/safe-text';
import {readBody} from './body';
import type {OperationOptions} from '../server/operation';
import {invalidBody, invalidParameters} from '../problems/input-errors';
import {readQuery, withoutAnalytics} from './query';

/**
 * Parses path, query, headers and body, in this order. Throws ProblemError for the first of them that is not valid.
 * `enter` is called, and awaited, between reading the body and parsing it.
 */
export async function readInput(
  request: IncomingMessage,
  pathParams: object,
  options: OperationOptions,
  enter?: (bytes: number) => Promise<void> | undefined,
) {
  const target = request.url ?? '';
  const path = options.path && parseParameters(options.path, pathParams);
  const query = parseParameters(options.query, readQuery(options.ignoresAnalytics ? withoutAnalytics(target) : target));
  const headers = options.headers && parseParameters(options.headers, headersOf(request, options.headers));
  const {body, form} = options.body ? await readFields(request, options.body, {...options, enter}) : {};
  return {path, query, headers, body, form, target, isHead: request.method === 'HEAD'};
}

async function readFields(
  request: IncomingMessage,
  schema: z.ZodObject,
  {form: formSchema, mergePatch, enter}: OperationOptions & {enter?: (bytes: number) => Promise<void> | undefined},
) {
  const also = [...(mergePatch ? (['merge-patch'] as const) : []), ...(formSchema ? (['form'] as const) : [])];
  const {format, value} = await readBody(request, ['json', ...also], enter);
  if (mergePatch) return {body: parseBody(schema, value)}; // where null and what is left out differ
  if (format !== 'form' || !formSchema) return {body: parseBody(schema, withoutLeftOutFields(schema, value))};
  const fields = Object.entries(value as Record<string, unknown>); // a form has named fields
  const isFormField = ([name]: [string, unknown]) => Object.hasOwn(formSchema.shape, name);
  return {
    form: parseBody(formSchema, Object.fromEntries(fields.filter(isFormField))),
    body: parseBody(
      schema,
      withoutLeftOutFields(schema, Object.fromEntries(fields.filter(entry => !isFormField(entry)))),
    ),
  };
}

/**
 * The same body without fields that say nothing: null, empty, or text in which nobody sees anything. They count as left out,
 * as in a form, whose empty fields browsers send: an optional one is absent, a required one is required. What the schema does
 * not know stays, to be refused.
 */
export function withoutLeftOutFields(schema: z.ZodObject, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const isLeftOut = ([name, value]: [string, unknown]) =>
    (value === null || (typeof value === 'string' && hasNothingToSee(value))) && Object.hasOwn(schema.shape, name);
  const fields = Object.entries(body);
  return fields.some(isLeftOut) ? Object.fromEntries(fields.filter(field => !isLeftOut(field))) : body;
}

function headersOf(request: IncomingMessage, schema: z.ZodObject): Record<string, unknown> {
  const names = Object.keys(schema.shape).filter(name => request.headers[name] !== undefined);
  return Object.fromEntries(names.map(name => [name, request.headers[name]]));
}

function parseParameters(schema: z.ZodObject | undefined, values: object): unknown {
  if (!schema) {
    const names = Object.keys(values);
    if (names.length === 0) return undefined;
    throw invalidParameters([{code: 'unrecognized_keys', keys: names, path: [], message: ''}], values);
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw invalidParameters(parsed.error.issues, values);
}

function parseBody(schema: z.ZodObject, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidBody(parsed.error.issues, value);
}
