// Shapes the OpenAPI document that LoopBack collects from the routes: tags by resource, examples, the headers that
// every answer of a kind has, named schemas instead of copies, and nothing that names a class of ours. A consumer's
// operations stay as LoopBack describes them.
import {BindingScope, injectable} from '@loopback/core';
import {
  asSpecEnhancer,
  type HeaderObject,
  type MediaTypeObject,
  type OASEnhancer,
  type OpenApiSpec,
  type OperationObject,
  type ParameterObject,
  type RequestBodyObject,
  type ResponseObject,
  type SchemaObject,
} from '@loopback/rest';
import {findOperation} from '../server/operation';
import {nameSchemas} from './components';
import {exampleOf} from './examples';

const TAGS: Readonly<Record<string, {name: string; description: string}>> = {
  inquiries: {name: 'Inquiries', description: 'What visitors ask, and what the back office makes of it.'},
  subscriptions: {name: 'Subscriptions', description: 'Who wants which list, with the evidence of consent.'},
  privacy: {name: 'Privacy', description: 'Erasure and access for the people that the data is about.'},
  service: {name: 'Service', description: 'Probes, and this document.'},
};
const TAG_BY_SEGMENT: Readonly<Record<string, string>> = {
  inquiries: 'inquiries',
  topics: 'inquiries',
  'form-token': 'inquiries',
  messages: 'inquiries',
  subscriptions: 'subscriptions',
  erasures: 'privacy',
  'subject-exports': 'privacy',
};

// The headers of answers that no route declares, by the name of their component.
const always = (description: string, schema: SchemaObject) => ({description, required: true, schema});
const text = (example: string, pattern?: string): SchemaObject => ({
  type: 'string',
  ...(pattern && {pattern}),
  example,
});
const HEADERS = {
  RequestId: always(
    'The id of the request, as sent when that is a UUID or 32 hexadecimal digits, or a new one; it is in the log too.',
    text(
      '7d4bd0c5-5b8f-4d26-9a1c-9a2f5f9f2c11',
      '^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$',
    ),
  ),
  NoStore: always('The answer may hold personal data.', {type: 'string', enum: ['no-store']}),
  Challenge: always(
    'What is wrong with the token, and the scope that is needed (RFC 6750, 3).',
    text('Bearer realm="outreach", error="insufficient_scope", scope="inquiries:read"', '^Bearer realm="outreach"'),
  ),
  RetryAfter: always('Seconds after which to try again.', {type: 'integer', minimum: 1, example: 30}),
  RateLimit: always(
    'What is left, and in how many seconds it begins anew (draft-ietf-httpapi-ratelimit-headers).',
    text('"client";r=0;t=180', '^"client";r=0;t=[0-9]+$'),
  ),
  RateLimitPolicy: always(
    'How many submissions one client may send in how many seconds (draft-ietf-httpapi-ratelimit-headers).',
    text('"client";q=600;w=600', '^"client";q=[0-9]+;w=[0-9]+$'),
  ),
  Accept: always('The media types that are supported.', text('application/json', '^application/json')),
  AcceptPatch: always(
    'The media types of patches that are supported (RFC 5789, 3.1).',
    text('application/json, application/merge-patch+json', 'application/merge-patch[+]json'),
  ),
};
const header = (name: keyof typeof HEADERS) => ({$ref: `#/components/headers/${name}`});
const BY_STATUS: Readonly<Record<string, Record<string, ReturnType<typeof header>>>> = {
  401: {'WWW-Authenticate': header('Challenge')},
  403: {'WWW-Authenticate': header('Challenge')},
};

@injectable(asSpecEnhancer, {scope: BindingScope.SINGLETON})
export class OpenApiEnhancer implements OASEnhancer {
  readonly name = 'outreach';

  modifySpec(spec: OpenApiSpec): OpenApiSpec {
    const tags = new Set<string>();
    for (const [path, item] of Object.entries(spec.paths)) {
      for (const [verb, operation] of Object.entries(item as Record<string, OperationObject>)) {
        if (!findOperation({verb, path})) {
          secure(operation);
          continue;
        }
        const tag = TAGS[TAG_BY_SEGMENT[path.split('/')[1] ?? ''] ?? 'service'];
        if (tag) tags.add((operation.tags = [tag.name])[0] ?? '');
        shape(operation);
      }
    }
    spec.tags = [...(spec.tags ?? []), ...Object.values(TAGS).filter(({name}) => tags.has(name))];
    spec.paths = Object.fromEntries(Object.entries(spec.paths).sort(([a], [b]) => (a < b ? -1 : 1)));
    spec.components = {...spec.components, headers: HEADERS};
    nameSchemas(spec);
    return spec;
  }
}

// A consumer's stay as they are, with what `x-scope` means (scoped-route.ts).
function secure(operation: OperationObject): void {
  if (operation['x-scope'] !== undefined) operation.security ??= [{bearer: []}];
}

function shape(operation: OperationObject): void {
  delete operation['x-controller-name'];
  delete operation['x-operation-name'];
  for (const {schema} of (operation.parameters ?? []) as ParameterObject[]) singleExample(schema as SchemaObject); // none refers
  const content = (operation.requestBody as RequestBodyObject | undefined)?.content; // none refers
  giveExamples(content);
  const isPatch = content?.['application/merge-patch+json'] !== undefined;
  const secured = (operation.security ?? []).length > 0;
  const responses: Record<string, ResponseObject> = operation.responses;
  for (const [status, response] of Object.entries(responses)) {
    giveExamples(response.content);
    for (const {schema} of Object.values(response.headers ?? {}) as HeaderObject[]) {
      singleExample(schema as SchemaObject); // made by @operation, which refers to nothing
    }
    const isProblem = response.content?.['application/problem+json'] !== undefined;
    response.headers = {
      ...response.headers,
      ...BY_STATUS[status],
      ...(status === '415' && (isPatch ? {'Accept-Patch': header('AcceptPatch')} : {Accept: header('Accept')})),
      ...(isProblem && ['429', '503'].includes(status) && {'Retry-After': header('RetryAfter')}),
      ...(isProblem &&
        status === '429' && {RateLimit: header('RateLimit'), 'RateLimit-Policy': header('RateLimitPolicy')}),
      ...((secured || isProblem) && {'Cache-Control': header('NoStore')}),
      'X-Request-Id': header('RequestId'),
    };
  }
}

function giveExamples(content: Record<string, MediaTypeObject> = {}): void {
  for (const media of Object.values(content)) {
    const schema = media.schema;
    if (!schema || '$ref' in schema || media.examples) continue;
    if (media.example === undefined) media.example = exampleOf(schema);
    singleExample(schema);
  }
}

// zod writes `examples`, which OpenAPI 3.0 calls `example` and has one of.
function singleExample(schema: SchemaObject): void {
  const [first] = (schema.examples ?? []) as unknown[]; // any value
  delete schema.examples;
  if (first !== undefined) schema.example = first;
  const {properties = {}, items, additionalProperties, allOf = [], anyOf = [], oneOf = []} = schema;
  const parts = [...Object.values(properties), items, additionalProperties, ...allOf, ...anyOf, ...oneOf];
  for (const part of parts) if (typeof part === 'object') singleExample(part); // references come later
}
