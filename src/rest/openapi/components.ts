// Moves the schemas of bodies into `components.schemas`: by their title where they have one, at any depth, and else by
// the operation that uses them. Equal schemas share one name.
import {isDeepStrictEqual} from 'node:util';
import type {
  MediaTypeObject,
  OpenApiSpec,
  OperationObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
  SchemaObject,
} from '@loopback/rest';
import {findOperation} from '../server/operation';

type Schemas = Record<string, SchemaObject | ReferenceObject>;

/** Changes the document in place: outreach's operations, and not a consumer's. */
export function nameSchemas(spec: OpenApiSpec): void {
  const schemas: Schemas = (spec.components ??= {}).schemas ?? {};
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const [verb, operation] of Object.entries(item as Record<string, OperationObject>)) {
      if (!findOperation({verb, path})) continue;
      const name = capitalized(operation.operationId ?? '');
      nameContent((operation.requestBody as RequestBodyObject | undefined)?.content, `${name}Body`, schemas);
      const responses: Record<string, ResponseObject> = operation.responses;
      for (const [status, response] of Object.entries(responses)) {
        nameContent(response.content, `${name}${status}`, schemas);
      }
    }
  }
  spec.components.schemas = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nameContent(content: Record<string, MediaTypeObject> | undefined, name: string, schemas: Schemas): void {
  for (const media of Object.values(content ?? {})) {
    if (media.schema) media.schema = named(media.schema, name, schemas);
  }
}

// Depth first, so that what is compared and stored holds references already.
function named(schema: SchemaObject | ReferenceObject, name: string | undefined, schemas: Schemas) {
  if ('$ref' in schema) return schema;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    (schema.properties ?? {})[key] = named(property, undefined, schemas);
  }
  if (schema.items) schema.items = named(schema.items, name && `${name}Item`, schemas);
  const chosen = schema.title ?? (schema.type === 'object' ? name : undefined);
  return chosen === undefined ? schema : store(schema, chosen, schemas);
}

function store(schema: SchemaObject, name: string, schemas: Schemas): ReferenceObject {
  let free = name;
  for (let count = 2; free in schemas && !isDeepStrictEqual(schemas[free], schema); count++) free = `${name}${count}`;
  schemas[free] = schema;
  return {$ref: `#/components/schemas/${free}`};
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
