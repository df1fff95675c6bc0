// Makes an example of every schema from the examples, enums, defaults and formats that it holds, so that a body needs
// none of its own; a test validates each of them. A pattern needs `.meta({examples: […]})` in the contract.
import type {SchemaObject} from '@loopback/rest';

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0192f7c4-6a3e-7c1b-9d2e-4f5a6b7c8d9e',
  'date-time': '2026-11-23T09:30:00.000Z',
  email: 'ada@example.org',
  uri: 'https://www.example.org/contact',
};

/** A value that the schema describes; undefined when the schema does not say enough for one. */
export function exampleOf(schema: SchemaObject): unknown {
  if (schema.example !== undefined) return schema.example;
  const [stated] = (schema.examples ?? []) as unknown[]; // as zod writes them: OpenAPI 3.1's
  const [choice] = (schema.enum ?? []) as unknown[]; // any value
  const [alternative] = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  if (stated !== undefined) return stated;
  if (schema.default !== undefined) return schema.default;
  if (choice !== undefined) return choice;
  if (alternative) return exampleOf(alternative); // references are made later
  if (schema.nullable) return null;
  switch (schema.type) {
    case 'object':
      return objectExample(schema);
    case 'array':
      return schema.items ? [exampleOf(schema.items)] : []; // references are made later
    case 'string':
      return BY_FORMAT[schema.format ?? ''] ?? (schema.pattern === undefined ? 'text' : undefined);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return undefined;
  }
}

function objectExample({properties = {}}: SchemaObject): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, property]) => [name, exampleOf(property as SchemaObject)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, unknown>; // names
}
