// Reads a request body once: bounded, strictly UTF-8, JSON or a form, into the plain value that zod then parses.
// LoopBack's own parsers would parse, coerce and validate it a second time.
import type {IncomingMessage} from 'node:http';
import {MAX_ERRORS} from '../../contract/problem';
import {toPointer} from '../problems/input-errors';
import {inputProblem, ProblemError} from '../problems/problem-error';

/** Longest accepted body, in bytes; a longest inquiry with every field in four-byte characters fits. */
export const MAX_BODY_BYTES = 32 * 1024;

/** Most fields of a body, known or not; what is inside of a field has bounds of its own. */
export const MAX_FIELDS = 100;

export type BodyFormat = 'json' | 'merge-patch' | 'form';

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  'application/json': 'json',
  'application/merge-patch+json': 'merge-patch', // RFC 7396
  'application/x-www-form-urlencoded': 'form',
  'multipart/form-data': 'form', // RFC 7578
};
const MULTIPART = /^multipart\//i;
const utf8 = new TextDecoder('utf-8', {fatal: true});

/**
 * `metadata[utm_source]`, a field of an object (OpenAPI's `deepObject`), as forms, jQuery and PHP write it, and `interest[]`, a
 * list, as the latter two do.
 */
const FIELD_NAME = /^([^[\]]+)(?:\[([^[\]]+)\])?(\[\])?$/;

type Texts = string | string[];

/** What a form holds by one name: text, the texts of a name that is repeated or a list's, or an object of either. */
export type FormValue = Texts | Readonly<Record<string, Texts>>;

/**
 * Reads the body, waits for `enter`, and parses it. Throws ProblemError: 413 too large, 415 another media type, 400
 * unreadable, 422 too many fields and a file; and what `enter` throws.
 *
 * A form becomes an object of FormValue by the names of its fields. Fields that were left empty are left out.
 */
export async function readBody(
  request: IncomingMessage,
  accepted: readonly BodyFormat[],
  enter?: (bytes: number) => Promise<void> | undefined,
): Promise<{format: BodyFormat; value: unknown}> {
  const format = formatOf(request);
  if (!format || !accepted.includes(format)) {
    const types = Object.entries(FORMATS).flatMap(([type, name]) => (accepted.includes(name) ? [type] : []));
    const header = accepted.includes('merge-patch') ? 'Accept-Patch' : 'Accept'; // RFC 5789, RFC 9110
    throw new ProblemError('unsupported-media-type', `Send ${types.join(' or ')} in UTF-8, without Content-Encoding.`, {
      headers: {[header]: types.join(', ')},
    });
  }
  const bytes = await readBytes(request);
  const turn = enter?.(bytes.length);
  if (turn) await turn; // most begin at once, without another turn of the microtasks
  const {'content-type': type = ''} = request.headers;
  if (MULTIPART.test(type)) return {format, value: await parseMultipart(bytes, type)};
  const text = decode(bytes);
  return {format, value: format === 'form' ? parseUrlencoded(text) : parseJson(text)};
}

function formatOf(request: IncomingMessage): BodyFormat | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return undefined;
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map(parameter => parameter.trim()).find(parameter => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return undefined;
  return FORMATS[type.trim()];
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () =>
      new ProblemError('body-too-large', `The body may have at most ${MAX_BODY_BYTES} bytes.`, {
        headers: {Connection: 'close'}, // what is left of the body is not read
      });
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
      reject(tooLarge());
      return;
    }
    if (request.readableEnded) {
      const error = new Error('A middleware has read the body: limit it to paths of your own.');
      reject(Object.assign(error, {code: 'BODY_READ_BY_MIDDLEWARE'})); // the log has codes, and no messages
      return;
    }
    if (request.destroyed) {
      reject(unreadable('The body ended early.')); // while the request waited for its turn; `close` comes once
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) {
        request.removeAllListeners('data').resume();
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', cause => reject(unreadable('The body ended early.', cause)));
    request.once('close', () => {
      if (!request.readableEnded) reject(unreadable('The body ended early.'));
    });
  });
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw unreadable('The body is not UTF-8.', cause);
  }
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable('The body is not JSON.', cause);
  }
  const inner: unknown[] = isObject(value) ? Object.values(value) : [];
  if (inner.length > MAX_FIELDS) throw tooManyFields();
  if ([value, ...inner].some(hasPrototypeKey)) throw unreadable('The body has a key that is not allowed.');
  return value;
}

function parseUrlencoded(text: string): unknown {
  if (text.split('&', MAX_FIELDS + 1).length > MAX_FIELDS) throw tooManyFields();
  try {
    decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    const isEncoded = !/%(?![0-9a-f]{2})/i.test(text); // of a page in another charset
    throw unreadable(isEncoded ? 'The form is not UTF-8.' : 'The form holds a broken percent escape.', cause);
  }
  return toFields(new URLSearchParams(text));
}

// By the parser of fetch: strict, linear, and given no more than MAX_BODY_BYTES. What it reads is not looked at where the form
// has a file, so that the file is named even when it is no text.
async function parseMultipart(bytes: Buffer, type: string): Promise<unknown> {
  let form: FormData;
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- meant is that it holds a body of any size; this one is bounded
    form = await new Response(new Uint8Array(bytes), {headers: {'Content-Type': type}}).formData();
  } catch (cause) {
    throw unreadable('The form is cut off, or is not multipart/form-data of its boundary.', cause);
  }
  const entries = [...form];
  if (entries.length > MAX_FIELDS) throw tooManyFields();
  const files = entries.filter(([, value]) => typeof value !== 'string' && (value.size > 0 || value.name !== ''));
  if (files.length > 0) throw hasFiles(files.map(([name]) => name));
  decode(bytes); // for the parser puts U+FFFD where the bytes are no UTF-8
  return toFields(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function toFields(entries: Iterable<[string, string]>): Record<string, FormValue> {
  const fields = new Map<string, Texts | Map<string, Texts>>();
  for (const [name, text] of entries) {
    const [, property = name, key, list] = FIELD_NAME.exec(name) ?? [];
    if ([name, property, key].includes('__proto__')) throw unreadable('The form has a field that is not allowed.');
    if (name === '_charset_' && !/^utf-?8$/i.test(text)) throw unreadable('The form is in another charset than UTF-8.');
    if (text === '' || name === '_charset_') continue; // browsers send fields that were left empty
    const known = fields.get(property);
    if (known !== undefined && known instanceof Map !== (key !== undefined)) throw repeated(property);
    if (key === undefined)
      fields.set(property, withText(known as Texts | undefined, text, list)); // no Map: see above
    else fields.set(property, withField(known as Map<string, Texts> | undefined, {key, text, list}));
  }
  return Object.fromEntries(
    [...fields].map(([name, each]) => [name, each instanceof Map ? Object.fromEntries(each) : each]),
  );
}

function withText(known: Texts | undefined, text: string, list: string | undefined): Texts {
  if (Array.isArray(known)) known.push(text);
  else if (known === undefined) return list === undefined ? text : [text];
  return Array.isArray(known) ? known : [known, text];
}

function withField(
  object: Map<string, Texts> | undefined,
  {key, text, list}: {key: string; text: string; list: string | undefined},
): Map<string, Texts> {
  const fields = object ?? new Map<string, Texts>();
  return fields.set(key, withText(fields.get(key), text, list));
}

// zod leaves `__proto__` out of objects and records without a word; nothing that was sent may be lost in silence. No body
// has objects deeper than in its fields: there, zod refuses them for what they are.
function hasPrototypeKey(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, '__proto__');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function tooManyFields(): ProblemError {
  const detail = `must have at most ${MAX_FIELDS} fields`;
  return inputProblem('field', [{pointer: '', code: 'too_big', max: MAX_FIELDS, detail}], {
    detail: `The body ${detail}.`,
  });
}

function repeated(name: string): ProblemError {
  return inputProblem('field', [{pointer: toPointer([name]), code: 'repeated', detail: 'must be there once'}]);
}

function hasFiles(names: readonly string[]): ProblemError {
  const detail = 'is a file, which cannot be sent: please take it out';
  const errors = names.slice(0, MAX_ERRORS).map(name => ({pointer: toPointer([name]), code: 'file' as const, detail}));
  return inputProblem('field', errors, {count: names.length});
}

function unreadable(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('malformed-body', detail, {cause});
}
