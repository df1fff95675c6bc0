// Subscriptions as the back office reads, counts and changes them; visitors see nothing of it.
import {createHash} from 'node:crypto';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {idOf} from '../../helpers/ids';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

interface Row {
  id: string;
  email: string;
  list: string;
  status: string;
  version: number;
  createdAt: string;
  unsubscribedAt: string | null;
}

const CONSENT = createHash('sha256').update('Send me the newsletter.').digest('hex');
const UNKNOWN_ID = '0192f7c4-0000-7000-8000-000000000000';
const REASON = {reason: 'Asked for it on the phone.'};

let database: TestDatabase;
let rest: TestRest;
let token: string;
let reader: string;
let writer: string;

beforeAll(async () => {
  const [cloned, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  database = cloned;
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: 'subscriptions:read subscriptions:write', subject: 'agent-1'});
  reader = await issuer.sign({scope: 'subscriptions:read'});
  writer = await issuer.sign({scope: 'subscriptions:write'});
});

beforeEach(async () => {
  await database.query('DELETE FROM subscription');
});

async function subscribe(email: string, fields: Record<string, string> = {}): Promise<Row> {
  const body = {email, consentVersion: '2026-11', consentTextSha256: CONSENT, ...fields};
  const response = await rest.post('/subscriptions', body);
  expect([response.status, await response.json()]).toEqual([202, {status: 'accepted'}]);
  const rows = await list(`order=newest&list=${fields.list ?? 'newsletter'}`);
  const row = rows.find(each => each.email === email);
  if (!row) throw new Error('the subscription is not listed');
  return row;
}

async function givenPending(email: string): Promise<Row> {
  const {id} = await subscribe(email);
  await database.query(`UPDATE subscription SET status = 'pending' WHERE id = $1`, [id]);
  return get(id);
}

async function list(query = ''): Promise<Row[]> {
  const response = await rest.get(`/subscriptions?${query}`, token);
  expect(response.status).toBe(200);
  return (await response.json()) as Row[];
}

async function get(id: string): Promise<Row> {
  return (await (await rest.get(`/subscriptions/${id}`, token)).json()) as Row;
}

async function patch(id: string, body: unknown, ifMatch?: string, as = token): Promise<Response> {
  return fetch(`${rest.url}/subscriptions/${id}`, {
    method: 'PATCH',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${as}`,
      ...(ifMatch !== undefined && {'If-Match': ifMatch}),
    },
    body: JSON.stringify(body),
  });
}

test('one subscription has its consent evidence, an ETag, and is not cached', async () => {
  const {id} = await subscribe('Ada@Example.org', {locale: 'en-GB', sourceUrl: 'https://www.example.org/join?x=1'});
  const response = await rest.get(`/subscriptions/${id}`, reader);
  expect([response.headers.get('ETag'), response.headers.get('Cache-Control')]).toEqual(['"1"', 'no-store']);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
  expect(await response.json()).toEqual({
    id,
    email: 'Ada@Example.org',
    list: 'newsletter',
    locale: 'en-GB',
    status: 'active',
    consentVersion: '2026-11',
    consentTextSha256: CONSENT,
    consentedAt: time,
    sourceUrl: 'https://www.example.org/join',
    unsubscribedAt: null,
    version: 1,
    createdAt: time,
    updatedAt: time,
  });
  await expectProblem(await rest.get(`/subscriptions/${UNKNOWN_ID}`, token), 'not-found');
  await expectProblem(await rest.get('/subscriptions/1', token), 'invalid-parameter');
});

describe('the list', () => {
  let rows: Row[];

  beforeEach(async () => {
    await subscribe('a@example.org');
    await subscribe('b@example.org', {list: 'events'});
    const {id} = await givenPending('c@example.org');
    expect((await patch(id, {status: 'unsubscribed'}, '*')).status).toBe(200);
    await database.query('DELETE FROM subscription_consent'); // its rows name these ids
    await database.query(
      `UPDATE subscription SET id = ${idOf('day')}, created_at = day
       FROM (SELECT id AS of, timestamptz '2026-01-01Z' + (ascii(email) - 97) * interval '1 day' AS day FROM subscription) AS days
       WHERE id = of`,
    );
    rows = await list('order=oldest');
  });

  test.each([
    ['', 'cba'],
    ['order=oldest', 'abc'],
    ['status=active', 'ba'],
    ['status=unsubscribed', 'c'],
    ['list=events', 'b'],
    ['createdFrom=2026-01-02T00:00:00Z', 'cb'],
    ['createdTo=2026-01-02T00:00:00Z', 'a'],
    ['filter={"where":{"list":{"neq":"events"}},"order":["createdAt ASC"]}', 'ac'],
    ['filter[where][status][inq]=pending&filter[where][status][inq]=unsubscribed', 'c'],
    ['filter={"limit":1,"offset":1}', 'b'],
    ['filter={"where":{"createdAt":{"between":["2026-01-01T00:00:00Z","2026-01-02T00:00:00Z"]}}}', 'ba'],
  ])('with %s shows %s', async (query, expected) => {
    expect((await list(encodeURI(query))).map(({email}) => email[0]).join('')).toBe(expected);
  });

  test('is paged by a cursor in the Link header, with the total on request', async () => {
    const emails: string[] = [];
    let target: string | undefined = '/subscriptions?limit=1&order=oldest&total=true';
    for (let page = 0; target !== undefined; page += 1) {
      const response = await rest.get(target, token);
      expect(response.headers.get('X-Total-Count')).toBe(page === 0 ? '3' : null);
      emails.push(...((await response.json()) as Row[]).map(({email}) => email));
      target = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1];
    }
    expect(emails).toEqual(rows.map(({email}) => email));
  });

  test('is counted in all and by status, with the same filters', async () => {
    const count = async (query: string) => (await rest.get(`/subscriptions/count?${query}`, token)).json();
    expect(await count('')).toEqual({count: 3, byStatus: {active: 2, pending: 0, unsubscribed: 1}, isExact: true});
    expect(await count('where[list]=events')).toEqual({
      count: 1,
      byStatus: {active: 1, pending: 0, unsubscribed: 0},
      isExact: true,
    });
    expect(await count('status=pending')).toMatchObject({count: 0});
  });

  test.each([
    ['email=a@example.org', 'email'],
    ['filter={"where":{"email":"a@example.org"}}', 'filter'],
    ['filter={"where":{"emailNormalized":"a@example.org"}}', 'filter'],
    ['status=gone', 'status'],
    ['limit=101', 'limit'],
    ['cursor=abc', 'cursor'],
    ['createdFrom=today', 'createdFrom'],
    ['q=ada', 'q'],
  ])('refuses %s', async (query, parameter) => {
    const response = await rest.get(`/subscriptions?${encodeURI(query)}`, token);
    const problem = await expectProblem(response, 'invalid-parameter', {without: 'a@example.org'});
    expect(problem.errors?.[0]?.parameter).toBe(parameter);
  });
});

describe('a search by address', () => {
  const search = (body: unknown, as = reader) =>
    rest.post('/subscriptions/search', body, {Authorization: `Bearer ${as}`});

  test("finds the subscriptions of an address in each list, whatever its case, and nobody else's", async () => {
    const first = await subscribe('Ada@Example.org');
    const second = await subscribe('ada@example.org', {list: 'events'});
    await subscribe('ada@example.org.uk');
    const response = await search({email: ' ADA@EXAMPLE.ORG'});
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(await response.json()).toEqual([second, first]);
    expect(await (await search({email: 'nobody@example.org'})).json()).toEqual([]);
  });

  test('finds an internationalized domain in either spelling', async () => {
    const row = await subscribe('zoe@bücher.example');
    expect(await (await search({email: 'zoe@xn--bcher-kva.example'})).json()).toEqual([row]);
  });

  test('takes a whole address, from the body, with the scope of the list, and leaves no line in the log', async () => {
    const problem = await expectProblem(await search({email: 'ada@exa'}), 'invalid-body', {without: 'ada@exa'});
    expect(problem.errors?.[0]?.pointer).toBe('/email');
    await expectProblem(
      await rest.post('/subscriptions/search?email=a@b.org', {email: 'a@b.org'}, {Authorization: `Bearer ${reader}`}),
      'invalid-parameter',
    );
    await expectProblem(await search({email: 'ada@example.org'}, writer), 'forbidden');
    expect(rest.lines.filter(line => JSON.stringify(line).includes('ada@'))).toEqual([]);
  });
});

describe('a change', () => {
  test('ends a subscription at the version that was read, and the ETag moves on', async () => {
    const {id} = await subscribe('a@example.org');
    const response = await patch(id, {status: 'unsubscribed'}, '"1"');
    expect([response.status, response.headers.get('ETag')]).toEqual([200, '"2"']);
    const changed = (await response.json()) as Row;
    expect(changed).toMatchObject({status: 'unsubscribed', version: 2});
    expect(changed.unsubscribedAt).not.toBeNull();
    expect(await get(id)).toEqual(changed);
  });

  test.each([
    ['pending', 'active', 200],
    ['pending', 'unsubscribed', 200],
    ['active', 'unsubscribed', 200],
    ['unsubscribed', 'active', 409],
  ])('from %s to %s is %i', async (from, to, status) => {
    const {id} = await givenPending('a@example.org');
    if (from !== 'pending') expect((await patch(id, {status: from, ...REASON}, '*')).status).toBe(200);
    const before = await get(id);
    const response = await patch(id, {status: to, ...(to === 'active' && REASON)}, `"${before.version}"`);
    if (status === 200) {
      expect(await response.json()).toMatchObject({status: to, version: before.version + 1});
      return;
    }
    const problem = await expectProblem(response, 'conflict');
    expect(problem.detail).toContain('POST /subscriptions');
    expect(problem.errors?.[0]?.pointer).toBe('/status');
    expect(await get(id)).toEqual(before);
  });

  test('to the status that it has changes nothing', async () => {
    const {id} = await subscribe('a@example.org');
    const before = await get(id);
    const response = await patch(id, {status: 'active'}, '"1"');
    expect([response.status, response.headers.get('ETag')]).toEqual([200, '"1"']);
    expect(await response.json()).toEqual(before);
  });

  test('to active needs a reason, and is written into the history as every other change is', async () => {
    const {id} = await givenPending('a@example.org');
    const problem = await expectProblem(await patch(id, {status: 'active'}, '"1"'), 'invalid-body');
    expect(problem.errors?.map(({pointer, code}) => [pointer, code])).toEqual([['/reason', 'required']]);
    expect(await get(id)).toMatchObject({status: 'pending', version: 1});
    expect((await patch(id, {status: 'active', ...REASON}, '"1"')).status).toBe(200);
    expect((await patch(id, {status: 'unsubscribed'}, '"2"')).status).toBe(200);
    const response = await rest.get(`/subscriptions/${id}/consents`, reader);
    const consent = {subscriptionId: id, consentVersion: '2026-11', consentTextSha256: CONSENT};
    const byStaff = {...consent, method: 'back_office', actor: 'agent-1'};
    const own = {id: expect.any(String) as string, createdAt: expect.any(String) as string};
    expect(await response.json()).toEqual([
      {...byStaff, ...own, kind: 'withdrawn', reason: null},
      {...byStaff, ...own, kind: 'confirmed', reason: REASON.reason},
      {...consent, ...own, kind: 'given', method: 'request', actor: null, reason: null},
    ]);
    await expectProblem(await rest.get(`/subscriptions/${UNKNOWN_ID}/consents`, reader), 'not-found');
  });

  test('joining again after it waits with new consent, and a new version that outdates what was read before', async () => {
    const {id} = await subscribe('a@example.org');
    await patch(id, {status: 'unsubscribed'}, '"1"');
    await rest.post('/subscriptions', {
      email: 'a@example.org',
      consentVersion: '2027-01',
      consentTextSha256: 'ab'.repeat(32),
    });
    expect(await get(id)).toMatchObject({status: 'pending', version: 3, consentVersion: '2027-01'});
    await expectProblem(await patch(id, {status: 'unsubscribed'}, '"2"'), 'precondition-failed');
    const activated = await patch(id, {status: 'active', ...REASON}, '"3"');
    expect(await activated.json()).toMatchObject({status: 'active', unsubscribedAt: null});
  });

  test('of ten at once at the same version, one wins and nine get 412', async () => {
    const {id} = await givenPending('a@example.org');
    const answers = await Promise.all(
      Array.from({length: 10}, (_, index) =>
        patch(id, {status: index === 0 ? 'active' : 'unsubscribed', ...REASON}, '"1"'),
      ),
    );
    expect(answers.map(({status}) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    expect((await get(id)).version).toBe(2);
  });

  test.each([
    [undefined, 'precondition-required'],
    ['"2"', 'precondition-failed'],
    ['"0"', 'precondition-failed'],
    ['W/"1"', 'precondition-failed'],
    ['"abc"', 'precondition-failed'],
    ['"99999999999999999999"', 'precondition-failed'],
    ['1', 'invalid-parameter'],
    ['"1', 'invalid-parameter'],
    ['"2", "3"', 'precondition-failed'],
    ['', 'invalid-parameter'],
    [`"${'1'.repeat(200)}"`, 'precondition-failed'],
    [`"${'1'.repeat(2000)}"`, 'invalid-parameter'],
  ] as const)('with If-Match %j is %s', async (ifMatch, kind) => {
    const {id} = await subscribe('a@example.org');
    await expectProblem(await patch(id, {status: 'unsubscribed'}, ifMatch), kind);
    expect((await get(id)).status).toBe('active');
  });

  test.each([
    [{}, '/status'],
    [{status: 'pending'}, '/status'],
    [{status: null}, '/status'],
    [{status: 'unsubscribed', email: 'b@example.org'}, '/email'],
    [{status: 'unsubscribed', version: 7}, '/version'],
    [{status: 'active', reason: 'x'.repeat(501)}, '/reason'],
  ])('to %j is refused', async (body, pointer) => {
    const {id} = await subscribe('a@example.org');
    const problem = await expectProblem(await patch(id, body, '"1"'), 'invalid-body', {without: 'b@example.org'});
    expect(problem.errors?.map(error => error.pointer)).toEqual([pointer]);
  });

  test('needs its own scope, and a subscription that exists', async () => {
    const {id} = await subscribe('a@example.org');
    await expectProblem(await patch(id, {status: 'unsubscribed'}, '"1"', reader), 'forbidden');
    await expectProblem(await patch(UNKNOWN_ID, {status: 'unsubscribed'}, '*'), 'not-found');
  });
});

test('each filter of the list is answered from an index in its order', async () => {
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, list, status, consent_version, consent_text_sha256,
                               consented_at, created_at, updated_at)
     SELECT ${idOf('at')}, 'a' || i || '@x.org', 'a' || i || '@x.org', 'list-' || i % 50,
            (CASE i % 20 WHEN 0 THEN 'unsubscribed' ELSE 'active' END)::subscription_status, '1', $1, at, at, at
     FROM generate_series(1, 20000) i, LATERAL (SELECT timestamptz '2026-01-01Z' + i * interval '1 minute' AS at) t`,
    [CONSENT],
  );
  await database.query('ANALYZE subscription');
  for (const where of [
    'true',
    `status = 'unsubscribed'`,
    `list = 'list-7'`,
    `id < '019b8bef-1800-0000-0000-000000000000'`,
  ]) {
    const plan = await database.query<{'QUERY PLAN': string}>(
      `EXPLAIN SELECT * FROM subscription WHERE ${where} ORDER BY id DESC LIMIT 26`,
    );
    const text = plan.map(line => line['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Scan Backward using subscription_(pkey|status_idx|list_idx)/);
    expect(text).not.toContain('Sort');
  }
});
