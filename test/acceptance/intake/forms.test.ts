// Forms as browsers and page builders send them: multipart/form-data byte by byte, ticked boxes, empty file inputs, and
// fields that outreach does not know.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {type RawAnswer, rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW3';
const ACCEPTS_JSON = {Accept: '*/*', Origin: SITE};
let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  const issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: SITE}});
  token = await issuer.sign();
});

/** A part as Chrome writes it. */
function part(name: string, value: string, more = ''): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
}

const OPEN_FILE = '; filename=""\r\nContent-Type: application/octet-stream';
const CLOSE = `--${BOUNDARY}--\r\n`;

/** The parts of a valid inquiry, with the address by which it is found. */
function givenParts(): {parts: string; email: string} {
  const fields = givenSubmission() as Record<string, string>;
  const parts = Object.entries(fields).map(([name, value]) => part(name, value));
  return {parts: parts.join(''), email: fields.email ?? ''};
}

function sendParts(
  body: string | Buffer,
  {type = `multipart/form-data; boundary=${BOUNDARY}`, end = false, length = Buffer.byteLength(body)} = {},
): Promise<RawAnswer> {
  const headers = {...ACCEPTS_JSON, 'Content-Type': type, 'Content-Length': String(length)};
  return sendRaw(rest.url, rawRequest('POST /inquiries', headers, body), {end});
}

async function storedFrom(email: string): Promise<Record<string, unknown>[]> {
  return database.query('SELECT topic, name, phone, message, metadata FROM inquiry WHERE email = $1', [email]);
}

async function expectRefused(answer: RawAnswer, status: number, email: string): Promise<Record<string, unknown>> {
  const text = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  expect(await storedFrom(email)).toEqual([]);
  return JSON.parse(text) as Record<string, unknown>;
}

describe('multipart/form-data', () => {
  test('is stored as Chrome sends it, with an empty file input and a field that was left empty', async () => {
    const {parts, email} = givenParts();
    const own = part('phone', '') + part('attachment', '', OPEN_FILE) + part('colour', 'grün 😀');
    const answer = await sendParts(parts + own + CLOSE);
    expect(answer.status).toBe(201);
    expect(await storedFrom(email)).toEqual([
      expect.objectContaining({topic: 'sales', name: 'Ada Lovelace', phone: null, metadata: {colour: 'grün 😀'}}),
    ]);
  });

  test('arrives in pieces of any size', async () => {
    const {parts, email} = givenParts();
    const bytes = Buffer.from(parts + part('note', 'é\r\n--') + CLOSE);
    const body = new ReadableStream({
      start(controller) {
        for (let start = 0; start < bytes.length; start += 7) controller.enqueue(bytes.subarray(start, start + 7));
        controller.close();
      },
    });
    const headers = {'Content-Type': `multipart/form-data; boundary="${BOUNDARY}"`};
    const answer = await fetch(`${rest.url}/inquiries`, {method: 'POST', headers, body, duplex: 'half'});
    expect(answer.status).toBe(201);
    expect(await storedFrom(email)).toMatchObject([{metadata: {note: 'é\n--'}}]);
  });

  test('of fetch and FormData is stored, and the page of an allowed origin reads the receipt', async () => {
    const fields = givenSubmission() as Record<string, string>;
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const interest of ['engines', 'looms']) body.append('interest', interest);
    body.append('cv', new File([], '', {type: 'application/octet-stream'}));
    const response = await fetch(`${rest.url}/inquiries`, {method: 'POST', body, headers: {Origin: SITE}});
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(Object.keys((await response.json()) as object)).toEqual(['id', 'receivedAt']);
    expect(await storedFrom(fields.email ?? '')).toMatchObject([{metadata: {interest: ['engines', 'looms']}}]);
  });

  test('goes on to _next, and ends on a page without one, as any form', async () => {
    const {parts} = givenParts();
    const headers = {'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, Accept: 'text/html'};
    const post = (body: string) => fetch(`${rest.url}/inquiries`, {method: 'POST', headers, body, redirect: 'manual'});
    const next = await post(`${parts}${part('_next', `${SITE}/thanks`)}${CLOSE}`);
    expect([next.status, next.headers.get('location')]).toEqual([303, `${SITE}/thanks`]);
    const page = await post(parts + CLOSE);
    expect([page.status, await page.text()]).toEqual([201, expect.stringContaining('<h1>Thank you</h1>')]);
  });

  test('refuses files by their names, whatever is in them, and repeats nothing of them', async () => {
    const {parts, email} = givenParts();
    const file = (name: string, value: string) => part(name, value, '; filename="zqMark7.pdf"\r\nContent-Type: a/b');
    const text = parts + file('cv', 'x') + file('empty', '') + file('photo', 'BYTES') + CLOSE;
    const bytes = Buffer.from(text);
    bytes.fill(0xff, bytes.indexOf('BYTES'), bytes.indexOf('BYTES') + 5); // no text in any charset
    const problem = await expectRefused(await sendParts(bytes), 422, email);
    const detail = 'is a file, which cannot be sent: please take it out';
    expect(problem.errors).toEqual(['/cv', '/empty', '/photo'].map(pointer => ({pointer, code: 'file', detail})));
    expect(JSON.stringify(problem)).not.toMatch(/zqMark7/);
  });

  test.each<
    [what: string, status: number, body: (parts: string) => string | Buffer, options?: Parameters<typeof sendParts>[1]]
  >([
    ['a wrong boundary', 400, parts => parts + CLOSE, {type: 'multipart/form-data; boundary=----other'}],
    ['no boundary', 400, parts => parts + CLOSE, {type: 'multipart/form-data'}],
    ['no end', 400, parts => parts],
    ['an end in the middle of a part', 400, parts => parts.slice(0, -20)],
    ['no bytes at all', 400, () => ''],
    [
      'a part without a name',
      400,
      parts => `${parts}--${BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n${CLOSE}`,
    ],
    ['bare newlines', 400, parts => (parts + CLOSE).replaceAll('\r\n', '\n')],
    ['a part in Latin-1', 400, parts => Buffer.from(parts + part('note', 'é') + CLOSE, 'latin1')],
    ['another _charset_', 400, parts => parts + part('_charset_', 'windows-1252') + CLOSE],
    [
      'a charset parameter',
      415,
      parts => parts + CLOSE,
      {type: `multipart/form-data; boundary=${BOUNDARY}; charset=latin1`},
    ],
    ['101 fields', 422, parts => parts + part('a', '1').repeat(97) + CLOSE],
    ['10,000 fields', 413, parts => parts + part('a', '1').repeat(10_000) + CLOSE],
    ['a field of 1 MB', 413, parts => parts + part('note', 'x'.repeat(1_000_000)) + CLOSE],
    ['a name of 30 KB', 422, parts => parts + part('n'.repeat(30_000), '1') + CLOSE],
    ['a prototype', 400, parts => parts + part('__proto__', '1') + CLOSE],
    ['the prototype of an object', 400, parts => parts + part('metadata[__proto__]', '1') + CLOSE],
    ['one field twice', 422, parts => parts + part('name', 'Eve') + CLOSE],
    ['fewer bytes than it says', 400, parts => parts + CLOSE, {end: true, length: 30_000}],
  ])('with %s is refused with %i, and nothing of it is stored', async (_, status, body, ...[options]) => {
    const {parts, email} = givenParts();
    const problem = await expectRefused(await sendParts(body(parts), options), status, email);
    expect(JSON.stringify(problem).length).toBeLessThan(1000);
  });
});

describe('fields of the site’s own', () => {
  async function metadataOf(...fields: [string, string][]): Promise<unknown> {
    const body = new URLSearchParams([...Object.entries(givenSubmission() as Record<string, string>), ...fields]);
    const response = await fetch(`${rest.url}/inquiries`, {method: 'POST', body});
    expect(response.status).toBe(201);
    const read = await rest.get(response.headers.get('location') ?? '', token);
    return ((await read.json()) as {metadata: unknown}).metadata;
  }

  test('are kept in metadata: several lines, several values, beside those of metadata[…]', async () => {
    const metadata = await metadataOf(
      ['budget', '1000'],
      ['details', ' First line\r\n\tSecond  '],
      ['interest', 'engines'],
      ['interest', 'looms'],
      ['days[]', 'Monday'],
      ['metadata[days][]', 'Tuesday'],
      ['metadata[budget]', 'EUR'],
      ['metadata[utm_source]', 'mail'],
      ['utm_campaign', 'autumn'],
      ['constructor', 'x'],
      ['left-out', ''],
      ['blank', ' \u200b '],
    );
    expect(metadata).toEqual({
      budget: ['1000', 'EUR'],
      details: 'First line\n\tSecond',
      interest: ['engines', 'looms'],
      days: ['Monday', 'Tuesday'],
      utm_source: 'mail',
      utm_campaign: 'autumn',
      constructor: 'x',
    });
  });

  test('of buttons, captchas, trackers and the page itself are dropped', async () => {
    const dropped = [
      ...['submit', 'Send', 'button', 'send.x', 'send.y', 'x', 'y', 'op', 'commit'],
      ...['g-recaptcha-response', 'g-recaptcha-response-1', 'h-captcha-response', 'cf-turnstile-response', 'altcha'],
      ...[
        'frc-captcha-solution',
        'frc-captcha-response',
        'gclid',
        'fbclid',
        '_ga',
        '_fbp',
        '_gl',
        '_subject',
        '_method',
      ],
      ...['csrfmiddlewaretoken', 'authenticity_token', 'utf8', '_token'],
    ];
    const fields = dropped.map(name => [name, 'zqMark7'] as [string, string]);
    expect(await metadataOf(...fields, ['kept', '1'])).toEqual({kept: '1'});
    expect(await metadataOf(...fields)).toBeNull();
  });

  test.each(['your budget', 'Größe', 'a[b]', 'a[b][c]', 'metadata[a b]', '[x]', 'x'.repeat(65), '<b>'])(
    'have names that can be kept, which %s is not',
    async name => {
      const fields = givenSubmission() as Record<string, string>;
      const body = new URLSearchParams({...fields, [name]: 'zqMark7'});
      const problem = await expectProblem(await fetch(`${rest.url}/inquiries`, {method: 'POST', body}), 'invalid-body');
      expect(problem.errors).toMatchObject([{code: 'key'}]);
      expect(JSON.stringify(problem)).not.toContain('zqMark7');
      expect(await storedFrom(fields.email ?? '')).toEqual([]);
    },
  );

  test('are within the limits of metadata, which are said of the field', async () => {
    const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), story: 'x'.repeat(1001)});
    body.append('list', 'a\u0007');
    body.append('list', 'b');
    const {errors} = await expectProblem(await fetch(`${rest.url}/inquiries`, {method: 'POST', body}), 'invalid-body');
    expect(errors).toMatchObject([
      {pointer: '/metadata/story', code: 'too_big', max: 1000},
      {pointer: '/metadata/list/0', code: 'control_character'},
    ]);
  });

  test('of JSON are refused: only its metadata takes them', async () => {
    const {errors} = await expectProblem(await rest.post('/inquiries', givenSubmission({budget: '1'})), 'invalid-body');
    expect(errors).toMatchObject([{pointer: '/budget', code: 'unknown'}]);
  });

  test('a _charset_ of UTF-8 is dropped, and another one is refused in an urlencoded form too', async () => {
    expect(await metadataOf(['_charset_', 'UTF-8'])).toBeNull();
    const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), _charset_: 'iso-8859-1'});
    await expectProblem(await fetch(`${rest.url}/inquiries`, {method: 'POST', body}), 'malformed-body');
  });
});

describe('metadata in JSON', () => {
  test('takes numbers, booleans and lists of texts, and gives them back', async () => {
    const metadata = {seats: 12, share: -0.5, zero: 0, isTrial: true, isOld: false, tags: ['a', ' b '], none: []};
    const response = await rest.post('/inquiries', givenSubmission({metadata}));
    expect(response.status).toBe(201);
    const read = await rest.get(response.headers.get('location') ?? '', token);
    expect(await read.json()).toMatchObject({metadata: {...metadata, tags: ['a', 'b']}});
  });

  test.each([
    ['an object', {a: {}}, '/metadata/a', 'type'],
    ['null', {a: null}, '/metadata/a', 'type'],
    ['a list of numbers', {a: ['x', 1]}, '/metadata/a/1', 'type'],
    ['a list of lists', {a: [['x']]}, '/metadata/a/0', 'type'],
    ['a number that JavaScript cannot keep', {a: 2 ** 53}, '/metadata/a', 'too_big'],
    ['a text with NUL', {a: 'x\u0000'}, '/metadata/a', 'control_character'],
    ['2000 items', {a: Array(2000).fill('')}, '/metadata', 'too_big'],
    ['a list itself', ['a'], '/metadata', 'type'],
  ])('does not take %s', async (_, metadata, pointer, code) => {
    const {errors} = await expectProblem(await rest.post('/inquiries', givenSubmission({metadata})), 'invalid-body');
    expect(errors).toMatchObject([{pointer, code}]);
  });
});
