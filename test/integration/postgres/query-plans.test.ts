// How lists and counts are read from 200,000 inquiries: by an index, without sorting what is not on the page, and as
// cheaply at page 10,000 as at page 1. Plans and touched pages, not times: those are the machine's.
import {Client, type QueryConfig} from 'pg';
import {listQuery, toFilter} from '../../../src/controllers/inquiry-queries';
import {MAX_COUNTED} from '../../../src/contract/page';
import {type CountedStatus, countStatement} from '../../../src/repositories/query/bounded-count';
import {BEGIN_SNAPSHOT, withoutParameters} from '../../../src/datasources/postgres/snapshot';
import type {Condition} from '../../../src/repositories/query/conditions';
import {INQUIRY_LIST, type InquiryField, type InquiryFilter} from '../../../src/repositories/inquiry/inquiry-list';
import {END_OF_FEED, type FeedPosition, LAST_ID} from '../../../src/repositories/change-feed/feed-position';
import {feedStatement} from '../../../src/repositories/change-feed/inquiry-feed.repository';
import {inquiryPageStatement} from '../../../src/repositories/inquiry/inquiry-list';
import {searchedInquiry} from '../../../src/repositories/inquiry/inquiry-search';
import {
  exportStatement,
  type ListPosition,
  pageStatement,
  type PageRequest,
} from '../../../src/repositories/query/keyset-list';
import {INQUIRY_TABLE} from '../../../src/repositories/privacy/mention-tables';
import {
  candidatesStatement,
  mentionsStatement,
  redactedStatement,
  redactStatement,
} from '../../../src/repositories/privacy/email-mentions';
import {forgetRepeatsStatement} from '../../../src/repositories/privacy/privacy.repository';
import {expiredCountStatement, removeExpiredStatement} from '../../../src/repositories/privacy/retention.repository';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {idOf} from '../../helpers/ids';
import {givenManyInquiries, WORDS} from '../../helpers/many-inquiries';
import {expectEachIndexUsed, explain, type QueryPlan} from '../../helpers/query-plan';
import {onTeardown} from '../../helpers/teardown';

const ROWS = 200_000;
const PAGE: PageRequest = {limit: 26};
const MOST_SORTED_ROWS = 5000;
const MOST_PAGES = 1000;
const MOST_CLUSTERED_PAGES = 4000; // of 22,000 rows; all of them are some 16,000
const MOST_COUNTED_PAGES = 150; // of 500 rows of each status; all of them are some 1,600
const MOST_FEED_PAGES = 3500; // looks up to 500 rows up by their ids
const ORDERS = ['newest', 'oldest'] as const;

let database: TestDatabase;
let client: Client;
let ids: string[];

beforeAll(async () => {
  database = await givenDatabase();
  await givenManyInquiries(database, ROWS);
  client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
  const rows = await database.query<{id: string}>('SELECT id FROM inquiry WHERE id > $1 ORDER BY id LIMIT 100', [
    '0193b000-0000-7000-8000-000000000000',
  ]);
  ids = rows.map(({id}) => id);
}, 300_000);

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

interface Query {
  title: string;
  query?: Record<string, string>;
  where?: Record<string, unknown>;
  /** The topics of the claim. */
  topics?: string[];
}

const FLAT: Query[] = [
  {title: 'nothing asked'},
  ...['new', 'in_progress', 'resolved', 'spam'].map(status => ({title: `status ${status}`, query: {status}})),
  ...['general', 'careers', 'nothing-like-it'].map(topic => ({title: `topic ${topic}`, query: {topic}})),
  {title: 'topic and status', query: {topic: 'careers', status: 'new'}},
  {title: 'topic and another status', query: {topic: 'press', status: 'spam'}},
  {title: 'a busy assignee', query: {assignee: 'agent-0'}},
  {title: 'assignee and status', query: {assignee: 'agent-39', status: 'in_progress'}},
  {title: 'an unknown assignee', query: {assignee: 'nobody'}},
  {title: 'a busy assignee and a topic', query: {assignee: 'agent-0', topic: 'careers'}},
  {title: 'a busy assignee and a topic of others', query: {assignee: 'agent-0', topic: 'nothing-like-it'}},
  {title: 'created since', query: {createdFrom: ago(400)}},
  {title: 'created until', query: {createdTo: ago(400)}},
  {title: 'created in one week, by topic', query: {createdFrom: ago(407), createdTo: ago(400), topic: 'sales'}},
  {title: 'created before anything', query: {createdTo: ago(4000)}},
];

const CLAIMS: Query[] = [
  {title: 'a claim of two topics', topics: ['sales', 'careers']},
  {title: 'a claim of rare topics', topics: ['careers', 'press']},
  {title: 'a claim and a status', topics: ['sales', 'careers'], query: {status: 'new'}},
  {title: 'a claim and one of its topics', topics: ['sales', 'careers'], query: {topic: 'careers'}},
  {title: 'a claim and a topic outside of it', topics: ['sales', 'careers'], query: {topic: 'press'}},
  {title: 'a claim of nothing', topics: []},
  {title: 'a claim and an assignee', topics: ['sales'], query: {assignee: 'agent-1'}},
  {title: 'a claim and a busy assignee outside of it', topics: ['elsewhere', 'nowhere'], query: {assignee: 'agent-0'}},
  {title: 'a claim of very many topics', topics: Array.from({length: 60}, (_, index) => `topic-${index}`)},
];

const LOOPBACK: Query[] = [
  {title: 'status eq', where: {status: 'new'}},
  {title: 'status neq', where: {status: {neq: 'resolved'}}},
  {title: 'status neq a rare one', where: {status: {neq: 'new'}}},
  {title: 'status inq', where: {status: {inq: ['new', 'in_progress']}}},
  {title: 'topic neq', where: {topic: {neq: 'general'}}},
  {title: 'topic inq', where: {topic: {inq: ['careers', 'press', 'partnership']}}},
  {title: 'topic and status inq', where: {topic: {inq: ['careers', 'press']}, status: {inq: ['new', 'spam']}}},
  {title: 'assignee eq', where: {assignee: 'agent-2'}},
  {title: 'assignee null', where: {assignee: null}},
  {title: 'assignee null and status', where: {assignee: null, status: 'new'}},
  {title: 'assignee null and topic', where: {assignee: null, topic: 'careers'}},
  {title: 'assignee not null', where: {assignee: {neq: null}}},
  {title: 'assignee neq', where: {assignee: {neq: 'agent-0'}}},
  {title: 'assignee and two statuses', where: {assignee: 'agent-0', status: {inq: ['new', 'in_progress']}}},
  {title: 'status and created', where: {status: 'spam', createdAt: {gte: ago(500), lt: ago(490)}}},
  {title: 'status and updated', where: {status: 'new', updatedAt: {gte: ago(3)}}},
  {title: 'topic gt', where: {topic: {gt: 'sales'}}},
  {title: 'topic between', where: {topic: {between: ['a', 'd']}}},
  {title: 'status lt', where: {status: {lt: 'resolved'}}},
  {title: 'status gte', where: {status: {gte: 'spam'}}},
  {title: 'assignee gt', where: {assignee: {gt: 'agent-9'}}},
  {title: 'assignee between', where: {assignee: {between: ['agent-35', 'agent-38']}}},
  {title: 'assignee inq', where: {assignee: {inq: ['agent-38', 'agent-39']}}},
  {title: 'createdAt eq', where: {createdAt: ago(30)}},
  {title: 'createdAt neq', where: {createdAt: {neq: ago(30)}}},
  {title: 'createdAt inq', where: {createdAt: {inq: [ago(30), ago(31)]}}},
  {title: 'createdAt between', where: {createdAt: {between: [ago(31), ago(30)]}}},
  ...['gt', 'gte', 'lt', 'lte'].map(operator => ({
    title: `createdAt ${operator}`,
    where: {createdAt: {[operator]: ago(300)}},
  })),
  {title: 'updatedAt eq', where: {updatedAt: ago(30)}},
  {title: 'updatedAt neq', where: {updatedAt: {neq: ago(30)}}},
  {title: 'updatedAt inq', where: {updatedAt: {inq: [ago(30), ago(31)]}}},
  {title: 'updatedAt in one day', where: {updatedAt: {between: [ago(301), ago(300)]}}},
  ...['gt', 'gte'].flatMap(operator =>
    [1, 300].map(days => ({
      title: `updatedAt ${operator} ${days} days ago`,
      where: {updatedAt: {[operator]: ago(days)}},
    })),
  ),
  ...['lt', 'lte'].map(operator => ({title: `updatedAt ${operator}`, where: {updatedAt: {[operator]: ago(300)}}})),
  {title: 'id eq', where: {id: 'id 0'}},
  {title: 'id inq', where: {id: {inq: 'ids'}}},
  {title: 'id neq', where: {id: {neq: 'id 0'}}},
  ...['gt', 'gte', 'lt', 'lte'].map(operator => ({title: `id ${operator}`, where: {id: {[operator]: 'id 50'}}})),
  {title: 'id between', where: {id: {between: ['id 3', 'id 80']}}},
];

const SEARCHES: Query[] = [
  ...Object.entries(WORDS).map(([title, q]) => ({title, query: {q}})),
  {title: 'two words', query: {q: `${WORDS.everyTenth} ${WORDS.everyThousandth}`}},
  {title: 'a word that nobody wrote', query: {q: 'xylophone'}},
  {title: 'part of an e-mail', query: {q: 'u7777@'}},
  {title: 'an address, with its domain in either spelling', query: {q: 'u7777@bücher.example'}},
  {title: 'a frequent part', query: {q: 'example'}},
  {title: 'one letter', query: {q: 'a'}},
  {title: 'a word and a status', query: {q: WORDS.everyTenth, status: 'new'}},
  {title: 'a rare word and a frequent status', query: {q: WORDS.everyThousandth, status: 'resolved'}},
  {title: 'a word within a claim', query: {q: WORDS.everyTenth}, topics: ['careers', 'press']},
  {title: 'a frequent word of an assignee', query: {q: WORDS.everywhere, assignee: 'agent-39'}},
];

const RARE: Query[] = [
  {title: 'a word of one row', query: {q: WORDS.oncePerTable}},
  {title: 'a word that nobody wrote', query: {q: 'xylophone'}},
  {title: 'a word that nobody wrote, of a status', query: {q: 'xylophone', status: 'resolved'}},
  {title: 'a word of one row, of topics', query: {q: WORDS.oncePerTable}, topics: ['general', 'sales']},
];

const DEEP: (Query & {pageSize: number})[] = [
  {title: 'all', pageSize: 19},
  {title: 'a status', query: {status: 'resolved'}, pageSize: 18},
  {title: 'a topic', query: {topic: 'general'}, pageSize: 9},
  {title: 'a claim', topics: ['general', 'sales', 'support'], pageSize: 16},
  {title: 'a topic and a status', query: {topic: 'general', status: 'resolved'}, pageSize: 8},
  {title: 'assigned', where: {assignee: {neq: null}}, pageSize: 18},
  {title: 'not in a topic', where: {topic: {neq: 'careers'}}, pageSize: 18},
];

function filterOf({query = {}, where = {}, topics}: Query, order: InquiryFilter['order']): InquiryFilter {
  const named = JSON.stringify(where)
    .replace('"ids"', JSON.stringify(ids))
    .replaceAll(/"id (\d+)"/g, (_, index: string) => JSON.stringify(ids[Number(index)]));
  const parsed = listQuery.parse({...query, filter: {where: JSON.parse(named) as unknown}});
  const claim: Condition<InquiryField>[] = topics ? [{field: 'topic', operator: 'inq', value: topics}] : [];
  const {conditions, search} = toFilter(parsed);
  return {conditions: [...claim, ...conditions, ...(parsed.filter?.conditions ?? [])], search, order};
}

const used = new Set<string>(); // indexes

async function planOf(statement: QueryConfig, isGeneric = false): Promise<QueryPlan> {
  const plan = await explain(client, statement, isGeneric);
  for (const index of plan.indexes) used.add(index);
  return plan;
}

async function rolledBack(run: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await run();
  } finally {
    await client.query('ROLLBACK');
  }
}

function expectIndexed(plan: QueryPlan): void {
  const {scanned, indexes, pages, sortedRows, text} = plan;
  if (scanned.length > 0 || (indexes.length === 0 && pages > 0)) throw new Error(`No index is used:\n${text}`);
  if (sortedRows > MOST_SORTED_ROWS) throw new Error(`Too many rows are sorted:\n${text}`);
}

async function plansOf(statement: QueryConfig): Promise<QueryPlan[]> {
  const plans = [await planOf(statement)];
  if (statement.name !== undefined) plans.push(await planOf(statement, true));
  return plans;
}

// What may read far: nothing says how the fields that it asks for lie over time.
const FAR = /^updatedAt|^topic (gt|between)|^assignee (gt|between)|and updated$|^assignee null and topic$/;

// Counts that lead to one range of an index for each status.
const BOUNDED = new Set([
  ...['nothing asked', 'status resolved', 'status spam', 'topic general', 'a busy assignee', 'created since'],
  ...['created until', 'a claim of two topics', 'a claim and one of its topics', 'status inq', 'assignee null'],
]);

describe.each(ORDERS)('%s first', order => {
  test.each([...FLAT, ...CLAIMS, ...LOOPBACK])('$title', async query => {
    for (const plan of await plansOf(pageStatement(INQUIRY_LIST, filterOf(query, order), PAGE))) {
      expectIndexed(plan);
      if (!FAR.test(query.title) && plan.pages > MOST_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
    }
  });

  test.each(SEARCHES)('search: $title', async query => {
    const plan = await planOf(pageStatement(INQUIRY_LIST, filterOf(query, order), PAGE));
    expectIndexed(plan);
    if (plan.pages > MOST_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
  });

  // Of so many rows the planner expects a page of any word soon along the order.
  test.each(RARE)('search, as in five times the rows: $title', async query => {
    const grow = (times: number) =>
      client.query(`UPDATE pg_class SET reltuples = reltuples * ${times} WHERE oid = 'inquiry'::regclass`);
    await grow(5);
    try {
      const plan = await planOf(pageStatement(INQUIRY_LIST, filterOf(query, order), PAGE));
      expectIndexed(plan);
      if (plan.pages > MOST_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
    } finally {
      await grow(1 / 5);
    }
  });

  test.each(DEEP)('page 10,000 touches as much as page 1: $title', async query => {
    const filter = filterOf(query, order);
    const first = await planOf(pageStatement(INQUIRY_LIST, filter, PAGE));
    const after = await positionAfter(filter, 10_000 * query.pageSize);
    const late = await planOf(pageStatement(INQUIRY_LIST, filter, {...PAGE, after}));
    expect([first.rows, late.rows]).toEqual([PAGE.limit, PAGE.limit]);
    if (late.pages > 1.5 * first.pages + 10) throw new Error(`${first.pages}, then ${late.pages} pages:\n${late.text}`);
  });
});

async function positionAfter(filter: InquiryFilter, rows: number): Promise<ListPosition> {
  const {text, values} = pageStatement(INQUIRY_LIST, filter, {limit: 1, offset: rows - 1});
  const [row] = await database.query<ListPosition>(text, values);
  if (!row) throw new Error('the list is not that long');
  return row;
}

test.each([...FLAT, ...CLAIMS, ...LOOPBACK])('count: $title', async query => {
  const filter = filterOf(query, 'newest');
  const plan = await planOf(countStatement(INQUIRY_LIST, filter, MAX_COUNTED));
  const {rows} = await client.query<CountedStatus>(countStatement(INQUIRY_LIST, filter, MAX_COUNTED));
  const counted = rows.reduce((sum, {count}) => sum + count, 0);
  // Who counts most of the table may read all of it; everything else is counted by an index.
  if (counted < ROWS / 4) expectIndexed(plan);
});

describe('a count that reaches its bound', () => {
  const BOUND = 500;
  const REACHING: Query[] = [...FLAT, ...CLAIMS, ...LOOPBACK].filter(({title}) => BOUNDED.has(title));

  test.each(REACHING)('touches what the bound needs, however many match: $title', async query => {
    const statement = countStatement(INQUIRY_LIST, filterOf(query, 'newest'), BOUND);
    const {rows} = await client.query<CountedStatus>(statement);
    expect(rows.map(({isExact}) => isExact)).toContain(false);
    for (const {count, isExact} of rows) expect(isExact ? count < BOUND : count === BOUND).toBe(true);
    for (const plan of await plansOf(statement)) {
      expectIndexed(plan);
      if (plan.pages > MOST_COUNTED_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
    }
  });

  test.each([WORDS.everywhere, WORDS.everyTenth])('reads no row beyond it in a search: %s', async q => {
    const statement = countStatement(INQUIRY_LIST, filterOf({title: q, query: {q}}, 'newest'), BOUND);
    const {rows} = await client.query<CountedStatus>(statement);
    expect(rows.reduce((sum, {count}) => sum + count, 0)).toBe(BOUND);
    expect(rows.every(({isExact}) => !isExact)).toBe(true);
    const plan = await planOf(statement);
    if (plan.pages > MOST_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
  });
});

test.each<Query>([
  {title: 'a status', query: {status: 'new'}},
  {title: 'a topic', query: {topic: 'sales'}},
  {title: 'an assignee', query: {assignee: 'agent-3'}},
])('a page is planned once a session, not each time: $title', async query => {
  const filter = filterOf(query, 'newest');
  await expectPlannedOnce(inquiryPageStatement(filter, {limit: 25}), `page of ${query.title}`);
});

async function expectPlannedOnce({text, values}: QueryConfig, name: string): Promise<void> {
  for (let time = 0; time < 20; time++) await client.query({name, text, values});
  const {rows} = await client.query<{custom: number}>(
    'SELECT custom_plans::int AS custom FROM pg_prepared_statements WHERE name = $1',
    [name],
  );
  expect(rows).toEqual([{custom: 5}]); // PostgreSQL tries five before it keeps a plan
}

describe('the feed', () => {
  const FEEDS = [
    {title: 'of all', topics: undefined, limit: 100},
    {title: 'of a frequent topic', topics: ['general'], limit: 100},
    {title: 'of rare topics', topics: ['careers', 'press'], limit: 100},
    {title: 'of nothing', topics: [], limit: 100},
    {title: 'one by one', topics: undefined, limit: 1},
  ];
  const LARGE_TABLES = ['inquiry', 'inquiry_tombstone'];
  let first: FeedPosition;

  beforeAll(async () => {
    await database.query(`
      INSERT INTO inquiry_tombstone SELECT gen_random_uuid(), 'general', (3 + n)::text::xid8, now()
      FROM generate_series(1, 20000) AS n`);
    // The rows name transactions that the cluster may not have given out yet: the horizon must be behind them.
    await database.query(`DO $$ BEGIN
      WHILE pg_current_xact_id()::text::bigint < 26000 LOOP COMMIT; END LOOP; END $$`);
    await database.query('VACUUM (ANALYZE) inquiry_tombstone');
    const [end] = await database.query<FeedPosition & Record<string, unknown>>(END_OF_FEED);
    if (!end) throw new Error('the feed has an end');
    first = {epoch: end.epoch, xid: '0', id: LAST_ID};
  }, 300_000);

  test.each(FEEDS)('page 10,000 touches as much as page 1: $title', async ({topics, limit}) => {
    const pagesAt = async (xid: string) => {
      const statement = feedStatement({after: {...first, xid}, topics, limit});
      const touched: number[] = [];
      for (const plan of await plansOf(statement)) {
        expectIndexed({...plan, scanned: plan.scanned.filter(table => LARGE_TABLES.includes(table))});
        if (plan.pages > MOST_FEED_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
        touched.push(plan.pages);
      }
      return Math.max(...touched);
    };
    const [early, late] = [await pagesAt('10'), await pagesAt('20000')];
    if (late > 1.5 * early + 30) throw new Error(`${early}, then ${late} pages`);
  });

  test.each([
    {title: 'of all', topics: undefined},
    {title: 'of a topic', topics: ['sales']},
  ])('a poll at its end is planned once a session, not each time: $title', async ({topics}) => {
    const [end] = await database.query<FeedPosition & Record<string, unknown>>(END_OF_FEED);
    if (!end) throw new Error('the feed has an end');
    await expectPlannedOnce(feedStatement({after: end, topics, limit: 100}), `poll of ${topics?.join() ?? 'all'}`);
  });

  test('its end, which comes with each page of the list, is next to nothing', async () => {
    for (const plan of await plansOf({name: 'end', text: END_OF_FEED})) {
      expectIndexed({...plan, scanned: plan.scanned.filter(table => LARGE_TABLES.includes(table))});
      if (plan.pages > 60) throw new Error(`${plan.pages} pages:\n${plan.text}`);
    }
  });

  test('a page with its end is read by the same indexes as the page', async () => {
    const filter = filterOf({title: 'nothing asked'}, 'newest');
    for (const plan of await plansOf(inquiryPageStatement(filter, {limit: 25}))) {
      expectIndexed({...plan, scanned: plan.scanned.filter(table => LARGE_TABLES.includes(table))});
      if (plan.pages > 100) throw new Error(`${plan.pages} pages:\n${plan.text}`);
    }
  });
});

test.each(ORDERS)(
  'an export is read along its order, also from a table larger than the cache: %s first',
  async order => {
    await client.query(BEGIN_SNAPSHOT);
    try {
      await client.query(`SET LOCAL effective_cache_size = '32MB'; SET LOCAL work_mem = '1MB'`);
      const plan = await planOf(exportStatement(INQUIRY_LIST, {conditions: [], order}));
      expectIndexed(plan);
      expect([plan.sortedRows, plan.rows]).toEqual([0, ROWS]);
    } finally {
      await client.query('ROLLBACK');
    }
  },
);

test.each<Query>([
  {title: 'a word of one row', query: {q: WORDS.oncePerTable}},
  {title: 'part of an e-mail', query: {q: 'u7777@'}},
  {title: 'topics of a claim', topics: ['careers', 'press'], query: {status: 'new'}},
  {title: 'one day', query: {createdFrom: ago(301), createdTo: ago(300)}},
])('an export is planned with its values, although its text has none: $title', async query => {
  const statement = exportStatement(INQUIRY_LIST, filterOf(query, 'newest'));
  await client.query(BEGIN_SNAPSHOT);
  try {
    const withValues = await planOf(statement);
    const {settings, query: text} = withoutParameters(statement);
    await client.query(settings);
    const plan = await planOf({text});
    expectIndexed(plan);
    expect([plan.indexes, plan.rows]).toEqual([withValues.indexes, withValues.rows]);
    expect(plan.rows).toBeGreaterThan(0);
  } finally {
    await client.query('ROLLBACK');
  }
});

test.each([
  ['read', {toErase: false}],
  ['locked', {toErase: true}],
])('texts that quote an address are found to be %s by the search, and assignees one by one', async (_, purpose) =>
  rolledBack(async () => {
    await client.query('SET LOCAL cursor_tuple_fraction = 1');
    for (const domain of ['example.org', 'xn--bcher-kva.example', 'xn--e1afmkfd.xn--p1ai']) {
      const plan = await planOf(candidatesStatement(INQUIRY_TABLE, `nobody.at.all@${domain}`, purpose));
      expectIndexed(plan);
      if (plan.pages > MOST_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
      expect([domain, plan.indexes]).toEqual([domain, expect.arrayContaining(['inquiry_search_words_idx'])]);
    }
  }),
);

test('found texts that quote an address are read and redacted by their ids', async () =>
  rolledBack(async () => {
    const address = 'nobody.at.all@example.org';
    for (const statement of [
      redactedStatement(INQUIRY_TABLE, address, ids),
      redactStatement(
        INQUIRY_TABLE,
        address,
        ids.map(id => ({id, made: ["'a'", 'a']})),
      ),
      mentionsStatement(INQUIRY_TABLE, address, {ids, own: []}),
    ]) {
      const plan = await planOf(statement);
      expectIndexed(plan);
      expect(plan.indexes).toEqual(['inquiry_pkey']);
    }
  }));

test('the idempotency records of what is erased or old are found by their ids, and so are old ones counted', () =>
  rolledBack(async () => {
    await client.query(
      `INSERT INTO idempotency_record SELECT sha256(convert_to(n::text, 'UTF8')), ${idOf("now() - n * interval '6 seconds'")}
       FROM generate_series(1, $1) AS n`,
      [ROWS],
    );
    await client.query('ANALYZE idempotency_record');
    const expired = {kind: 'idempotency-key', before: new Date(ago(13.5))} as const;
    for (const statement of [
      forgetRepeatsStatement(ids),
      expiredCountStatement(expired),
      removeExpiredStatement(expired, {limit: 100}),
    ]) {
      const plan = await planOf(statement);
      expectIndexed({...plan, scanned: plan.scanned.filter(table => table === 'idempotency_record')});
      expect(plan.indexes).toContain('idempotency_record_id_idx');
    }
  }));

test('old inquiries are counted and removed by the index of updates', () =>
  rolledBack(async () => {
    const expired = {kind: 'inquiry', status: 'resolved', before: new Date(ago(700))} as const;
    const positions = [undefined, {at: new Date(ago(710)), id: LAST_ID}];
    for (const statement of [
      expiredCountStatement(expired),
      ...positions.map(position => removeExpiredStatement(expired, {position, limit: 100})),
    ]) {
      const plan = await planOf(statement);
      expectIndexed({...plan, scanned: plan.scanned.filter(table => table !== 'inquiry_activity')}); // is empty
      expect(plan.indexes).toContain('inquiry_status_updated_at_idx');
    }
  }));

test('each index of inquiries is read by a statement of the tests above', () =>
  expectEachIndexUsed(client, 'inquiry', used));

// The last one: what it rolls back stays in the table's files.
test('a search for a word of the newest ten rows alone does not look for a page of them in all rows', async () => {
  const {words, text} = searchedInquiry({name: 'Ada', email: 'a@example.org', message: 'A rhinoceros'});
  await client.query('BEGIN');
  try {
    await client.query(
      `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
       SELECT ${idOf('now()')}, 'sales', 'Ada', 'a@example.org', 'A rhinoceros', now(), now(), $1::tsvector, $2
       FROM generate_series(1, 10)`,
      [words, text],
    );
    await client.query('ANALYZE inquiry');
    await client.query(`UPDATE pg_class SET reltuples = reltuples * 5 WHERE oid = 'inquiry'::regclass`);
    const filter = filterOf({title: 'rhinoceros', query: {q: 'rhinoceros'}}, 'newest');
    const plan = await planOf(pageStatement(INQUIRY_LIST, filter, PAGE));
    expectIndexed(plan);
    if (plan.pages > MOST_CLUSTERED_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
    expect(plan.rows).toBe(10);
  } finally {
    await client.query('ROLLBACK');
  }
});
