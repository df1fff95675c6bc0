// How lists of subscriptions are read from 200,000 of them: by an index, without sorting what is not on the page, and
// as cheaply at page 10,000 as at page 1.
import {Client, type QueryConfig} from 'pg';
import {listQuery, toConditions} from '../../../src/controllers/subscription-queries';
import {type ListPosition, pageStatement, type PageRequest} from '../../../src/repositories/query/keyset-list';
import {removeSubscriptionsStatement} from '../../../src/repositories/privacy/privacy.repository';
import {MENTION_TABLES} from '../../../src/repositories/privacy/mention-tables';
import {candidatesStatement} from '../../../src/repositories/privacy/email-mentions';
import {expiredCountStatement, removeExpiredStatement} from '../../../src/repositories/privacy/retention.repository';
import {SUBSCRIPTION_LIST, type SubscriptionFilter} from '../../../src/repositories/subscription/subscription-list';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {idOf} from '../../helpers/ids';
import {expectEachIndexUsed, explain, type QueryPlan} from '../../helpers/query-plan';
import {onTeardown} from '../../helpers/teardown';

const ROWS = 200_000;
const PAGE: PageRequest = {limit: 26};
const MOST_SORTED_ROWS = 500;
const MOST_PAGES = 1000;

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await givenDatabase();
  // Most are active and on the newsletter; who left did so at any time, few are pending, one list is rare.
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, list, status, consent_version, consent_text_sha256,
                               consented_at, unsubscribed_at, created_at, updated_at)
     SELECT ${idOf('at')}, 'u' || n || '@example.org', 'u' || n || '@example.org',
            CASE WHEN n % 1000 = 7 THEN 'rare' WHEN n % 10 = 0 THEN 'product' ELSE 'newsletter' END,
            (CASE WHEN n % 2000 = 3 THEN 'pending' WHEN n % 20 = 0 THEN 'unsubscribed' ELSE 'active' END)::subscription_status,
            '2026-11', repeat('a', 64), at, CASE WHEN n % 20 = 0 AND n % 2000 <> 3 THEN at END, at, at
     FROM generate_series(1, $1) AS n, LATERAL (SELECT now() - n * interval '5 minutes' AS at) AS t`,
    [ROWS],
  );
  await database.query(
    `INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at)
     SELECT id, id, 'given', 'request', consent_version, consent_text_sha256, created_at FROM subscription`,
  );
  await database.query('VACUUM (ANALYZE) subscription, subscription_consent');
  client = new Client({connectionString: database.url});
  await client.connect();
  onTeardown(() => client.end());
}, 120_000);

const OLD = {kind: 'subscription', status: 'unsubscribed', before: new Date(Date.now() - 690 * 86_400_000)} as const;
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const LISTS: [string, Record<string, string>, Record<string, unknown>][] = [
  ['nothing asked', {}, {}],
  ...['active', 'pending', 'unsubscribed'].map(
    status => [`status ${status}`, {status}, {}] as [string, Record<string, string>, Record<string, unknown>],
  ),
  ['a frequent list', {list: 'newsletter'}, {}],
  ['a rare list', {list: 'rare'}, {}],
  ['no such list', {list: 'nothing'}, {}],
  ['a list and a status', {list: 'product', status: 'unsubscribed'}, {}],
  ['created since', {createdFrom: ago(300)}, {}],
  ['created until', {createdTo: ago(300)}, {}],
  ['created in a week, by status', {createdFrom: ago(307), createdTo: ago(300), status: 'active'}, {}],
  ['status neq the frequent one', {}, {status: {neq: 'active'}}],
  ['status neq a rare one', {}, {status: {neq: 'pending'}}],
  ['status inq', {}, {status: {inq: ['pending', 'unsubscribed']}}],
  ['list inq', {}, {list: {inq: ['rare', 'product']}}],
  ['updated in a day', {}, {updatedAt: {between: [ago(301), ago(300)]}}],
];

function filterOf(query: Record<string, string>, where: object, order: SubscriptionFilter['order']) {
  const parsed = listQuery.parse({...query, filter: {where}});
  return {conditions: [...toConditions(parsed), ...(parsed.filter?.conditions ?? [])], order};
}

const used = new Set<string>(); // indexes

async function planOf(statement: QueryConfig, isGeneric = false): Promise<QueryPlan> {
  const plan = await explain(client, statement, isGeneric);
  for (const index of plan.indexes) used.add(index);
  return plan;
}

function expectIndexed(plan: QueryPlan): void {
  if (plan.scanned.length > 0 || plan.indexes.length === 0) throw new Error(`No index is used:\n${plan.text}`);
  if (plan.sortedRows > MOST_SORTED_ROWS) throw new Error(`Too many rows are sorted:\n${plan.text}`);
  if (plan.pages > MOST_PAGES) throw new Error(`${plan.pages} pages:\n${plan.text}`);
}

describe.each(['newest', 'oldest'] as const)('%s first', order => {
  test.each(LISTS)('%s', async (_title, query, where) => {
    const statement = pageStatement(SUBSCRIPTION_LIST, filterOf(query, where, order), PAGE);
    expectIndexed(await planOf(statement));
    if (statement.name !== undefined) expectIndexed(await planOf(statement, true));
  });

  test.each<[string, Record<string, string>]>([
    ['all', {}],
    ['a status', {status: 'active'}],
    ['a list', {list: 'newsletter'}],
  ])('page 10,000 touches as much as page 1: %s', async (_title, query) => {
    const filter = filterOf(query, {}, order);
    const first = await planOf(pageStatement(SUBSCRIPTION_LIST, filter, PAGE));
    const {text, values} = pageStatement(SUBSCRIPTION_LIST, filter, {limit: 1, offset: 170_000});
    const [after] = await database.query<ListPosition>(text, values);
    const late = await planOf(pageStatement(SUBSCRIPTION_LIST, filter, {...PAGE, after}));
    expect([first.rows, late.rows]).toEqual([PAGE.limit, PAGE.limit]);
    if (late.pages > 1.5 * first.pages + 10) throw new Error(`${first.pages}, then ${late.pages} pages:\n${late.text}`);
  });
});

test.each<[string, QueryConfig, string]>([
  [
    'those that quote an address are read',
    candidatesStatement(MENTION_TABLES[2], 'nobody.at.all@example.org', {toErase: false}),
    'subscription_addresses_idx',
  ],
  [
    'those that quote an address are locked',
    candidatesStatement(MENTION_TABLES[2], 'nobody.at.all@example.org', {toErase: true}),
    'subscription_addresses_idx',
  ],
  [
    'entries of the history that quote an address are read',
    candidatesStatement(MENTION_TABLES[3], 'nobody.at.all@example.org', {toErase: false}),
    'subscription_consent_addresses_idx',
  ],
  [
    'the history of those of an address is removed',
    removeSubscriptionsStatement('u7@example.org'),
    'subscription_consent_subscription_id_idx',
  ],
  ['old ones are counted', expiredCountStatement(OLD), 'subscription_status_updated_at_idx'],
  ['old ones are removed', removeExpiredStatement(OLD, {limit: 100}), 'subscription_status_updated_at_idx'],
  ['those of an address are removed', removeSubscriptionsStatement('u7@example.org'), 'subscription_email_list_key'],
])('%s by their index', async (_title, statement, index) => {
  await client.query('BEGIN');
  try {
    const plan = await planOf(statement);
    expectIndexed({...plan, scanned: plan.scanned.filter(table => table !== 'idempotency_record')}); // is empty
    expect(plan.indexes).toContain(index);
  } finally {
    await client.query('ROLLBACK');
  }
});

test('each index of subscriptions is read by a statement of the tests above', () =>
  expectEachIndexUsed(client, 'subscription', used));
