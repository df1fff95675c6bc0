// Turns a request into what the operation's schemas describe, or into a 4xx problem that names each wrong field and
// never repeats its value.
import type {IncomingMessage} from 'node:http';
import {z} from 'zod';
import {hasNothingToSee} from '../../contract/safe-text';
import {type FormValue, readBody} from './body';
import {sortFields} from './form-fields';
import {nameLanguage} from '../messages/catalogue';
import type {OperationOptions} from '../server/operation';
import {invalidBody, invalidParameters} from '../problems/input-errors';
import {readQuery, withoutAnalytics} from './query';

/** What a request is read by: its operation's options, and what its route and the server add. */
export interface InputOptions extends OperationOptions {
  pathParams: object;
  /** Called, and awaited, between reading the body and parsing it. */
  enter?: (bytes: number) => Promise<void> | undefined;
  /** Fields of the spam guards (`hiddenFieldsSchema`): taken out of the body. */
  hidden?: z.ZodObject;
}

/** Longest value of a guard's field, in characters; tokens of captcha providers have some thousand. */
const MAX_HIDDEN_FIELD = 8192;

/** The schema of the guards' fields: each is text, and may be left out. */
export function hiddenFieldsSchema(names: readonly string[]): z.ZodObject {
  return z.object(Object.fromEntries(names.map(name => [name, z.string().max(MAX_HIDDEN_FIELD).optional()])));
}

/**
 * Parses path, query, headers and body, in this order. Throws ProblemError for the first of them that is not valid. `sent` is
 * how the body was sent, with the guards' fields that were filled in.
 */
export async function readInput(request: IncomingMessage, options: InputOptions) {
  const target = request.url ?? '';
  const path = options.path && parseParameters(options.path, options.pathParams);
  const query = parseParameters(options.query, readQuery(options.ignoresAnalytics ? withoutAnalytics(target) : target));
  const headers = options.headers && parseParameters(options.headers, headersOf(request, options.headers));
  const {body, form, sent} = options.body ? await readFields(request, options.body, options) : {};
  return {path, query, headers, body, form, sent, target, isHead: request.method === 'HEAD'};
}

async function readFields(
  request: IncomingMessage,
  schema: z.ZodObject,
  {form, ownFields, hidden, mergePatch, enter}: InputOptions,
) {
  const also = [...(mergePatch ? (['merge-patch'] as const) : []), ...(form ? (['form'] as const) : [])];
  const {format, value} = await readBody(request, ['json', ...also], enter);
  if (mergePatch) return {body: parseBody(schema, value)}; // where null and what is left out differ
  if (format === 'form') nameLanguageOf(request, value);
  const [hiddenFields, others] = hidden ? takeFields(hidden, value) : [NONE, value];
  const fields =
    !hidden || hiddenFields === NONE ? NONE : parseBody(hidden, withoutLeftOutFields(hidden, hiddenFields));
  const sent = {format, fields};
  if (format !== 'form' || !form) return {sent, body: parseBody(schema, withoutLeftOutFields(schema, others))};
  const sorted = sortFields(others as Record<string, FormValue>, {body: schema, form, ownFields}); // as readBody gives a form
  return {
    sent,
    form: parseBody(form, withoutLeftOutFields(form, sorted.form)),
    body: parseBody(schema, withoutLeftOutFields(schema, sorted.body)),
  };
}

// Before anything is refused, so that the answer is in the form's language whatever else is wrong.
function nameLanguageOf(request: IncomingMessage, fields: unknown): void {
  const {lang} = fields as Record<string, unknown>; // as readBody gives a form
  if (typeof lang === 'string') nameLanguage(request, lang);
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

const NONE: Readonly<Record<string, string>> = Object.freeze({});

// Those of the body's fields that the schema has, and the others; a body without such fields, or without any, as it is.
function takeFields(schema: z.ZodObject, body: unknown): [taken: object, others: unknown] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [NONE, body];
  if (!Object.keys(schema.shape).some(name => Object.hasOwn(body, name))) return [NONE, body];
  const isTaken = ([name]: [string, unknown]) => Object.hasOwn(schema.shape, name);
  const fields = Object.entries(body);
  return [Object.fromEntries(fields.filter(isTaken)), Object.fromEntries(fields.filter(field => !isTaken(field)))];
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
