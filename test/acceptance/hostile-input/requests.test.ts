// Forms, headers, paths and queries as broken or hostile clients send them: a 2xx or a 4xx problem, never a 5xx.
import {encodeCursor} from '../../../src/rest/list/cursor';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {keptText, MARKER, HOSTILE_TEXTS} from '../../helpers/hostile-input';
import {expectProblem} from '../../helpers/problem-details';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  const issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign();
  await rest.post('/inquiries', givenSubmission());
});

afterEach(() => expect(rest.lines.splice(0).filter(({level}) => level === 'error')).toEqual([]));

async function postForm(body: string) {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  return sendRaw(rest.url, rawRequest('POST /inquiries', headers, body));
}

const form = (fields: Record<string, string>) =>
  new URLSearchParams({topic: 'press', name: 'Ada', email: 'ada@example.org', message: 'Hi', ...fields}).toString();

test('a form stores each hostile text as JSON would, or refuses it', async () => {
  for (const {name, text, message} of HOSTILE_TEXTS.filter(hostile => hostile.text.isWellFormed())) {
    const answer = await postForm(form({message: text}));
    if (answer.status === 201) {
      const {id} = JSON.parse(await answer.text()) as {id: string};
      expect([name, ...(await database.query('SELECT message FROM inquiry WHERE id = $1', [id]))]).toEqual([
        name,
        {message: keptText(text, {multiline: true})},
      ]);
    } else {
      await expectProblem(answer, undefined, {without: text.includes(MARKER) ? MARKER : undefined});
    }
    expect([name, answer.status === 201]).toEqual([name, message]);
  }
});

const FORMS: readonly [string, number, string][] = [
  ['nothing', 422, ''],
  ['ampersands only', 422, '&&&&'],
  ['a name only', 422, MARKER],
  ['a stray percent', 400, `${form({})}&subject=${MARKER}%`],
  ['a half escape', 400, `${form({})}&subject=${MARKER}%4`],
  ['a wrong escape', 400, `${form({})}&subject=${MARKER}%zz`],
  ['an escape that is not UTF-8', 400, `${form({})}&subject=${MARKER}%ff`],
  ['an escaped surrogate', 400, `${form({})}&subject=${MARKER}%ED%A0%80`],
  ['an overlong escape', 400, `${form({})}&subject=${MARKER}%C0%AF`],
  ['an escaped NUL', 422, `${form({})}&subject=${MARKER}%00`],
  ['a field twice', 422, `${form({})}&subject=${MARKER}&subject=b`],
  ['a field in brackets', 201, `${form({})}&subject[]=${MARKER}`],
  ['metadata in brackets', 201, `${form({})}&metadata[a]=${MARKER}`],
  ['metadata as text', 422, form({metadata: `{"a":"${MARKER}"}`})],
  ['__proto__', 400, `${form({})}&__proto__=${MARKER}`],
  ['__proto__ in brackets', 400, `${form({})}&__proto__[x]=${MARKER}`],
  ['constructor', 201, `${form({})}&constructor=${MARKER}`],
  ['JSON', 422, JSON.stringify(givenSubmission({name: MARKER}))],
  ['a field too long', 422, form({name: MARKER.repeat(20)})],
  ['too much', 413, form({message: 'x'.repeat(40_000)})],
  ['fields that were left empty', 201, form({phone: '', company: '', subject: '', locale: ''})],
  ['pluses for spaces', 201, `${form({})}&subject=${MARKER}+%2B`],
];
test.each(FORMS)('a form with %s gets %i', async (_name, status, body) => {
  const answer = await postForm(body);
  expect(answer.status).toBe(status);
  if (status !== 201) await expectProblem(answer, undefined, {without: MARKER});
});

const KEYS: readonly [string, number, string][] = [
  ['nothing', 201, ''],
  ['7 characters', 400, MARKER],
  ['8 characters', 201, `${MARKER}x`],
  ['a space inside', 400, `${MARKER} x`],
  ['a tab inside', 400, `${MARKER}\tx`],
  ['Latin-1', 400, `${MARKER}é`],
  ['256 characters', 400, MARKER.padEnd(256, 'x')],
  ['255 characters', 201, MARKER.padEnd(255, 'x')],
  ['SQL', 201, `${MARKER}';--`],
  ['JSON', 201, `{"${MARKER}":[]}`],
  ['the name of a prototype', 201, '__proto__'],
  ['an escape of NUL', 201, `${MARKER}\\u0000%00`],
];
test.each(KEYS)('an Idempotency-Key with %s gets %i', async (_name, status, key) => {
  const body = JSON.stringify(givenSubmission());
  const headers = {'Content-Type': 'application/json', 'Content-Length': String(body.length), 'Idempotency-Key': key};
  const answer = await sendRaw(rest.url, rawRequest('POST /inquiries', headers, body));
  expect(answer.status).toBe(status);
  if (status === 201) {
    const {id} = JSON.parse(await answer.text()) as {id: string};
    const records = await database.query('SELECT 1 FROM idempotency_record WHERE id = $1', [id]);
    expect(records).toHaveLength(key === '' ? 0 : 1);
  } else {
    const {errors} = await expectProblem(answer, 'invalid-parameter', {without: MARKER});
    expect(errors?.map(({parameter}) => parameter)).toEqual(['idempotency-key']);
  }
});

test('two Idempotency-Key headers are refused', async () => {
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': '2',
    'Idempotency-Key': 'a\r\nIdempotency-Key: b',
  };
  await expectProblem(await sendRaw(rest.url, rawRequest('POST /inquiries', headers, '{}')), 'invalid-parameter');
});

const REQUEST_IDS = [
  '',
  'short',
  MARKER.repeat(20),
  `${MARKER}.example.org`,
  `${MARKER} x`,
  `${MARKER}é`,
  `<${MARKER}>`,
  `${MARKER}\r\nX-Injected: 1`,
];
test.each(REQUEST_IDS)('the X-Request-Id %j is replaced', async sent => {
  const answer = await sendRaw(rest.url, rawRequest('GET /nothing', {'X-Request-Id': sent}));
  const {instance} = await expectProblem(answer, 'not-found');
  expect(instance).not.toBe(sent);
  expect(answer.headers.get('x-injected')).toBeNull();
});

test('an X-Request-Id that is a UUID is kept', async () => {
  const answer = await sendRaw(rest.url, rawRequest('GET /nothing', {'X-Request-Id': ID}));
  expect((await expectProblem(answer, 'not-found')).instance).toBe(ID);
});

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const QUERIES: readonly [number, string][] = [
  ...['1e9', '0', '-1', 'NaN', '1.5', 'Infinity', '', '%00', 'ten', '101', '1,2', '[1]', '٣'].map(
    (limit): [number, string] => [400, `limit=${limit}`],
  ),
  [200, 'limit=1'],
  [200, 'limit=100'],
  [400, 'limit=1&limit=2'],
  [400, 'limit[]=1'],
  [400, 'limit[gt]=1'],
  [400, 'cursor='],
  [400, `cursor=${MARKER}`],
  [400, `cursor=${b64(null)}`],
  [400, `cursor=${b64({})}`],
  [400, `cursor=${b64([])}`],
  [400, `cursor=${b64([1])}`],
  [400, `cursor=${b64([1, MARKER])}`],
  [400, `cursor=${b64([1, ID])}`],
  [400, `cursor=${b64(ID)}`],
  [400, `cursor=${Buffer.from(`{${ID}}`).toString('base64url')}`],
  [400, `cursor=${Buffer.from(`${ID},${ID}`).toString('base64url')}`],
  [400, `cursor=${Buffer.from(`${ID}'; DROP TABLE inquiry`).toString('base64url')}`],
  [400, `cursor=${encodeCursor({id: ID})}=`],
  [400, `cursor=${'A'.repeat(201)}`],
  [200, `cursor=${encodeCursor({id: ID})}`],
  [200, `cursor=${encodeCursor({id: '00000000-0000-0000-0000-000000000000'})}`],
  [200, `cursor=${encodeCursor({id: 'ffffffff-ffff-ffff-ffff-ffffffffffff'})}`],
  [400, 'order=sideways'],
  [400, 'order=createdAt%20DESC'],
  [400, 'order=__proto__'],
  [400, `status=${MARKER}`],
  [400, 'status=new,spam'],
  [400, 'status=NEW'],
  [400, 'topic=Sales'],
  [400, `topic=${MARKER}%27`],
  [200, 'topic=nobody-has-this'],
  [400, 'assignee='],
  [400, `assignee=${MARKER}%00`],
  [200, `assignee=${MARKER}%E2%80%AE`],
  [400, 'assignee=%E2%80%AE'],
  [400, `assignee=${'x'.repeat(256)}`],
  [200, `assignee=${MARKER}%27%3B--`],
  [200, 'assignee=e%CC%81'],
  [400, 'createdFrom=yesterday'],
  [400, 'createdFrom=1'],
  [400, 'createdFrom=2026-02-30T00:00:00Z'],
  [400, 'createdFrom=2026-01-01'],
  [400, 'createdFrom=2026-01-01T25:00:00Z'],
  [400, 'createdFrom=%2B999999-01-01T00:00:00Z'],
  [400, 'createdFrom=%2B275760-09-13T00:00:00.001Z'],
  [400, 'createdFrom=10000-01-01T00:00:00Z'],
  [400, 'createdFrom=-000001-01-01T00:00:00Z'],
  [200, 'createdFrom=0000-01-01T00:00:00Z'],
  [200, 'createdFrom=0000-01-01T00:00:00%2B23:59'],
  [200, 'createdTo=9999-12-31T23:59:59.999999999Z'],
  [200, 'createdTo=9999-12-31T23:59:59-23:59'],
  [200, 'createdFrom=2026-01-01T00:00:00%2B14:00'],
  [400, 'createdFrom=2026-01-01T00:00:00+01:00'], // a plus is a space
  [400, 'total=1'],
  [400, 'total=TRUE'],
  [200, 'total=true'],
  [400, `${MARKER}=1`],
  [400, '__proto__=1'],
  [400, '__proto__[limit]=1'],
  [400, 'constructor=1'],
  [400, '=1'],
  [400, '%00=1'],
  [400, '%ff=%ff'],
  [400, 'limit=%'],
  [200, ''],
  [200, '&&&'],
];
test.each(QUERIES)('GET /inquiries gets %i with ?%s', async (status, query) => {
  const answer = await sendRaw(rest.url, rawRequest(`GET /inquiries?${query}`, {Authorization: `Bearer ${token}`}));
  expect(answer.status).toBe(status);
  if (status === 200) return;
  const {errors} = await expectProblem(answer, 'invalid-parameter');
  expect(errors).toHaveLength(1);
});

const PATHS: readonly [string, number, string][] = [
  ['words', 400, `/inquiries/${MARKER}`],
  ['a number', 400, '/inquiries/1'],
  ['a uuid and more', 400, `/inquiries/${ID}${MARKER}`],
  ['SQL', 400, `/inquiries/${ID}'%20OR%201=1`],
  ['an escaped slash', 400, `/inquiries/${ID}%2F${MARKER}`],
  ['an escaped NUL', 400, `/inquiries/${MARKER}%00`],
  ['braces', 400, '/inquiries/{id}'],
  ['__proto__', 404, '/inquiries/__proto__'],
  ['a very long id', 400, `/inquiries/${'x'.repeat(8000)}`],
  ['a uuid that nobody has', 404, `/inquiries/${ID}`],
  ['the nil uuid', 404, '/inquiries/00000000-0000-0000-0000-000000000000'],
  ['an escape that is not UTF-8', 404, `/inquiries/${MARKER}%ff`],
  ['a query that it does not know', 400, `/inquiries/${ID}?x=${MARKER}`],
];
test.each(PATHS)('a path with %s as its id gets %i', async (_name, status, path) => {
  const answer = await sendRaw(rest.url, rawRequest(`GET ${path}`, {Authorization: `Bearer ${token}`}));
  expect((await expectProblem(answer, undefined, {without: MARKER})).status).toBe(status);
});
