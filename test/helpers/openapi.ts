// Holds answers against the OpenAPI document: status, media type, headers and body must be documented.
import {Ajv, type ValidateFunction} from 'ajv';
import formats from 'ajv-formats';
import type {RouteKey} from '../../src/access/policy';

interface Media {
  schema?: object;
  example?: unknown;
  examples?: Record<string, unknown>;
}
interface Header {
  $ref?: string;
  description?: string;
  required?: boolean;
  schema?: {type?: string; example?: unknown};
}
export interface DocumentedResponse {
  description: string;
  headers?: Record<string, Header>;
  content?: Record<string, Media>;
}
export interface DocumentedOperation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: {name: string; in: string; description?: string; required?: boolean; schema: object}[];
  requestBody?: {content: Record<string, Media>};
  responses: Record<string, DocumentedResponse>;
  'x-scope'?: string;
}
export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: {headers: Record<string, Header>; schemas: Record<string, object>; examples: Record<string, object>};
}

export function operationOf(document: OpenApiDocument, key: RouteKey): DocumentedOperation {
  const [method = '', path = ''] = key.split(' ');
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${key} is not in the document`);
  return operation;
}

/** The kinds of problems that the document lists for a status. */
export function documentedKinds({responses}: DocumentedOperation): string[] {
  return Object.values(responses).flatMap(({content}) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}),
  );
}

/** What an answer must offer: a fetch Response does, and so does a raw one. */
export interface CheckedAnswer {
  status: number;
  headers: Headers;
  text(): Promise<string>;
}

// Headers of the transport, of CORS and of helmet: every answer may have them.
const UNDOCUMENTED =
  /^(access-control-.*|cache-control|connection|content-(length|type|security-policy)|cross-origin-.*|date|keep-alive|origin-agent-cluster|referrer-policy|strict-transport-security|transfer-encoding|vary|x-(content-type-options|dns-prefetch-control|download-options|frame-options|permitted-cross-domain-policies|xss-protection))$/;

/** A function that throws when an answer is not as documented, and returns its text. */
export function createAnswerCheck(document: OpenApiDocument) {
  const ajv = new Ajv({strict: true, strictRequired: false, allErrors: true});
  formats(ajv);
  ajv.addVocabulary(['example', 'components']);
  ajv.addSchema({$id: 'openapi', components: document.components});
  const validators = new Map<object, ValidateFunction>();
  const validatorOf = (schema: object): ValidateFunction => {
    const known = validators.get(schema) ?? ajv.compile(absolute(schema));
    validators.set(schema, known);
    return known;
  };
  return async (key: RouteKey, answer: CheckedAnswer): Promise<string> => {
    const {status, headers} = answer;
    const text = await answer.text();
    const documented = operationOf(document, key).responses[String(status)];
    if (!documented) throw new Error(`${key}: ${status} is not documented: ${text.slice(0, 300)}`);
    checkHeaders(headersOf(document, documented), {headers, validatorOf, at: `${key} ${status}`});
    const type = headers.get('content-type')?.split(';')[0];
    const {content} = documented;
    if (!content || type === undefined) {
      expect([key, status, text, type]).toEqual([key, status, '', undefined]);
      expect([key, status, content]).toEqual([key, status, undefined]);
      return text;
    }
    expect([key, status, Object.keys(content)]).toEqual([key, status, expect.arrayContaining([type])]);
    const schema = content[type]?.schema;
    if (schema && type.endsWith('json')) {
      const validate = validatorOf(schema);
      validate(JSON.parse(text));
      expect([key, status, validate.errors]).toEqual([key, status, null]);
    }
    return text;
  };
}

/** The documented headers of an answer, references followed. */
export function headersOf({components}: OpenApiDocument, {headers = {}}: DocumentedResponse): Record<string, Header> {
  const follow = ({$ref, ...header}: Header) =>
    $ref === undefined ? header : components.headers[$ref.split('/').at(-1) ?? ''];
  return Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, follow(header) ?? {}]));
}

interface HeaderCheck {
  headers: Headers;
  validatorOf: (schema: object) => ValidateFunction;
  at: string;
}

function checkHeaders(documented: Record<string, Header>, {headers, validatorOf, at}: HeaderCheck): void {
  const known = Object.keys(documented).map(name => name.toLowerCase());
  const undocumented = [...headers.keys()].filter(name => !UNDOCUMENTED.test(name) && !known.includes(name));
  expect([at, undocumented]).toEqual([at, []]);
  for (const [name, {required, schema = {}}] of Object.entries(documented)) {
    const text = headers.get(name);
    if (text === null) {
      expect([at, name, required]).toEqual([at, name, false]);
      continue;
    }
    const validate = validatorOf(schema);
    validate(schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text);
    expect([at, name, text, validate.errors]).toEqual([at, name, text, null]);
  }
}

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/')) as object; // as it was
}
