// docs/openapi.json as a judge: which operations there are, and whether an answer is one that it describes.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import Ajv, {type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import {problemSchema} from '../../src/contract/problem';
import type {Schema} from './json-schema';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}
type Content = Record<string, {schema: Schema}>;
interface OperationObject {
  parameters?: Parameter[];
  requestBody?: {content: Content};
  responses: Record<string, {content?: Content}>;
  security?: unknown[];
}

/** One method of one path. */
export interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Content;
  secured: boolean;
}

/** An answer with its whole body. */
export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
}

export interface Judge {
  operations: Operation[];
  /** What is wrong with the answer; undefined when the document describes it. */
  objection: (operation: Operation | undefined, method: string, answer: Answer) => string | undefined;
}

/** Reads the document and compiles all of its schemas. */
export function readDocument(): Judge {
  const file = path.resolve(__dirname, '../../docs/openapi.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as object;
  const {paths} = dereference(document, document) as {paths: Record<string, Record<string, OperationObject>>};
  const ajv = addFormats(new Ajv({strict: false, allErrors: false}));
  const responses = new Map<Operation, Map<string, Map<string, ValidateFunction>>>();
  for (const [route, methods] of Object.entries(paths)) {
    for (const [method, object] of Object.entries(methods)) {
      const {parameters = [], requestBody, security = []} = object;
      const operation = {
        method: method.toUpperCase(),
        path: route,
        parameters,
        body: requestBody?.content ?? {},
        secured: security.length > 0,
        [fc.toStringMethod]: () => `${method} ${route}`, // the rest of it is in the document
      };
      const byStatus = Object.entries(object.responses).map(([status, {content = {}}]) => {
        const byType = Object.entries(content).map(([type, {schema}]) => [type, ajv.compile(schema)] as const);
        return [status, new Map(byType)] as const;
      });
      responses.set(operation, new Map(byStatus));
    }
  }
  return {
    operations: [...responses.keys()],
    objection: (operation, method, answer) =>
      operation ? documented(responses.get(operation), method, answer) : undocumented(method, answer),
  };
}

/** The same with what each `$ref` of the document points to in its place; none of ours points to itself. */
function dereference(part: unknown, document: object): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(item => dereference(item, document));
  if ('$ref' in part) return dereference(target(String(part.$ref), document), document);
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, dereference(value, document)]));
}

function target(reference: string, document: object): unknown {
  const names = reference.slice('#/'.length).split('/');
  return names.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], document); // as references go
}

function documented(
  byStatus: Map<string, Map<string, ValidateFunction>> | undefined,
  method: string,
  {status, headers, body}: Answer,
): string | undefined {
  const byType = byStatus?.get(String(status));
  if (!byType) return `status ${status} is not documented: ${body.toString().slice(0, 500)}`;
  if (byType.size === 0) return body.length > 0 ? 'has a body that is not documented' : undefined;
  const [type = ''] = String(headers['content-type']).split(';');
  const validate = byType.get(type);
  if (!validate) return `media type ${type} is not documented for ${status}`;
  if (method === 'HEAD') return body.length > 0 ? 'HEAD has a body' : undefined;
  if (!/json$/.test(type)) return undefined;
  if (validate(JSON.parse(body.toString()))) return undefined;
  return `${status} is not like its schema: ${JSON.stringify(validate.errors)} in ${body.toString().slice(0, 500)}`;
}

// A path or a method that the document does not have: a problem that says so, or the answer to a preflight.
function undocumented(method: string, {status, headers, body}: Answer): string | undefined {
  if (method === 'OPTIONS' && status === 204) return undefined;
  if (![404, 405].includes(status)) return `${status} for what is not in the document`;
  if (headers['content-type'] !== 'application/problem+json') return 'is no problem';
  if (status === 405 && typeof headers.allow !== 'string') return '405 without Allow';
  if (method === 'HEAD') return undefined;
  return problemSchema.safeParse(JSON.parse(body.toString())).success ? undefined : 'is not our problem';
}
