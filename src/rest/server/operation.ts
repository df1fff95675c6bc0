// @operation: declares a route with its zod schemas once; they become the OpenAPI operation, the validation and the
// type of what the controller's method gets. Who may call it is looked up in the contract's access table.
import type {Constructor} from '@loopback/core';
import {
  operation as loopbackOperation,
  type ParameterObject,
  type ResponsesObject,
  type SchemaObject,
} from '@loopback/rest';
import {z} from 'zod';
import {PROBLEMS, type ProblemKind} from '../../contract/problem';
import type {Claims} from '../../access/claims';
import {PUBLIC, ROUTE_ACCESS, type RouteKey} from '../../access/policy';
import type {Sender} from '../../services/guards/guard';

/** What a route takes and answers. */
export interface OperationOptions {
  operationId: string;
  summary: string;
  /** Limits and the like, beside the scope. */
  description?: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  /** Parameters that analytics add to a site's URLs are no mistake: for routes that forms post to. */
  ignoresAnalytics?: boolean;
  /** Header names in lower case. */
  headers?: z.ZodObject;
  body?: z.ZodObject;
  /** The body may also be a form; `form` lists fields that only a form may have. */
  form?: z.ZodObject;
  /** The field of the body that keeps the fields of a form which neither schema knows: `metadata`. */
  ownFields?: string;
  /** The fields of the spam guards are no part of its body, and come with who has sent it: for public routes. */
  isGuarded?: boolean;
  /** What it answers depends on who asks. */
  knowsClient?: boolean;
  /** Called by the token of a mail, and by mail programs for many people from one address: it has a flood limit of its own. */
  isMailLink?: boolean;
  /** The body may also be sent as `application/merge-patch+json` (RFC 7396). */
  mergePatch?: boolean;
  responses: Record<number, OperationResponse>;
  /** What this route answers beyond `impliedProblems`. */
  problems?: readonly ProblemKind[];
}

/** A success that a route answers. */
export interface OperationResponse {
  description: string;
  body?: z.ZodType;
  mediaType?: string;
  /** Who has sent a form and prefers `text/html` gets a page instead of the body. */
  isPageForForms?: boolean;
  /** Those that are not optional are in every answer of the status. */
  headers?: z.ZodObject;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What the controller's method gets: everything parsed, and the claims where the route needs a token. */
export interface OperationInput<Key extends RouteKey, Options extends OperationOptions> {
  path: Parsed<Options['path']>;
  query: Parsed<Options['query']>;
  headers: Parsed<Options['headers']>;
  body: Parsed<Options['body']>;
  form: Parsed<Options['form']> | undefined;
  /** For the guards, where the route is guarded. */
  sender: Options['isGuarded'] extends true ? Sender : undefined;
  /** Who the request counts for, where the route knows; not to be logged, stored or sent anywhere. */
  client: Options['knowsClient'] extends true ? string : undefined;
  /** The request target as it was sent: path and query. */
  target: string;
  /** A HEAD request runs the GET operation; one whose body is dear leaves it out. */
  isHead: boolean;
  /** Of the answer's `X-Request-Id` and of the log. */
  requestId: string;
  claims: (typeof ROUTE_ACCESS)[Key] extends typeof PUBLIC ? undefined : Claims;
}

/** A declared route: its key in the access table, its options, and what answers it. */
export interface DeclaredOperation {
  key: RouteKey;
  options: OperationOptions;
  controller: Constructor<object>;
  methodName: string;
}

const operations = new Map<string, DeclaredOperation>();

/** The operation behind a LoopBack route; undefined for routes that were not declared with @operation. */
export function findOperation({verb, path}: {verb: string; path: string}): DeclaredOperation | undefined {
  return operations.get(`${verb.toUpperCase()} ${path}`);
}

/** The names of all headers that routes declare, as far as their controllers are loaded: for CORS. */
export function declaredHeaders(): {request: string[]; response: string[]} {
  const all = [...operations.values()].map(({options}) => options);
  return {
    request: all.flatMap(({headers}) => Object.keys(headers?.shape ?? {})),
    response: all.flatMap(({responses}) =>
      Object.values(responses).flatMap(({headers}) => Object.keys(headers?.shape ?? {})),
    ),
  };
}

/**
 * Declares a controller method as the route `key`; a key that the access table lacks does not compile. Throws when another
 * class declares that route already.
 */
export function operation<Key extends RouteKey, Options extends OperationOptions>(key: Key, options: Options) {
  const [verb = '', path = ''] = key.split(' ');
  const decorate = loopbackOperation(verb.toLowerCase(), path, operationSpec(key, options));
  return <Method extends (input: OperationInput<Key, Options>) => Promise<unknown>>(
    target: object,
    methodName: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const other = operations.get(key)?.controller.name;
    if (other !== undefined)
      throw new Error(`${key} is declared by ${other} already: extend that class, or remove one.`);
    operations.set(key, {key, options, controller: target.constructor as Constructor<object>, methodName}); // of a method
    decorate(target, methodName, descriptor);
  };
}

function operationSpec(key: RouteKey, options: OperationOptions) {
  const {operationId, summary, path, query, headers, body, form, ownFields} = options;
  const formBody =
    form && body && (ownFields === undefined ? body.extend(form.shape) : body.extend(form.shape).loose());
  const secured = ROUTE_ACCESS[key] !== PUBLIC;
  const problems = new Set([...impliedProblems(options, secured), ...(options.problems ?? [])]);
  const scope = secured ? [`Needs the scope \`${ROUTE_ACCESS[key]}\`.`] : [];
  const description = [...scope, ...(options.description === undefined ? [] : [options.description])].join(' ');
  return {
    operationId,
    summary,
    parameters: [...parameters('path', path), ...parameters('query', query), ...parameters('header', headers)],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {schema: toSchema(body)},
          ...(options.mergePatch && {'application/merge-patch+json': {schema: toSchema(body)}}),
          ...(formBody && {
            'application/x-www-form-urlencoded': formContent(formBody),
            'multipart/form-data': {schema: toSchema(formBody)},
          }),
        },
      },
    }),
    responses: {...successes(options), ...failures(problems, form !== undefined)},
    // OpenAPI 3.0 lets only OAuth flows list scopes here, and which flow gave the token is not our business.
    security: secured ? [{bearer: []}] : [],
    ...(secured && {'x-scope': ROUTE_ACCESS[key]}),
    ...(description !== '' && {description}),
  };
}

function parameters(location: 'path' | 'query' | 'header', schema: z.ZodObject | undefined): ParameterObject[] {
  return fieldsOf(schema).map(field => ({
    ...field,
    in: location,
    required: location === 'path' || field.required,
    ...(field.schema.type === 'object' && {style: 'deepObject', explode: true}),
  }));
}

// What OpenAPI says of a parameter or of a header; the description is the field's, not the schema's.
function fieldsOf(schema: z.ZodObject | undefined, io?: 'input' | 'output') {
  const {properties = {}, required = []} = schema ? toSchema(schema, io) : {};
  return Object.entries(properties).map(([name, property]) => {
    const {description, ...rest} = property as SchemaObject; // made by toSchema, which refers to nothing
    return {name, ...(description !== undefined && {description}), required: required.includes(name), schema: rest};
  });
}

function successes({responses}: OperationOptions): ResponsesObject {
  const entries = Object.entries(responses).map(
    ([status, {description, body, mediaType = 'application/json', isPageForForms, headers}]) => [
      status,
      {
        description,
        headers: Object.fromEntries(fieldsOf(headers, 'output').map(({name, ...field}) => [name, field])),
        ...(body && {content: {[mediaType]: {schema: toSchema(body, 'output')}, ...(isPageForForms && HTML_PAGE)}}),
      },
    ],
  );
  return Object.fromEntries(entries) as ResponsesObject; // Object.fromEntries forgets the key's type
}

function failures(kinds: ReadonlySet<ProblemKind>, isForm: boolean): ResponsesObject {
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of (Object.keys(PROBLEMS) as ProblemKind[]).filter(each => kinds.has(each))) {
    const {status} = PROBLEMS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  const describe = (kind: ProblemKind) => `${PROBLEMS[kind].title} (\`/problems/${kind}\`)`;
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      String(status),
      {
        description: `${ofStatus.map(describe).join(', or: ')}.`,
        content: {
          'application/problem+json': {
            schema: {$ref: '#/components/schemas/Problem'},
            examples: Object.fromEntries(ofStatus.map(kind => [kind, {$ref: `#/components/examples/${kind}`}])),
          },
          ...(isForm && HTML_PAGE),
        },
      },
    ]),
  );
}

// Names of an object's fields are bracketed: `metadata[utm_source]`.
function formContent(schema: z.ZodObject) {
  const objects = Object.entries(toSchema(schema).properties ?? {}).filter(
    ([, property]) => (property as SchemaObject).type === 'object', // made by toSchema, which refers to nothing
  );
  const encoding = objects.map(([name]) => [name, {style: 'deepObject', explode: true}] as const);
  return {schema: toSchema(schema), encoding: Object.fromEntries(encoding)};
}

// For whoever sends a form and prefers `text/html`.
const HTML_PAGE = {'text/html': {schema: {type: 'string'}, example: '<!doctype html>…'}} as const;

// What any route of this kind can answer, so that no controller has to say it: whatever a route takes, an unknown
// parameter is refused; the key set of a token may be out of reach, and PostgreSQL for whatever has a body.
function impliedProblems({body}: OperationOptions, secured: boolean): ProblemKind[] {
  return [
    'malformed-request',
    'invalid-parameter',
    'request-timeout',
    'uri-too-long',
    'headers-too-large',
    'internal-error',
    ...(secured ? (['unauthorized', 'forbidden', 'unavailable'] as const) : []),
    ...(body ? BODY_PROBLEMS : []),
    ...(body && !secured ? (['too-many-requests'] as const) : []),
  ];
}
const BODY_PROBLEMS = [
  'malformed-body',
  'body-too-large',
  'unsupported-media-type',
  'invalid-body',
  'unavailable',
] as const satisfies readonly ProblemKind[];

/** The schema in OpenAPI's words: what goes in, or what comes out. */
export function toSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): SchemaObject {
  return z.toJSONSchema(schema, {target: 'openapi-3.0', io}) as SchemaObject; // the same JSON, typed by another library
}
