// Requests to the operations of a document: as it says, nearly as it says, and nothing like it.
import fc from 'fast-check';
import {encodeCursor} from '../../src/rest/list/cursor';
import type {Operation} from './document';
import {anyJson, fromSchema, nastyText, rarely, type Schema, toText} from './json-schema';
import {KNOWN_IDS, loopBackFilter, loopBackWhere} from './loopback-filter';

export interface FuzzRequest {
  /** Undefined when the document has no such path or method. */
  operation?: Operation;
  method: string;
  /** The request target: path and query, ASCII. */
  target: string;
  headers: Record<string, string>;
  body?: string;
  /** Which token goes with it. */
  token: (typeof TOKENS)[number];
}

export const TOKENS = ['all', 'none', 'narrow', 'nothing', 'expired', 'broken'] as const;

type Name = string;
type Pair = [Name, string];

const token = fc.oneof({arbitrary: fc.constant('all' as const), weight: 20}, fc.constantFrom(...TOKENS));
const [FIRST_ID, LAST_ID] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
const CURSORS = [FIRST_ID, ...KNOWN_IDS.slice(0, 2), LAST_ID].map(id => encodeCursor({id}));
const otherMethods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'POST', 'GET', 'HEAD'];
/** Requests of all kinds to these operations. */
export function anyRequest(operations: readonly Operation[]): fc.Arbitrary<FuzzRequest> {
  const known = fc.oneof(
    ...operations.map(operation => ({
      arbitrary: toOperation(operation),
      weight: 1 + operation.parameters.length + 4 * Object.keys(operation.body).length,
    })),
  );
  return fc.oneof({arbitrary: known, weight: 20}, {arbitrary: toNowhere(operations), weight: 1});
}

function toOperation(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const query = queryOf(operation);
  const method =
    operation.method === 'GET' ? rarely(fc.constant('GET'), fc.constant('HEAD'), 15) : fc.constant(operation.method);
  return fc
    .record({
      method,
      path: pathOf(operation),
      query,
      headers: headersOf(operation),
      content: contentOf(operation),
      token,
    })
    .map(({path, query: parts, headers, content, ...rest}) => ({
      ...rest,
      operation,
      target: path + toQuery(parts),
      headers: {...headers, ...content.headers},
      ...(content.body !== undefined && {body: content.body}),
    }));
}

// A few parameters with values that they may have, and now and then one too much or with any text at all.
function queryOf({parameters}: Operation): fc.Arbitrary<Pair[]> {
  const known = parameters.filter(parameter => parameter.in === 'query');
  const choices = known.filter(({required}) => !required);
  const chosen = fc.subarray(choices, {maxLength: Math.min(4, choices.length)});
  const asDocumented = chosen.chain(optional =>
    fc.tuple(
      ...[...known.filter(({required}) => required), ...optional].map(({name, schema}) =>
        values(name, schema).map((value): Pair => [name, value]),
      ),
    ),
  );
  const name = known.length > 0 ? rarely(fc.constantFrom(...known.map(({name}) => name)), strayName, 1) : strayName;
  const disturbed = fc.tuple(asDocumented, fc.tuple(name, nastyText)).map(([pairs, more]) => [...pairs, more]);
  return rarely<Pair[]>(asDocumented, disturbed, 3);
}

function pathOf({path, parameters}: Operation): fc.Arbitrary<string> {
  const segments = path.split('/').map(segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) return fc.constant(segment);
    const schema = parameters.find(parameter => parameter.in === 'path' && parameter.name === name)?.schema ?? {};
    const valid = fc.oneof(fc.constantFrom(...KNOWN_IDS), fromSchema(schema).map(String));
    // Not what would be another path.
    return rarely(
      valid,
      nastyText.filter(text => !/^\.*$|\//.test(text)),
      6,
    )
      .map(encode)
      .filter(text => text !== '' && text.length < 4000);
  });
  return fc.tuple(...segments).map(parts => parts.join('/'));
}

function headersOf({parameters}: Operation): fc.Arbitrary<Record<string, string>> {
  const inHeader = parameters.filter(parameter => parameter.in === 'header');
  const header = (text: string) => text.replace(/[^\x20-\x7e\x80-\xff]/g, '?'); // what a client can send at all
  const valid = (name: string, schema: Schema) =>
    name === 'if-match' ? fc.constantFrom('*', '"1"', '"1", "2"', 'W/"1"') : fromSchema(schema).map(String);
  const pairs = inHeader.map(({name, schema}) =>
    fc.option(rarely(valid(name, schema), nastyText), {nil: undefined}).map(value => {
      return value === undefined ? [] : [[name, header(value)] as const];
    }),
  );
  return fc.tuple(...pairs).map(parts => Object.fromEntries(parts.flat()));
}

interface SentContent {
  headers: Record<string, string>;
  body?: string;
}

function contentOf({method, body}: Operation): fc.Arbitrary<SentContent> {
  const types = Object.entries(body);
  if (method === 'GET') return fc.constant({headers: {}});
  if (types.length === 0) return rarely(fc.constant<SentContent>({headers: {}}), anyJson.map(asJson));
  const valid = types.map(([type, {schema}]) =>
    fc
      .tuple(fromSchema(schema), mutation)
      .map(([value, mutate]) => mutate(value))
      .map(value => (type === 'application/x-www-form-urlencoded' ? asForm(value) : asJson(value, type))),
  );
  const garbage = fc.record({
    headers: fc.record({
      'content-type': fc.constantFrom(
        'application/json',
        'application/json; charset=latin1',
        'text/plain',
        'application/xml',
        'multipart/form-data',
        '',
      ),
    }),
    body: fc.oneof(
      nastyText,
      anyJson.map(value => JSON.stringify(value)),
      fc.constant('['.repeat(5000)),
      fc.constant('x'.repeat(40_000)),
    ),
  });
  return rarely(fc.oneof(...valid), garbage, 8);
}

// Mostly none; else one field more, less or different.
const mutation: fc.Arbitrary<(value: unknown) => unknown> = rarely(
  fc.constant((value: unknown) => value),
  fc
    .tuple(fc.nat(), fc.constantFrom('drop', 'add', 'change'), strayNames(), anyJson)
    .map(([at, what, name, other]) => (value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
      const entries = Object.entries(value);
      const index = entries.length === 0 ? 0 : at % entries.length;
      const key = what === 'add' ? name : (entries[index]?.[0] ?? name);
      const kept = entries.filter(([existing]) => existing !== key);
      return Object.fromEntries(what === 'drop' ? kept : [...kept, [key, other]]);
    }),
  3,
);

function asJson(value: unknown, type = 'application/json'): SentContent {
  return {headers: {'content-type': type}, body: JSON.stringify(value)};
}

function asForm(value: unknown): SentContent {
  const entries = Object.entries(value ?? {}).map(([name, field]): Pair => [name, toText(field)]);
  return {headers: {'content-type': 'application/x-www-form-urlencoded'}, body: toQuery(entries).slice(1)};
}

function strayNames(): fc.Arbitrary<string> {
  return rarely(
    fc.constantFrom(
      'id',
      'sort',
      'page',
      'filter',
      'where',
      '__proto__',
      'constructor',
      'filter[where]',
      'filter[__proto__][x]',
      'status',
    ),
    nastyText,
    8,
  );
}
const strayName = strayNames();

// `filter` and `where` are text for the document; these know what is in the text.
function values(name: string, schema: Operation['parameters'][number]['schema']): fc.Arbitrary<string> {
  if (name === 'filter') return loopBackFilter.map(value => JSON.stringify(value));
  if (name === 'where') return loopBackWhere.map(value => JSON.stringify(value));
  if (name === 'cursor') return rarely(fc.constantFrom(...CURSORS), fromSchema(schema).map(toText));
  if (name === 'ids') return fc.subarray([...KNOWN_IDS], {minLength: 1}).map(ids => ids.join());
  if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...KNOWN_IDS), fc.uuid());
  return fromSchema(schema).map(toText);
}

function toNowhere(operations: readonly Operation[]): fc.Arbitrary<FuzzRequest> {
  const paths = [...new Set(operations.map(({path}) => path))].filter(path => !path.includes('{'));
  const fits = (template: string, path: string) =>
    new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const has = (method: string, path: string) =>
    operations.some(
      operation =>
        fits(operation.path, path) &&
        (operation.method === method || (operation.method === 'GET' && method === 'HEAD')),
    );
  const otherMethod = fc
    .tuple(fc.constantFrom(...otherMethods), fc.constantFrom(...paths))
    .filter(([method, path]) => !has(method, path));
  const otherPath = fc.tuple(
    fc.constantFrom('GET', 'POST'),
    rarely(
      fc.constantFrom('/', '/inquiriesx', '/problems/', '/__proto__', '/constructor'),
      nastyText.map(text => `/nowhere/${encode(text)}`.slice(0, 4000)),
    ),
  );
  return fc
    .tuple(fc.oneof(otherMethod, otherPath), token)
    .map(([[method, target], which]) => ({method, target, headers: {}, token: which}));
}

function toQuery(pairs: readonly Pair[]): string {
  return pairs.length === 0 ? '' : `?${pairs.map(pair => pair.map(encode).join('=')).join('&')}`;
}

// Halves of characters cannot be encoded by encodeURIComponent; as UTF-8 of their own they are what a broken client sends.
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : Array.from(text, encodeOne).join('');
}

function encodeOne(character: string): string {
  const code = character.charCodeAt(0);
  if (character.isWellFormed()) return encodeURIComponent(character);
  return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
    .map(byte => `%${byte.toString(16)}`)
    .join('');
}
