// Whatever is put into a public text field is stored as it was sent (NFC, trimmed, without what nobody sees at the ends and
// without directions in a line) or refused with a problem that does not repeat it; never a 500.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {
  isSeen,
  keptText,
  MARKER,
  HOSTILE_TEXTS,
  type HostileText,
  NOT_TEXT,
  ODD_KEYS,
  REFUSED_KEYS,
} from '../../helpers/hostile-input';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

interface Field {
  route: '/inquiries' | '/subscriptions';
  /** Name in JSON; `metadata.note` is a value inside metadata. */
  name: string;
  column: string;
  /** Set for free text: such a field keeps exactly what HOSTILE_TEXTS says, up to `max` code points. */
  free?: {max: number; multiline?: boolean; min?: 0};
  /** Makes a value that is more likely to pass than the bare text. */
  embed?: (text: string) => string;
  /** Optional: a text in which nobody sees anything is none. */
  optional?: true;
  /** What is stored then; null by default. */
  leftOut?: string;
  /** What is stored of a value that was accepted; the cleaned text by default. */
  stored?: (cleaned: string, text: string) => string | null;
}

const withoutQuery = (cleaned: string) => new URL(cleaned).origin + new URL(cleaned).pathname;
const readable = (_cleaned: string, text: string) =>
  /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.exec(text.trim())?.[0] ?? null;
const withoutInvisible = (cleaned: string) => cleaned.replaceAll(/\u034F|\p{Cf}/gu, '');
const inUrl = (text: string) => `https://www.example.org/${text}`;
const inAddress = (text: string) => `${text}@example.org`;
const FIELDS: readonly Field[] = [
  {route: '/inquiries', name: 'topic', column: 'topic'},
  {route: '/inquiries', name: 'name', column: 'name', free: {max: 120}},
  {route: '/inquiries', name: 'email', column: 'email', embed: inAddress, stored: withoutInvisible},
  {route: '/inquiries', name: 'phone', column: 'phone', free: {max: 32}, optional: true},
  {route: '/inquiries', name: 'company', column: 'company', free: {max: 160}, optional: true},
  {route: '/inquiries', name: 'subject', column: 'subject', free: {max: 200}, optional: true},
  {route: '/inquiries', name: 'message', column: 'message', free: {max: 5000, multiline: true}},
  {
    route: '/inquiries',
    name: 'locale',
    column: 'locale',
    optional: true,
    embed: text => `en-${text}`,
    stored: readable,
  },
  {route: '/inquiries', name: 'sourceUrl', column: 'source_url', optional: true, embed: inUrl, stored: withoutQuery},
  {route: '/inquiries', name: 'metadata.note', column: `metadata->>'note'`, free: {max: 1000, min: 0, multiline: true}},
  {
    route: '/inquiries',
    name: 'privacyNoticeVersion',
    column: 'privacy_notice_version',
    free: {max: 64},
    optional: true,
  },
  {route: '/subscriptions', name: 'email', column: 'email', embed: inAddress, stored: withoutInvisible},
  {route: '/subscriptions', name: 'list', column: 'list', optional: true, leftOut: 'newsletter'},
  {route: '/subscriptions', name: 'locale', column: 'locale', optional: true, stored: readable},
  {route: '/subscriptions', name: 'consentVersion', column: 'consent_version', free: {max: 64}},
  {route: '/subscriptions', name: 'consentTextSha256', column: 'consent_text_sha256'},
  {
    route: '/subscriptions',
    name: 'sourceUrl',
    column: 'source_url',
    optional: true,
    embed: inUrl,
    stored: withoutQuery,
  },
];

let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  const issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign();
});

let addresses = 0;
function bodyOf({route, name}: Pick<Field, 'route' | 'name'>, value: unknown): Record<string, unknown> {
  const [outer = '', inner] = name.split('.');
  const fields = {[outer]: inner === undefined ? value : {[inner]: value}};
  if (route === '/inquiries') return givenSubmission(fields);
  const email = `visitor.${++addresses}@example.org`;
  return {email, consentVersion: '2026-01', consentTextSha256: 'a'.repeat(64), ...fields};
}

function cleaned({free}: Field, text: string): string {
  return keptText(text, {multiline: free?.multiline});
}

async function storedValue({route, column}: Field, body: Record<string, unknown>, id?: string): Promise<unknown> {
  const [row] =
    route === '/inquiries'
      ? await database.query<{value: unknown}>(`SELECT ${column} AS value FROM inquiry WHERE id = $1`, [id])
      : await database.query<{value: unknown}>(`SELECT ${column} AS value FROM subscription WHERE email = $1`, [
          withoutInvisible(String(body.email).trim()),
        ]);
  return row?.value;
}

async function valueOnGet({name}: Field, id: string): Promise<unknown> {
  const response = await rest.get(`/inquiries/${id}`, token);
  expect(response.status).toBe(200);
  const [outer = '', inner] = name.split('.');
  const value = ((await response.json()) as Record<string, unknown>)[outer];
  return inner === undefined ? value : (value as Record<string, unknown>)[inner];
}

/** Submits `text` in `field`; true when it was accepted, after checking that it is stored as sent. */
async function isKept(field: Field, text: string): Promise<boolean> {
  const body = bodyOf(field, text);
  const response = await rest.post(field.route, body);
  if (response.status !== 201 && response.status !== 202) {
    const echo = text.includes(MARKER) ? MARKER : undefined;
    await expectProblem(response, 'invalid-body', {without: echo});
    return false;
  }
  const {id} = (await response.json()) as {id?: string};
  const {stored = (value: string) => value, leftOut = null} = field;
  const expected = field.optional && !isSeen(text) ? leftOut : stored(cleaned(field, text), text);
  expect(await storedValue(field, body, id)).toBe(expected);
  if (id !== undefined) expect(await valueOnGet(field, id)).toBe(expected);
  return true;
}

function shouldKeep(field: Field, {text, line, message}: HostileText): boolean | undefined {
  const {free, optional} = field;
  if (!free) return undefined; // a format of its own: either is right
  if (!isSeen(text)) return optional === true || free.min === 0;
  // The length comes last: to normalize thousands of combining marks takes the test's process, which also serves, seconds.
  return (free.multiline ? message : line) && Array.from(cleaned(field, text)).length <= free.max;
}

test.each(HOSTILE_TEXTS)('$name: stored as sent or refused, in every text field', async hostile => {
  const outcomes: Record<string, boolean> = {};
  const expected: Record<string, boolean> = {};
  const inField = async (field: Field) => {
    const key = `${field.route} ${field.name}`;
    outcomes[key] = await isKept(field, hostile.text);
    expected[key] = shouldKeep(field, hostile) ?? outcomes[key];
    if (field.embed) await isKept(field, field.embed(hostile.text));
  };
  await Promise.all(FIELDS.map(inField));
  expect(outcomes).toEqual(expected);
});

test.each(FIELDS.filter(({free}) => free))('$route $name counts code points after NFC', async field => {
  const max = field.free?.max ?? 0;
  const atMost = ['x'.repeat(max), '𝒳'.repeat(max), 'e\u0301'.repeat(max), ` ${'y'.repeat(max)} `];
  for (const text of atMost) {
    // 1,000 astral characters are 4,000 bytes: the limit of metadata as a whole is another one
    expect([text.slice(0, 4), await isKept(field, text)]).toEqual([text.slice(0, 4), true]);
  }
  for (const text of ['x'.repeat(max + 1), '𝒳'.repeat(max + 1), 'e\u0301'.repeat(max + 1)]) {
    expect([text.slice(0, 4), await isKept(field, text)]).toEqual([text.slice(0, 4), false]);
  }
});

// A field that is null counts as left out; a value of metadata may be a number, a boolean or a list of texts.
function isTaken({name, optional}: (typeof FIELDS)[number], json: string): boolean {
  return name.startsWith('metadata.') ? /^(-?\d|true|false|\[)/.test(json) : json === 'null' && Boolean(optional);
}

test.each(FIELDS)('$route $name takes no value but text', async field => {
  for (const json of NOT_TEXT.filter(each => !isTaken(field, each))) {
    const text = JSON.stringify(bodyOf(field, 'PLACE')).replace('"PLACE"', json);
    const problem = await expectProblem(await postJson(field.route, text), undefined, {without: MARKER});
    expect([json, problem.type]).toEqual([
      json,
      // inside of metadata it is only a value that is no text
      /proto__/.test(json) && field.free?.min !== 0 ? '/problems/malformed-body' : '/problems/invalid-body',
    ]);
    const pointer = `/${field.name.replace('.', '/')}`;
    if (problem.errors) expect(problem.errors.map(error => error.pointer)).toEqual([pointer]);
  }
  expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
});

function postJson(route: string, body: string): Promise<Response> {
  return fetch(rest.url + route, {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
}

test('metadata refuses keys that are not plain names', async () => {
  for (const key of REFUSED_KEYS) {
    const text = JSON.stringify(givenSubmission({metadata: 'PLACE'})).replace('"PLACE"', `{${key}:"${MARKER}"}`);
    const problem = await expectProblem(await postJson('/inquiries', text), undefined, {without: MARKER});
    expect([key, problem.status]).toEqual([key, /proto/.test(key) ? 400 : 422]);
    if (problem.errors) expect(problem.errors.map(({pointer}) => pointer)).toEqual(['/metadata']);
  }
});

test('metadata keeps keys that mean something to JavaScript', async () => {
  const metadata = Object.fromEntries(ODD_KEYS.map(key => [key, `value of ${key}`]));
  const response = await rest.post('/inquiries', givenSubmission({metadata}));
  expect(response.status).toBe(201);
  const {id} = (await response.json()) as {id: string};
  expect(await database.query('SELECT metadata FROM inquiry WHERE id = $1', [id])).toEqual([{metadata}]);
  const one = (await (await rest.get(`/inquiries/${id}`, token)).json()) as {metadata: unknown};
  const [first] = (await (await rest.get('/inquiries?limit=1', token)).json()) as {metadata: unknown}[];
  expect([one.metadata, first?.metadata]).toEqual([metadata, metadata]);
});

test('metadata takes as many keys as 4 KB hold', async () => {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-');
  const names = [...letters, ...letters.flatMap(first => letters.map(second => first + second))];
  const named = (count: number) => Object.fromEntries(names.slice(0, count).map(name => [name, '']));
  expect(JSON.stringify(named(520))).toHaveLength(4096);
  expect((await rest.post('/inquiries', givenSubmission({metadata: named(520)}))).status).toBe(201);
  const {errors} = await expectProblem(await rest.post('/inquiries', givenSubmission({metadata: named(521)})));
  expect(errors).toEqual([{pointer: '/metadata', code: 'too_big', max: 4096, detail: 'must be at most 4 KB as JSON'}]);
});

test('metadata takes 4 KB as JSON and no byte more', async () => {
  const sized = (bytes: number, character: string) => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const room = bytes - JSON.stringify(Object.fromEntries(keys.map(key => [key, '']))).length;
    const width = Buffer.byteLength(character);
    const lengths = keys.map((_, index) => Math.floor(room / width / 5) + (index < (room / width) % 5 ? 1 : 0));
    return Object.fromEntries(keys.map((key, index) => [key, character.repeat(lengths[index] ?? 0)]));
  };
  for (const character of ['x', '"']) {
    const escaped = JSON.stringify(character).length - 2; // a quote takes two bytes as JSON
    const exact = sized(21 + Math.floor((4096 - 31) / escaped) + 10, character);
    const bytes = Buffer.byteLength(JSON.stringify(exact));
    expect(bytes).toBeLessThanOrEqual(4096);
    expect((await rest.post('/inquiries', givenSubmission({metadata: exact}))).status).toBe(201);
    const over = {...exact, z: 'x'.repeat(4097 - bytes)};
    const problem = await expectProblem(await rest.post('/inquiries', givenSubmission({metadata: over})));
    expect(problem.errors).toEqual([
      {pointer: '/metadata', code: 'too_big', max: 4096, detail: 'must be at most 4 KB as JSON'},
    ]);
  }
});

const LONG_URLS = [
  ['letters', 'é'],
  ['astral characters', '𝒳'],
  ['spaces', ' x'],
  ['quotes', '"'],
] as const;
test.each(LONG_URLS)('a page URL that grows past 2,048 when its %s are escaped is refused', async (_name, part) => {
  const start = 'https://www.example.org/';
  for (const field of FIELDS.filter(({name}) => name === 'sourceUrl')) {
    const fits = start + part.repeat(100);
    const grows = start + part.repeat(Math.floor((2048 - start.length) / Array.from(part).length));
    expect([await isKept(field, fits), await isKept(field, grows)]).toEqual([true, false]);
  }
});
