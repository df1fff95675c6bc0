// readBody: types, sizes and encodings, from a stream that arrives in pieces.
import {once} from 'node:events';
import type {IncomingMessage} from 'node:http';
import {Readable} from 'node:stream';
import type {ProblemError} from '../../../src/rest/problems/problem-error';
import {type BodyFormat, MAX_BODY_BYTES, readBody} from '../../../src/rest/http/body';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** A request that arrives in these pieces; only what readBody looks at. */
function request(headers: Record<string, string>, ...pieces: (string | Buffer)[]): IncomingMessage {
  const stream = Readable.from(pieces.map(piece => Buffer.from(piece)));
  return Object.assign(stream, {headers}) as unknown as IncomingMessage;
}

function read(type: string, ...pieces: (string | Buffer)[]) {
  return readBody(request({'content-type': type}, ...pieces), ['json', 'form']);
}

async function kindOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'accepted',
    (error: unknown) => (error as ProblemError).kind, // anything else has no kind, and the test fails
  );
}

test.each([JSON_TYPE, 'Application/JSON', `${JSON_TYPE};charset=utf-8`, `${JSON_TYPE} ; Charset="UTF-8"; x=y`])(
  'reads %s',
  async type => {
    expect(await read(type, '{"a":[1,"é"]}')).toEqual({format: 'json', value: {a: [1, 'é']}});
  },
);

test.each([
  '',
  'json',
  'text/json',
  'application/ld+json',
  `${JSON_TYPE}; charset=latin1`,
  `${JSON_TYPE}; charset=utf-16`,
  'toString',
])('refuses the type %j', async type => {
  expect(await kindOf(read(type, '{}'))).toBe('unsupported-media-type');
});

test('refuses a form where only JSON is taken, and any content encoding', async () => {
  const formats: BodyFormat[] = ['json'];
  expect(await kindOf(readBody(request({'content-type': FORM_TYPE}, 'a=1'), formats))).toBe('unsupported-media-type');
  const encoded = request({'content-type': JSON_TYPE, 'content-encoding': 'br'}, '{}');
  expect(await kindOf(readBody(encoded, formats))).toBe('unsupported-media-type');
  const identity = request({'content-type': JSON_TYPE, 'content-encoding': 'identity'}, '{}');
  expect(await kindOf(readBody(identity, formats))).toBe('accepted');
});

test('joins pieces that cut a character in two', async () => {
  const bytes = Buffer.from('{"a":"😀"}');
  const pieces = Array.from(bytes, byte => Buffer.from([byte]));
  expect((await read(JSON_TYPE, ...pieces)).value).toEqual({a: '😀'});
});

test('takes exactly the limit and no byte more, declared or not', async () => {
  const exact = JSON.stringify('x'.repeat(MAX_BODY_BYTES - 2));
  expect(await kindOf(read(JSON_TYPE, exact))).toBe('accepted');
  expect(await kindOf(read(JSON_TYPE, exact.slice(0, 1000), exact.slice(1000), ' '))).toBe('body-too-large');
  const declared = request({'content-type': JSON_TYPE, 'content-length': String(MAX_BODY_BYTES + 1)}, '{}');
  expect(await kindOf(readBody(declared, ['json']))).toBe('body-too-large');
});

test('a body that breaks off is malformed', async () => {
  const broken = Object.assign(
    new Readable({
      read() {
        this.push('{"a"');
        this.destroy();
      },
    }),
    {headers: {'content-type': JSON_TYPE}},
  );
  expect(await kindOf(readBody(broken as unknown as IncomingMessage, ['json']))).toBe('malformed-body');
});

test.each(['', '{', '{} {}', '{"a":1,}', '\u0000', '{"__proto__":1}', '{"a":{"\\u005f\\u005fproto__":1}}'])(
  'refuses the JSON %j',
  async text => {
    expect(await kindOf(read(JSON_TYPE, text))).toBe('malformed-body');
  },
);

test('takes __proto__ as a value, and any nesting', async () => {
  expect((await read(JSON_TYPE, '{"a":"__proto__"}')).value).toEqual({a: '__proto__'});
  expect((await read(JSON_TYPE, '{"a":{"b":{"__proto__":1}}}')).format).toBe('json'); // refused by its schema
  const deep = `${'['.repeat(16_000)}"\\u0041"${']'.repeat(16_000)}`;
  expect(await kindOf(read(JSON_TYPE, deep))).toBe('accepted');
});

test('takes 100 fields and no more, in JSON and in a form', async () => {
  const named = (count: number) => Array.from({length: count}, (_, index) => `k${index}`);
  const json = (count: number) => JSON.stringify(Object.fromEntries(named(count).map(name => [name, 1])));
  const form = (count: number) => named(count).join('=1&');
  expect(await kindOf(read(JSON_TYPE, json(100)))).toBe('accepted');
  expect(await kindOf(read(FORM_TYPE, form(100)))).toBe('accepted');
  for (const [type, text] of [
    [JSON_TYPE, json(101)],
    [JSON_TYPE, `[${'1,'.repeat(100)}1]`],
    [FORM_TYPE, form(101)],
  ] as const) {
    await expect(read(type, text)).rejects.toMatchObject({
      kind: 'invalid-body',
      extra: {errors: [{pointer: '', code: 'too_big', max: 100, detail: 'must have at most 100 fields'}]},
    });
  }
});

test('reads a form as text by its names, without fields that were left empty', async () => {
  const {format, value} = await read(FORM_TYPE, 'a=1+2%2B%C3%A9&b=&c[d][e]=x&f[]=y&=y&e&a=');
  expect([format, value]).toEqual(['form', {a: '1 2+é', 'c[d][e]': 'x', f: ['y'], '': 'y'}]);
});

test('reads bracketed names of a form as an object, and makes a list of what is repeated', async () => {
  const sent = 'metadata[utm]=x&metadata%5Binterest%5D=a&metadata[interest]=&metadata[interest]=b%0Ac&metadata[none]=';
  expect((await read(FORM_TYPE, sent)).value).toEqual({metadata: {utm: 'x', interest: ['a', 'b\nc']}});
  expect((await read(FORM_TYPE, 'a=1&b[]=2&a=3')).value).toEqual({a: ['1', '3'], b: ['2']});
  expect((await read(FORM_TYPE, 'o[toString]=1&o[constructor]=2')).value).toEqual({
    o: {toString: '1', constructor: '2'},
  });
});

test.each([
  ['metadata=x&metadata[a]=y', '/metadata'],
  ['metadata[a]=y&metadata=x', '/metadata'],
  [`${'n'.repeat(100)}=1&${'n'.repeat(100)}[a]=2`, `/${'n'.repeat(64)}`],
])('names the field of the form %s that is there as text and as an object', async (text, pointer) => {
  await expect(read(FORM_TYPE, text)).rejects.toMatchObject({
    kind: 'invalid-body',
    extra: {errors: [{pointer, code: 'repeated', detail: 'must be there once'}]},
  });
});

test.each(['a=%', 'a=%zz', '__proto__=1', '%5F_proto__=1', '__proto__[a]=1', 'metadata[__proto__]=1'])(
  'refuses the form %s',
  async text => {
    expect(await kindOf(read(FORM_TYPE, text))).toBe('malformed-body');
  },
);

test.each(['a=%ff', '%C0%AF=1', 'a=%ED%A0%80', 'name=Zo%EB'])(
  'says of the form %s that it is not UTF-8',
  async text => {
    await expect(read(FORM_TYPE, text)).rejects.toMatchObject({
      kind: 'malformed-body',
      message: 'The form is not UTF-8.',
    });
  },
);

test('no refusal says what was sent', async () => {
  for (const text of ['{"zqMark7', 'zqMark7', '{"__proto__":"zqMark7"}']) {
    const error = await read(JSON_TYPE, text).catch((refusal: unknown) => refusal as ProblemError);
    expect((error as ProblemError).message).not.toContain('zqMark7');
  }
});

test('a body whose sender has gone away before it is read is refused, and not awaited', async () => {
  const gone = request({'content-type': JSON_TYPE}, '{}');
  gone.destroy();
  await once(gone, 'close'); // which comes no second time
  expect(await kindOf(readBody(gone, ['json']))).toBe('malformed-body');
});
