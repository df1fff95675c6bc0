// Bodies as broken or hostile clients send them: each gets a 2xx or a 4xx problem, never a 5xx, and the service goes on.
import {gzipSync} from 'node:zlib';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {MARKER} from '../../helpers/hostile-input';
import {expectProblem} from '../../helpers/problem-details';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

const ROUTES = ['/inquiries', '/subscriptions'] as const;
const JSON_TYPE = {'Content-Type': 'application/json'};

let database: TestDatabase;
let rest: TestRest;

beforeAll(async () => {
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
});

afterEach(async () => {
  const response = await rest.post('/inquiries', givenSubmission());
  expect(response.status).toBe(201); // the service lives on
  expect(rest.lines.splice(0).filter(({level}) => level === 'error')).toEqual([]);
});

function validBody(route: (typeof ROUTES)[number]): Record<string, unknown> {
  const consent = {consentVersion: MARKER, consentTextSha256: 'b'.repeat(64)};
  return route === '/inquiries' ? givenSubmission({name: MARKER}) : {email: `${MARKER}@example.org`, ...consent};
}

/** Each makes a request out of a valid body; `status` is what it must get. */
const BODIES: readonly {name: string; status: number; make: (json: string) => Buffer; headers?: object}[] = [
  {name: 'nothing', status: 400, make: () => Buffer.alloc(0)},
  {name: 'white space', status: 400, make: () => Buffer.from(' \r\n ')},
  {name: 'half of it', status: 400, make: json => Buffer.from(json.slice(0, json.length / 2))},
  {name: 'something after it', status: 400, make: json => Buffer.from(`${json}]`)},
  {name: 'two of it', status: 400, make: json => Buffer.from(json + json)},
  {name: 'single quotes', status: 400, make: json => Buffer.from(json.replaceAll('"', "'"))},
  {name: 'a comment', status: 400, make: json => Buffer.from(`/* ${MARKER} */${json}`)},
  {name: 'a trailing comma', status: 400, make: json => Buffer.from(json.replace(/}$/, ',}'))},
  {name: 'NaN', status: 400, make: json => Buffer.from(json.replace(/"[^"]*"}$/, 'NaN}'))},
  {name: 'a raw newline in a string', status: 400, make: json => Buffer.from(json.replace(MARKER, `${MARKER}\n`))},
  {name: 'a raw NUL in a string', status: 400, make: json => Buffer.from(json.replace(MARKER, `${MARKER}\0`))},
  {name: 'a BOM in front', status: 200, make: json => Buffer.from(`\uFEFF${json}`)},
  {name: 'two BOMs in front', status: 400, make: json => Buffer.from(`\uFEFF\uFEFF${json}`)},
  {name: 'UTF-16', status: 400, make: json => Buffer.from(`\uFEFF${json}`, 'utf16le')},
  {name: 'Latin-1', status: 400, make: json => Buffer.from(json.replace(MARKER, `${MARKER}é`), 'latin1')},
  {name: 'overlong UTF-8', status: 400, make: json => inserted(json, [0xc0, 0xaf])},
  {name: 'a surrogate as UTF-8', status: 400, make: json => inserted(json, [0xed, 0xa0, 0x80])},
  {name: 'UTF-8 beyond Unicode', status: 400, make: json => inserted(json, [0xf4, 0x90, 0x80, 0x80])},
  {name: 'a cut UTF-8 sequence', status: 400, make: json => inserted(json, [0xf0, 0x9f, 0x98])},
  {name: 'null', status: 422, make: () => Buffer.from('null')},
  {name: 'a string', status: 422, make: () => Buffer.from(`"${MARKER}"`)},
  {name: 'a number', status: 422, make: () => Buffer.from('1e400')},
  {name: 'an empty object', status: 422, make: () => Buffer.from('{}')},
  {name: 'an array of it', status: 422, make: json => Buffer.from(`[${json}]`)},
  {name: 'deep arrays', status: 422, make: () => Buffer.from('['.repeat(16_000) + ']'.repeat(16_000))},
  {name: 'deep objects', status: 422, make: () => Buffer.from('{"a":'.repeat(5000) + '1' + '}'.repeat(5000))},
  {
    name: 'deep arrays with an escape',
    status: 422,
    make: () => Buffer.from(`${'['.repeat(16_000)}"\\u0041"${']'.repeat(16_000)}`),
  },
  {name: '__proto__', status: 400, make: json => Buffer.from(json.replace('{', '{"__proto__":{"x":1},'))},
  {name: '__proto__ escaped', status: 400, make: json => Buffer.from(json.replace('{', '{"\\u005f_proto__":1,'))},
  {name: 'constructor', status: 422, make: json => Buffer.from(json.replace('{', '{"constructor":{"prototype":{}},'))},
  {name: 'toString', status: 422, make: json => Buffer.from(json.replace('{', '{"toString":1,'))},
  {name: 'columns of its own', status: 422, make: json => Buffer.from(json.replace('{', '{"id":1,"status":"spam",'))},
  {name: 'an empty key', status: 422, make: json => Buffer.from(json.replace('{', '{"":1,'))},
  {name: 'a thousand keys', status: 422, make: json => Buffer.from(json.replace('{', `{${manyKeys(1000)},`))},
  {name: 'a key twice', status: 200, make: json => Buffer.from(json.replace('{', '{"email":"first@example.org",'))},
  {name: 'gzip', status: 415, make: json => gzipSync(json), headers: {'Content-Encoding': 'gzip'}},
  {name: 'gzip without saying so', status: 400, make: json => gzipSync(json)},
  {name: 'an encoding nobody knows', status: 415, make: plain, headers: {'Content-Encoding': MARKER}},
  {
    name: 'another charset',
    status: 415,
    make: plain,
    headers: {'Content-Type': 'application/json;charset=utf-16'},
  },
  {
    name: 'its charset in capitals',
    status: 200,
    make: plain,
    headers: {'Content-Type': 'application/json; CHARSET="UTF-8"'},
  },
  {name: 'XML', status: 415, make: plain, headers: {'Content-Type': `application/xml; ${MARKER}`}},
  {name: 'text', status: 415, make: plain, headers: {'Content-Type': 'text/plain'}},
  {name: 'multipart of mail', status: 415, make: plain, headers: {'Content-Type': 'multipart/mixed; boundary=x'}},
  {name: 'a type that is none', status: 415, make: plain, headers: {'Content-Type': `;;${MARKER}`}},
  {name: 'the name of a prototype as type', status: 415, make: plain, headers: {'Content-Type': 'constructor'}},
  {name: 'no type', status: 415, make: plain, headers: {'Content-Type': ''}},
  {name: '32 KB and a byte', status: 413, make: json => Buffer.from(json.padEnd(32 * 1024 + 1))},
  {name: '32 KB', status: 200, make: json => Buffer.from(json.padEnd(32 * 1024))},
  {name: '5 MB', status: 413, make: json => Buffer.from(json.padEnd(5_000_000))},
];

function plain(json: string): Buffer {
  return Buffer.from(json);
}

function inserted(json: string, bytes: number[]): Buffer {
  const [before = '', after = ''] = json.split(MARKER);
  return Buffer.concat([Buffer.from(before + MARKER), Buffer.from(bytes), Buffer.from(after)]);
}

function manyKeys(count: number): string {
  return Array.from({length: count}, (_, index) => `"k${index}":1`).join();
}

describe.each(ROUTES)('POST %s', route => {
  test.each(BODIES)('with $name as its body gets $status', async ({status, make, headers}) => {
    const body = make(JSON.stringify(validBody(route)));
    const answer = await sendRaw(
      rest.url,
      rawRequest(`POST ${route}`, {...JSON_TYPE, ...headers, 'Content-Length': String(body.byteLength)}, body),
    );
    if (status === 200) expect(answer.status).toBe(route === '/inquiries' ? 201 : 202);
    else expect((await expectProblem(answer, undefined, {without: MARKER})).status).toBe(status);
  });

  test('counts a chunked body too', async () => {
    const chunk = `1000\r\n${' '.repeat(0x1000)}\r\n`;
    const head = rawRequest(`POST ${route}`, {...JSON_TYPE, 'Transfer-Encoding': 'chunked'}).toString('latin1');
    await expectProblem(await sendRaw(rest.url, `${head}${chunk.repeat(10)}0\r\n\r\n`), 'body-too-large');
    const json = JSON.stringify(validBody(route));
    const fits = `${chunk}${Buffer.byteLength(json).toString(16)}\r\n${json}\r\n0\r\n\r\n`;
    expect((await sendRaw(rest.url, head + fits)).status).toBe(route === '/inquiries' ? 201 : 202);
  });

  test('stores nothing of a body whose sender went away', async () => {
    const stored = await rows();
    const request = rawRequest(`POST ${route}`, {...JSON_TYPE, 'Content-Length': '5000'}, `{"name":"${MARKER}"`);
    const answer = await sendRaw(rest.url, request, {end: true});
    expect([0, 400]).toContain(answer.status); // none, when the connection was gone first
    expect(await rows()).toEqual(stored);
  });
});

async function rows(): Promise<unknown> {
  return database.query('SELECT (SELECT count(*) FROM inquiry) AS i, (SELECT count(*) FROM subscription) AS s');
}
