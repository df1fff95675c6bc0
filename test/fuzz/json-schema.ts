// Values that a JSON schema allows, for the part of JSON schema that our document uses, and values that it does not.
import fc from 'fast-check';

/** A schema of OpenAPI 3.0, as far as zod writes it. */
export interface Schema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  enum?: unknown[];
  examples?: unknown[];
  example?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  nullable?: boolean;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

const LONGEST = 300; // longer values are the garbage's part
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** `sometimes` once in `weight` + 1. */
export const rarely = <T>(usual: fc.Arbitrary<T>, sometimes: fc.Arbitrary<T>, weight = 5) =>
  fc.oneof({arbitrary: usual, weight}, {arbitrary: sometimes, weight: 1});

/** A value as a query, a header or a form has it. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Text that breaks things: controls, halves of characters, directions, quotes, SQL, numbers of other kinds. */
export const nastyText = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      '\u0007',
      '\r\nX: y',
      '\ud800',
      '\u202eabc',
      '\u{1F600}',
      'e\u0301',
      '\ufeff',
      'ﬀ',
    ],
    ...['%', '_', '\\', "'", '"', '$1', "');--", '${7*7}', '../..', '%00', '%ff', 'null', 'true', '[]', '{}', 'NaN'],
    ...['-1', '0', '1e400', '0x10', '9007199254740993', '99999999999999999999', '-0', '1.5', '٣'],
    ...['+275760-09-13T00:00:00Z', '10000-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59'],
    ...['2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T24:00:00Z', '=cmd()', '<script>', ...PROTOTYPE_KEYS],
  ),
  fc.string({unit: 'binary', maxLength: 40}),
  fc.string({unit: 'grapheme', maxLength: 40}),
  fc.integer({min: 200, max: 6000}).map(length => 'x'.repeat(length)),
);

/** Any JSON at all, with keys that objects have by themselves among them. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.json({maxDepth: 3}).map(text => JSON.parse(text) as unknown),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 1.5, [], {}, [[[]]]),
  fc.constantFrom<unknown>({toString: 1, valueOf: 1}, [{toString: 1, valueOf: 1}]), // no text, and no number either
  fc
    .tuple(fc.constantFrom(...PROTOTYPE_KEYS), fc.jsonValue({maxDepth: 1}))
    .map(([key, value]) => JSON.parse(`{${JSON.stringify(key)}: ${JSON.stringify(value)}}`) as unknown),
);

/** Values that the schema allows, or nearly: lengths may be off after trimming, which is what servers get wrong. */
export function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  const examples = [...(schema.examples ?? []), ...(schema.example === undefined ? [] : [schema.example])];
  const any = plain(schema);
  const value = examples.length > 0 ? fc.oneof({arbitrary: fc.constantFrom(...examples), weight: 4}, any) : any;
  return schema.nullable ? fc.oneof({arbitrary: value, weight: 4}, fc.constant(null)) : value;
}

function plain(schema: Schema): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map(fromSchema));
  if (schema.allOf) return fromSchema(Object.assign({}, ...schema.allOf) as Schema); // merged, which is enough here
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9});
    case 'number':
      return fc.double({min: schema.minimum, max: schema.maximum, noNaN: true});
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}), {
        minLength: schema.minItems,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'object':
      return object(schema);
    case undefined:
      return anyJson;
  }
}

function text({format, pattern, minLength = 0, maxLength = 60}: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.emailAddress();
  if (format === 'uri') return fc.webUrl();
  if (format === 'date-time') {
    const [min, max] = [new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')];
    return fc.date({min, max, noInvalidDate: true}).map(date => date.toISOString());
  }
  if (pattern !== undefined) return matching(new RegExp(pattern));
  const size = {minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST))};
  return fc.oneof(fc.string({...size, unit: 'grapheme-ascii'}), fc.string({...size, unit: 'grapheme'}));
}

// fast-check cannot follow a look-ahead; such a pattern gets text, which is mostly refused.
function matching(pattern: RegExp): fc.Arbitrary<string> {
  return /\(\?[=!<]/.test(pattern.source) ? nastyText : fc.stringMatching(pattern);
}

function object({properties = {}, required = [], additionalProperties}: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fromSchema(schema)]));
  const named = fc.record(fields, {requiredKeys: required.filter(name => name in fields)});
  if (typeof additionalProperties !== 'object') return named;
  const more = fc.dictionary(fc.stringMatching(/^[a-z_.-]{1,12}$/), fromSchema(additionalProperties), {maxKeys: 4});
  return fc.tuple(more, named).map(([extra, known]) => ({...extra, ...known}));
}
