// GET /inquiries: every matching row exactly once, in order, however many share a time, and while others are written.
// What a page costs is in test/integration/postgres/query-plans.test.ts.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {idOf} from '../../helpers/ids';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign();
  await insert(database, {count: 400, start: '2026-01-01T00:00:00Z', rowsPerMoment: 37});
});

/** Rows in every topic, status and for two assignees; `rowsPerMoment` of them have the same time, a minute apart. */
async function insert(
  into: TestDatabase,
  {count, start, rowsPerMoment}: {count: number; start: string; rowsPerMoment: number},
): Promise<void> {
  await into.query(
    `INSERT INTO inquiry (id, topic, name, email, message, status, assignee, created_at, updated_at,
                          search_words, search_text)
     SELECT ${idOf('moment')}, (ARRAY['sales', 'press', 'support', 'general', 'careers'])[1 + n % 5], 'Ada',
            'ada@example.org', 'Hello ' || n, (ARRAY['new', 'in_progress', 'resolved', 'spam'])[1 + n % 4]::inquiry_status,
            CASE n % 3 WHEN 0 THEN 'grace' WHEN 1 THEN 'zoë & co' END, moment, moment, '', ''
     FROM generate_series(0, $1::int - 1) AS n,
          LATERAL (SELECT $2::timestamptz + interval '1 minute' * (n / $3::int) AS moment) AS m`,
    [count, start, rowsPerMoment],
  );
}

interface Page {
  ids: string[];
  next?: string;
  response: Response;
}

async function page(path: string, as = token): Promise<Page> {
  const response = await rest.get(path, as);
  expect(response.status).toBe(200);
  const ids = ((await response.json()) as {id: string}[]).map(({id}) => id);
  const link = response.headers.get('link');
  const next = link === null ? undefined : /^<(\/inquiries\?[^>]+)>; rel="next"$/.exec(link)?.[1];
  if (link !== null) expect(next).toBeDefined();
  return {ids, next, response};
}

/** The ids of all pages, one after the other; `between` runs after each page. */
async function readAll(path: string, {as = token, between}: {as?: string; between?: () => Promise<void>} = {}) {
  const ids: string[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    const read: Page = await page(next, as);
    ids.push(...read.ids);
    await between?.();
    next = read.next;
  }
  return {ids, pages};
}

async function idsInDatabase(condition: string, order: string): Promise<string[]> {
  const direction = order === 'oldest' ? 'ASC' : 'DESC';
  const rows = await database.query<{id: string}>(
    `SELECT id FROM inquiry WHERE ${condition} ORDER BY created_at ${direction}, id ${direction}`,
  );
  return rows.map(({id}) => id);
}

const FILTERS: readonly [string, string][] = [
  ['', 'true'],
  ['status=new', `status = 'new'`],
  ['topic=sales', `topic = 'sales'`],
  ['assignee=grace', `assignee = 'grace'`],
  ['assignee=zoe%CC%88%20%26%20co', `assignee = 'zoë & co'`],
  ['status=resolved&topic=press', `status = 'resolved' AND topic = 'press'`],
  ['createdFrom=2026-01-01T00:03:00Z', `created_at >= '2026-01-01T00:03:00Z'`],
  ['createdTo=2026-01-01T02:03:00%2B02:00', `created_at < '2026-01-01T00:03:00Z'`],
  [
    'createdFrom=2026-01-01T00:02:00Z&createdTo=2026-01-01T00:05:00Z&topic=support&assignee=grace',
    `created_at >= '2026-01-01T00:02:00Z' AND created_at < '2026-01-01T00:05:00Z' AND topic = 'support' AND assignee = 'grace'`,
  ],
  ['topic=partnership', 'false'],
];
describe.each(['newest', 'oldest'])('in the order %s', order => {
  test.each(FILTERS)('the pages of "%s" hold each row exactly once, in order', async (query, condition) => {
    const expected = await idsInDatabase(condition, order);
    for (const limit of [7, 100]) {
      const {ids, pages} = await readAll(`/inquiries?order=${order}&limit=${limit}&${query}`);
      expect(ids).toEqual(expected);
      expect(pages).toBe(Math.max(1, Math.ceil(expected.length / limit))); // no empty page at the end
    }
    const {response} = await page(`/inquiries?order=${order}&limit=1&total=true&${query}`);
    expect(response.headers.get('x-total-count')).toBe(String(expected.length));
  });
});

test('newest first, 25 rows and no total unless asked', async () => {
  const {ids, response} = await page('/inquiries');
  expect(ids).toEqual((await idsInDatabase('true', 'newest')).slice(0, 25));
  expect(response.headers.get('x-total-count')).toBeNull();
});

test('the last page has no Link, also when it is full', async () => {
  const full = await page('/inquiries?topic=sales&limit=80');
  expect([full.ids.length, full.next]).toEqual([80, undefined]); // 400 rows in 5 topics
  const almost = await page('/inquiries?topic=sales&limit=79');
  expect(almost.ids).toHaveLength(79);
  const last = await page(almost.next ?? '');
  expect([last.ids.length, last.next]).toEqual([1, undefined]);
});

test('the Link keeps the filters, the order and the limit', async () => {
  const query = {status: 'new', topic: 'sales', order: 'oldest', limit: '2', createdFrom: '2025-12-31T23:00:00-01:00'};
  const {next} = await page(
    `/inquiries?${new URLSearchParams({...query, assignee: 'zoë & co', total: 'true'}).toString()}`,
  );
  const {cursor, ...kept} = Object.fromEntries(new URLSearchParams(next?.split('?')[1]));
  expect(kept).toEqual({...query, assignee: 'zoë & co'}); // the total is not counted again
  expect(cursor).toMatch(/^[\w-]+$/);
});

test.each(['newest', 'oldest'])('rows written between pages neither repeat nor hide the others (%s)', async order => {
  const before = await idsInDatabase('true', order);
  let minute = 0;
  const between = () =>
    insert(database, {count: 3, start: new Date(Date.UTC(2026, 2, 1, 0, minute++)).toISOString(), rowsPerMoment: 3});
  const {ids} = await readAll(`/inquiries?order=${order}&limit=100`, {
    between: () => (minute < 8 ? between() : Promise.resolve()),
  });
  const known = new Set(before);
  expect(ids.filter(id => known.has(id))).toEqual(before);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  [['sales'], `topic = 'sales'`],
  [['sales', 'press', 'gone'], `topic IN ('sales', 'press')`],
  [['*'], 'true'],
  [[], 'false'],
])('a token for the topics %j sees only those rows, and their total', async (topics, condition) => {
  const narrowed = await issuer.sign({topics});
  const expected = await idsInDatabase(condition, 'newest');
  expect((await readAll('/inquiries?limit=90', {as: narrowed})).ids).toEqual(expected);
  const {response} = await page('/inquiries?total=true', narrowed);
  expect(response.headers.get('x-total-count')).toBe(String(expected.length));
});

test('asking for a topic outside the claim gives nothing, also with a cursor of another reader', async () => {
  const narrowed = await issuer.sign({topics: ['press']});
  expect((await page('/inquiries?topic=sales', narrowed)).ids).toEqual([]);
  const {next} = await page('/inquiries?limit=50');
  const after = await page(next ?? '', narrowed);
  const press = new Set(await idsInDatabase(`topic = 'press'`, 'newest'));
  expect(after.ids.filter(id => !press.has(id))).toEqual([]);
});

test.each(['newest', 'oldest'])('a cursor from outside the time range does not widen it (%s)', async order => {
  const range = 'createdFrom=2026-01-01T00:03:00Z&createdTo=2026-01-01T00:06:00Z';
  const expected = await idsInDatabase(
    `created_at >= '2026-01-01T00:03:00Z' AND created_at < '2026-01-01T00:06:00Z'`,
    order,
  );
  const {next} = await page(`/inquiries?order=${order}&limit=3`);
  const cursor = new URLSearchParams(next?.split('?')[1]).get('cursor') ?? '';
  expect((await readAll(`/inquiries?order=${order}&limit=50&${range}&cursor=${cursor}`)).ids).toEqual(expected);
  const {next: last} = await page(`/inquiries?order=${order === 'newest' ? 'oldest' : 'newest'}&limit=3`);
  const behind = new URLSearchParams(last?.split('?')[1]).get('cursor') ?? '';
  expect((await page(`/inquiries?order=${order}&${range}&cursor=${behind}`)).ids).toEqual([]);
});
