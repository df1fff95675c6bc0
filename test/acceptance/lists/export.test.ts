// Exports as the back office gets them: the right rows, safe cells, an honest count, and nothing left behind.
import {randomUUID} from 'node:crypto';
import {request} from 'node:http';
import {connect} from 'node:net';
import {cellsReadBy, parseCsv} from '../../helpers/csv';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {
  expectBackpressure,
  expectNoExportConnections,
  exportConnections,
  givenManyInquiries,
  givenPausedReader,
} from '../../helpers/exports';
import {eventually} from '../../helpers/eventually';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SCOPES = {scope: 'inquiries:read inquiries:export subscriptions:export'};
const MANY = 40_000; // with messages of 1,000 bytes more than any socket holds

let issuer: TokenIssuer;
let token: string;
let few: TestRest;
let many: TestRest;
let manyDatabase: TestDatabase;

beforeAll(async () => {
  const [database, large, signer] = await Promise.all([givenDatabase(), givenDatabase(), givenTokenIssuer()]);
  [issuer, manyDatabase] = [signer, large];
  few = await givenRest({databaseUrl: database.url, issuer});
  many = await givenRest({databaseUrl: large.url, issuer, env: {DATABASE_POOL_SIZE: '1'}});
  token = await issuer.sign(SCOPES);
  await givenManyInquiries(large, MANY, 1000);
}, 60_000);

async function csv(path: string, as = token): Promise<Record<string, string>[]> {
  const response = await few.get(path, as);
  expect(response.status).toBe(200);
  const rows = parseCsv(await response.text());
  expect(response.headers.get('X-Total-Count')).toBe(String(rows.length));
  return rows;
}

describe('a small export', () => {
  beforeAll(async () => {
    const submissions = [
      {name: 'First, "quoted"', topic: 'sales', message: 'two\nlines', metadata: {utm_source: 'x'}},
      {name: '=HYPERLINK(A2)', topic: 'press', phone: '+49 30 1234', company: '@SUM(A1)'},
      {name: 'Zoë', topic: 'sales', subject: '-1+1', email: 'zoe@example.org'},
    ];
    for (const fields of submissions) await few.post('/inquiries', givenSubmission(fields));
    await few.post('/subscriptions', givenSubscription('b@example.org'));
    await few.post('/subscriptions', givenSubscription('a@example.org', {list: 'events', locale: 'de'}));
  });

  test('has the columns of one inquiry, the rows newest first, and headers for a download', async () => {
    const response = await few.get('/inquiries/export.csv', token);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(/^attachment; filename="inquiries-\d{4}-\d\d-\d\d\.csv"$/) as string,
      'cache-control': 'no-store',
      'x-total-count': '3',
    });
    const rows = parseCsv(await response.text());
    const [one] = (await (await few.get('/inquiries?limit=1', token)).json()) as Record<string, unknown>[];
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(one ?? {}));
    expect(rows[0]).toMatchObject({id: one?.id, name: 'Zoë', createdAt: one?.createdAt, version: '1', assignee: ''});
    expect(rows[2]).toMatchObject({name: 'First, "quoted"', message: 'two\nlines', metadata: '{"utm_source": "x"}'});
  });

  test('quotes every cell, so that no program splits one at another separator', async () => {
    const text = await (await few.get('/inquiries/export.csv', token)).text();
    const [, ...lines] = text.split('\r\n').filter(line => /^"?[0-9a-f]{8}-/.test(line));
    for (const line of lines) expect(line).toMatch(/^"[^"]*",("([^"]|"")*"|)(,|$)/);
  });

  test('neutralises what a spreadsheet would run', async () => {
    const [, evil] = await csv('/inquiries/export.csv');
    expect(evil).toMatchObject({
      name: `'=HYPERLINK(A2)`,
      phone: `'+49 30 1234`,
      company: `'@SUM(A1)`,
    });
    const [minus] = await csv('/inquiries/export.csv');
    expect(minus?.subject).toBe(`'-1+1`);
  });

  test.each([
    ['semicolon', ';'],
    ['tab', '\t'],
    ['comma', ','],
  ])('has the separator %s on request, and says so in a first line on request', async (name, separator) => {
    const [plain, announced] = await Promise.all(
      ['', '&sep=true'].map(async query => {
        const response = await few.get(`/inquiries/export.csv?separator=${name}${query}`, token);
        return response.text();
      }),
    );
    expect(parseCsv(plain ?? '', separator).map(({topic}) => topic)).toEqual(['sales', 'press', 'sales']);
    expect(announced).toBe(`sep=${separator}\r\n${plain}`);
  });

  test('has the same columns as one subscription over JSON, too', async () => {
    const reader = await issuer.sign({scope: 'subscriptions:read'});
    const [one] = (await (await few.get('/subscriptions?limit=1', reader)).json()) as Record<
      string,
      string | number | null
    >[];
    const [row] = await csv('/subscriptions/export.csv');
    expect(row).toEqual(
      Object.fromEntries(Object.entries(one ?? {}).map(([name, value]) => [name, value === null ? '' : String(value)])),
    );
  });

  test.each([
    ['topic=press', ['press']],
    ['order=oldest', ['sales', 'press', 'sales']],
    ['q=zoe', ['sales']],
    ['status=spam', []],
    ['createdFrom=2100-01-01T00:00:00Z', []],
    ['where={"topic":{"inq":["press","support"]}}', ['press']],
    ['where[topic]=sales&topic=press', []],
  ])('with %s holds %j', async (query, topics) => {
    const rows = await csv(`/inquiries/export.csv?${encodeURI(query)}`);
    expect(rows.map(({topic}) => topic)).toEqual(topics);
  });

  test.each([
    [['sales'], 2],
    [['support'], 0],
    [[], 0],
  ])('with the topics %j in the claim holds %i rows, and counts no others', async (topics, expected) => {
    expect(await csv('/inquiries/export.csv', await issuer.sign({...SCOPES, topics}))).toHaveLength(expected);
  });

  test('begins with a byte order mark on request only', async () => {
    const [plain, marked] = await Promise.all(
      ['', '?bom=true'].map(async query => {
        const response = await few.get(`/inquiries/export.csv${query}`, token);
        return Buffer.from(await response.arrayBuffer());
      }),
    );
    expect(plain?.subarray(0, 3).toString()).toBe('id,');
    expect(marked?.subarray(0, 6).toString()).toBe('\ufeffid,');
  });

  test.each([
    'limit=1',
    'cursor=abc',
    'filter={}',
    'bom=yes',
    'sep=;',
    'separator=;',
    'order=up',
    'where={"name":"x"}',
    'status=open',
    'x=1',
  ])('refuses %s', async query => {
    const response = await few.get(`/inquiries/export.csv?${encodeURI(query)}`, token);
    const problem = await expectProblem(response, 'invalid-parameter');
    expect(problem.errors?.[0]?.parameter).toBe(query.split('=')[0]);
  });

  test('of subscriptions has the evidence of consent, and filters', async () => {
    const rows = await csv('/subscriptions/export.csv?order=oldest');
    expect(rows.map(({email, list}) => [email, list])).toEqual([
      ['b@example.org', 'newsletter'],
      ['a@example.org', 'events'],
    ]);
    expect(rows[1]).toMatchObject({consentVersion: '2026-11', consentTextSha256: 'ab'.repeat(32), locale: 'de'});
    expect(await csv('/subscriptions/export.csv?list=events&where[status]=active')).toHaveLength(1);
    await expectProblem(await few.get('/subscriptions/export.csv?email=a@example.org', token), 'invalid-parameter');
  });

  test('needs the scope of its own table', async () => {
    await expectProblem(await few.get('/inquiries/export.csv', await issuer.sign()), 'forbidden');
    const other = await issuer.sign({scope: 'inquiries:export subscriptions:read'});
    await expectProblem(await few.get('/subscriptions/export.csv', other), 'forbidden');
  });
});

test('the count is that of the rows, whatever others commit between the two', async () => {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const done = new AbortController();
  const writing = (async () => {
    while (!done.signal.aborted) await rest.post('/subscriptions', givenSubscription(`${randomUUID()}@example.org`));
  })();
  for (let time = 0; time < 30; time += 1) {
    const response = await rest.get('/subscriptions/export.csv', token);
    const rows = parseCsv(await response.text());
    expect(response.headers.get('X-Total-Count')).toBe(String(rows.length));
  }
  done.abort();
  await writing;
});

describe('a cell', () => {
  const runs = [
    ...['=1+1', '+49 30 1234', '-2+3', '@SUM(A1)', '\t=1', '\ttext', '\r=1', '\rtext', ' =1', '   +1', '\n=1'],
    ...[
      '\r\n @x',
      '\u00a0=1',
      '\ufeff=1',
      '\u200b=1',
      '\u3000-1',
      '"=1+1',
      `'=1+1`,
      ' "\' -1',
      '＝1',
      '＋1',
      '－1',
      '＠x',
    ],
    ...['=', '-', '=HYPERLINK("http://example.org?"&A1,"here")', "=cmd|' /C calc'!A0", '-1,"2"\r\n=3'],
  ];
  const rests = [
    '',
    ' ',
    '"',
    'Ada',
    'a=b',
    'ada+list@x.org',
    '1+1',
    'O’Neil',
    `'tis`,
    '日本語',
    '👋 =',
    '(=1)',
    'a,b',
    '\\.',
  ];
  const others = ['say "hi"', 'two\nlines', 'two\r\nlines', ',', '""', '\\N', 'NULL', '\u0001', `quote ' and $1 \\ {}`];

  test('that a spreadsheet could run begins with an apostrophe; every other comes as it is stored', async () => {
    const database = await givenDatabase();
    const rest = await givenRest({databaseUrl: database.url, issuer});
    const values = [...runs, ...rests, ...others];
    await givenManyInquiries(database, values.length, 1);
    for (const [index, value] of values.entries()) {
      await database.query('UPDATE inquiry SET subject = $1 WHERE name = $2', [value, `Ada ${index + 1}`]);
    }
    const text = await (await rest.get('/inquiries/export.csv?order=oldest', token)).text();
    const expected = [
      ...runs.map(value => `'${value.replaceAll(/([,\r\n\t][\s\u200b\ufeff"']*)([=@+-])/g, "$1'$2")}`),
      ...rests,
      ...others,
    ];
    expect(parseCsv(text).map(({subject}) => subject)).toEqual(expected);
  });

  test('is no formula by whatever separator the file is read', async () => {
    const database = await givenDatabase();
    const rest = await givenRest({databaseUrl: database.url, issuer});
    const values = [
      's;=1+2;t',
      's\t=1+2',
      's\n=1+2',
      's,=1+2',
      's;"=1+2',
      's; \u00a0-1',
      's;＝1',
      's;x=1;-2;@A',
      'a;b',
    ];
    const message = values.join('\n');
    for (const subject of values)
      await rest.post('/inquiries', givenSubmission({subject: subject.replaceAll(/[\t\n]/g, ';'), message}));
    for (const name of ['comma', 'semicolon', 'tab']) {
      const text = await (await rest.get(`/inquiries/export.csv?separator=${name}`, token)).text();
      for (const separator of [',', ';', '\t']) {
        const formulas = cellsReadBy(separator, text).filter(cell => /^[\s"\u00a0]*[=+\-@＝＋－＠]/.test(cell));
        expect(formulas).toEqual([]);
        expect(text).toContain(`s;'=1+2;t`);
      }
    }
  });

  test('of digits keeps them: phones, numbers with leading zeros, long ones and powers of ten are text', async () => {
    const database = await givenDatabase();
    const rest = await givenRest({databaseUrl: database.url, issuer});
    const subjects = {
      '0123': `'0123`,
      '123456789012': `'123456789012`,
      '12e34': `'12e34`,
      '12345': '12345',
      '0': '0',
      '1.5': '1.5',
    };
    for (const subject of Object.keys(subjects))
      await rest.post('/inquiries', givenSubmission({subject, phone: '030 123456'}));
    const rows = parseCsv(await (await rest.get('/inquiries/export.csv', token)).text());
    expect(Object.fromEntries(rows.map(({subject}) => [subject?.replace(/^'/, ''), subject]))).toEqual(subjects);
    expect(new Set(rows.map(({phone}) => phone))).toEqual(new Set([`'030 123456`]));
  });
});

describe('a large export', () => {
  const url = () => `${many.url}/inquiries/export.csv?order=oldest`;
  afterEach(() => expectNoExportConnections(manyDatabase));

  test('is as it was when it began, however slowly it is read and whatever is stored meanwhile', async () => {
    const reader = await givenPausedReader(url(), token);
    await expectBackpressure(manyDatabase);
    expect((await many.post('/inquiries', givenSubmission())).status).toBe(201);
    await manyDatabase.query(`DELETE FROM inquiry WHERE name = 'Ada ${MANY}'`);
    const rows = parseCsv(await reader.readOn());
    expect(reader.headers['x-total-count']).toBe(String(MANY));
    expect(rows).toHaveLength(MANY);
    expect([rows[0]?.name, rows.at(-1)?.name]).toEqual(['Ada 1', `Ada ${MANY}`]);
    expect(new Set(rows.map(({id}) => id)).size).toBe(MANY);
  });

  test('that nobody reads on does not keep the API from answering; a third one is 503, and HEAD costs none', async () => {
    const readers = await Promise.all([givenPausedReader(url(), token), givenPausedReader(url(), token)]);
    expect(readers.map(({status}) => status)).toEqual([200, 200]);
    const refused = await many.get('/inquiries/export.csv', token);
    expect(refused.headers.get('Retry-After')).toBe('30');
    await expectProblem(refused, 'unavailable');
    await expectProblem(await many.get('/subscriptions/export.csv', token), 'unavailable');
    for (let time = 0; time < 5; time += 1) {
      expect((await many.get('/inquiries?limit=5', token)).status).toBe(200);
      expect((await many.get('/ready')).status).toBe(200);
      expect((await many.post('/inquiries', givenSubmission())).status).toBe(201);
    }
    expect(await exportConnections(manyDatabase)).toHaveLength(2);
    expect(await head(url())).toMatchObject({status: 200, count: String(MANY + 5)});
    readers.forEach(reader => reader.abort());
    await expectNoExportConnections(manyDatabase);
    await eventually(async () => {
      const next = await Promise.all([givenPausedReader(url(), token), givenPausedReader(url(), token)]);
      next.forEach(reader => reader.abort());
      expect(next.map(({status}) => status)).toEqual([200, 200]);
    });
  });

  test('whose client goes away leaves no connection, at any moment, and is no error', async () => {
    const said = many.lines.length;
    for (let time = 0; time < 12; time += 1) {
      const aborting = new AbortController();
      const response = fetch(url(), {headers: {Authorization: `Bearer ${token}`}, signal: aborting.signal});
      if (time % 3 === 0) setTimeout(() => aborting.abort(), time * 4); // around the moment of the head
      const reading = response.then(async ({body}) => {
        const chunks = body?.getReader();
        for (let chunk = 0; chunk < time; chunk += 1) await chunks?.read();
        aborting.abort();
      });
      await reading.catch(() => undefined);
      await expectNoExportConnections(manyDatabase);
    }
    expect(await (await many.get('/inquiries/export.csv?status=spam', token)).text()).toMatch(/^id,/);
    const lines = many.lines.slice(said).filter(({level}) => level === 'warn' || level === 'error');
    expect(lines.filter(({reason}) => reason !== 'overload')).toEqual([]); // a line may still stand for what was refused before
  });

  test('that PostgreSQL breaks ends visibly broken, with one warning', async () => {
    const said = many.lines.length;
    const reader = await givenPausedReader(url(), token);
    await terminateExports();
    await expect(reader.readOn()).rejects.toThrow();
    await eventually(() => {
      const warnings = many.lines.slice(said).filter(({level}) => level === 'warn' || level === 'error');
      expect(warnings).toMatchObject([{level: 'warn', msg: 'request.unavailable'}]);
    }); // the client may see the reset before the line is written
  });

  test('that breaks is a reset, not an end, for a client of HTTP/1.0, which knows no other end than the close', async () => {
    expect(await readByHttp10(terminateExports)).toBe('ECONNRESET');
  });
});

test('an export whose reader stops is broken off after the bound, and its place is free', async () => {
  const rest = await givenRest({
    databaseUrl: manyDatabase.url,
    issuer,
    env: {EXPORT_IDLE_TIMEOUT_MS: '300', DATABASE_POOL_SIZE: '1'},
  });
  const url = `${rest.url}/inquiries/export.csv`;
  const readers = await Promise.all([givenPausedReader(url, token), givenPausedReader(url, token)]);
  await expectNoExportConnections(manyDatabase);
  expect((await rest.get('/inquiries/export.csv?status=spam', token)).status).toBe(200);
  for (const reader of readers) await expect(reader.readOn()).rejects.toThrow();
  expect(rest.lines.filter(({level}) => level === 'error')).toEqual([]);
});

test('stopping the service ends exports and leaves no connection', async () => {
  const rest = await givenRest({databaseUrl: manyDatabase.url, issuer, env: {SHUTDOWN_TIMEOUT_MS: '500'}});
  const reader = await givenPausedReader(`${rest.url}/inquiries/export.csv`, token);
  await rest.stop();
  await expectNoExportConnections(manyDatabase);
  await expect(reader.readOn()).rejects.toThrow();
});

test('without PostgreSQL an export is 503 with Retry-After, and takes no place', async () => {
  const rest = await givenRest({databaseUrl: 'postgres://nobody@127.0.0.1:1/none', issuer});
  for (let time = 0; time < 3; time += 1) {
    const response = await rest.get('/inquiries/export.csv', token);
    expect(response.headers.get('Retry-After')).toBe('2');
    await expectProblem(response, 'unavailable');
  }
});

test('what PostgreSQL cannot make a row of is a problem, and takes no place', async () => {
  const database = await givenDatabase();
  const rest = await givenRest({databaseUrl: database.url, issuer});
  expect((await rest.post('/inquiries', givenSubmission())).status).toBe(201);
  await database.query(`ALTER TABLE inquiry DROP COLUMN locale CASCADE,
    ADD COLUMN locale text GENERATED ALWAYS AS ((1 / length(coalesce(phone, '')))::text) VIRTUAL`); // the count does not look at it
  for (let time = 0; time < 3; time += 1) {
    await expectProblem(await rest.get('/inquiries/export.csv', token), 'internal-error');
  }
  await expectNoExportConnections(database);
  expect((await rest.get('/inquiries/export.csv?status=spam', token)).status).toBe(200);
});

function givenSubscription(email: string, fields: Record<string, string> = {}): Record<string, string> {
  return {email, consentVersion: '2026-11', consentTextSha256: 'ab'.repeat(32), ...fields};
}

async function terminateExports(): Promise<void> {
  const ended = await manyDatabase.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach-export'
       AND backend_type = 'client backend'`,
  );
  expect(ended).toHaveLength(1);
}

async function head(url: string): Promise<{status?: number; count?: unknown; type?: string}> {
  return new Promise((resolve, reject) => {
    request(url, {method: 'HEAD', headers: {Authorization: `Bearer ${token}`}}, ({statusCode, headers}) =>
      resolve({status: statusCode, count: headers['x-total-count'], type: headers['content-type']}),
    )
      .once('error', reject)
      .end();
  });
}

// How the answer ends when `meanwhile` happens after its first bytes: the error's code, or `end`.
async function readByHttp10(meanwhile: () => Promise<void>): Promise<string | undefined> {
  const socket = connect(Number(new URL(many.url).port), '127.0.0.1');
  const ending = new Promise<string | undefined>(resolve => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    socket.once('end', () => resolve('end'));
  });
  socket.write(`GET /inquiries/export.csv HTTP/1.0\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await new Promise<void>(resolve => void socket.once('data', () => resolve(void socket.pause())));
  await meanwhile();
  socket.resume();
  return ending;
}
