// @endpoint: declares a route with its zod schemas once; they become the OpenAPI operation, the validation and the
// type of what the controller's method gets. Who may call it is looked up in the contract's access table.
import {operation, type ParameterObject, type ResponsesObject, type SchemaObject} from '@loopback/rest';
import {z} from 'zod';
import {PROBLEMS, type ProblemKind, problemSchema} from '../contract/problem';
import {type Claims, PUBLIC, ROUTE_ACCESS, type RouteKey} from '../contract/access';

/** What a route takes and answers. */
export interface EndpointOptions {
  operationId: string;
  summary: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  /** Header names in lower case. */
  headers?: z.ZodObject;
  body?: z.ZodObject;
  /** The body may also be a form; `form` lists fields that only a form may have. */
  form?: z.ZodObject;
  responses: Record<number, {description: string; body?: z.ZodType; headers?: Record<string, string>}>;
  problems: readonly ProblemKind[];
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What the controller's method gets: everything parsed, and the claims where the route needs a token. */
export interface EndpointInput<Key extends RouteKey, Options extends EndpointOptions> {
  path: Parsed<Options['path']>;
  query: Parsed<Options['query']>;
  headers: Parsed<Options['headers']>;
  body: Parsed<Options['body']>;
  form: Parsed<Options['form']> | undefined;
  claims: (typeof ROUTE_ACCESS)[Key] extends typeof PUBLIC ? undefined : Claims;
}

/** A declared route: its key in the access table with its options. */
export interface Endpoint {
  key: RouteKey;
  options: EndpointOptions;
}

const endpoints = new Map<string, Endpoint>();

/** The endpoint behind a LoopBack route; undefined for routes that were not declared with @endpoint. */
export function findEndpoint({verb, path}: {verb: string; path: string}): Endpoint | undefined {
  return endpoints.get(`${verb.toUpperCase()} ${path}`);
}

/** Declares a controller method as the route `key`; a key that the access table lacks does not compile. */
export function endpoint<Key extends RouteKey, Options extends EndpointOptions>(key: Key, options: Options) {
  const [verb = '', path = ''] = key.split(' ');
  endpoints.set(key, {key, options});
  const decorate = operation(verb.toLowerCase(), path, operationSpec(key, options));
  return <Method extends (input: EndpointInput<Key, Options>) => Promise<unknown>>(
    target: object,
    method: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    decorate(target, method, descriptor);
  };
}

function operationSpec(key: RouteKey, options: EndpointOptions) {
  const {operationId, summary, path, query, headers, body, form} = options;
  const secured = ROUTE_ACCESS[key] !== PUBLIC;
  const problems: ProblemKind[] = [...options.problems, ...(secured ? (['unauthorized', 'forbidden'] as const) : [])];
  return {
    operationId,
    summary,
    parameters: [...parameters('path', path), ...parameters('query', query), ...parameters('header', headers)],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {schema: toSchema(body)},
          ...(form && {'application/x-www-form-urlencoded': {schema: toSchema(body.extend(form.shape))}}),
        },
      },
    }),
    responses: {...successes(options), ...failures(problems)},
    security: secured ? [{bearer: [ROUTE_ACCESS[key]]}] : [],
  };
}

function parameters(location: 'path' | 'query' | 'header', schema: z.ZodObject | undefined): ParameterObject[] {
  if (!schema) return [];
  const {properties = {}, required = []} = toSchema(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    schema: property,
  }));
}

function successes({responses}: EndpointOptions): ResponsesObject {
  const entries = Object.entries(responses).map(([status, {description, body, headers = {}}]) => [
    status,
    {
      description,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [name, {description: text, schema: {type: 'string'}}]),
      ),
      ...(body && {content: {'application/json': {schema: toSchema(body, 'output')}}}),
    },
  ]);
  return Object.fromEntries(entries) as ResponsesObject; // Object.fromEntries forgets the key's type
}

function failures(kinds: readonly ProblemKind[]): ResponsesObject {
  const byStatus = new Map<number, string[]>();
  for (const kind of [...kinds, 'internal-error'] as const) {
    const {status, title} = PROBLEMS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${title} (\`/problems/${kind}\`)`]);
  }
  const schema = toSchema(problemSchema, 'output');
  return Object.fromEntries(
    [...byStatus].map(([status, titles]) => [
      String(status),
      {description: `${titles.join(', or: ')}.`, content: {'application/problem+json': {schema}}},
    ]),
  );
}

function toSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): SchemaObject {
  return z.toJSONSchema(schema, {target: 'openapi-3.0', io}) as SchemaObject; // the same JSON, typed by another library
}
