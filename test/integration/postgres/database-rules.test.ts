// What must be true is true in PostgreSQL, whoever writes: each rule of the schema with a row that breaks it, what refuses
// that, and with which SQLSTATE. By types first: varchar(n) is 22001, an enum 22P02, a domain 23514 with the domain's name.
import {randomUUID} from 'node:crypto';
import type {DatabaseError} from 'pg';
import {newId} from '../../../src/platform/time-ordered-id';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {textColumns} from '../../helpers/text-columns';

type Row = Readonly<Record<string, unknown>>;

const NOW = new Date();
const INQUIRY_ID = newId();

/** A row of each table that all rules let in, different each time where it must be. */
const GOOD: Readonly<Record<string, () => Row>> = {
  inquiry: () => ({
    ...{id: newId(), topic: 'sales', name: 'Ada', email: 'Ada@Example.org', message: 'Hello'},
    ...{phone: null, company: null, subject: null, locale: null, source_url: null, metadata: null},
    ...{privacy_notice_version: null, status: 'new', assignee: null, spam_reasons: '[]', version: 1},
    ...{created_at: NOW, updated_at: NOW, changed_xid: '5', search_words: '', search_text: ''},
  }),
  inquiry_activity: () => ({
    ...{id: newId(), inquiry_id: INQUIRY_ID, kind: 'note', actor: 'auth0|ada', note: 'A note', created_at: NOW},
  }),
  idempotency_record: () => ({digest: Buffer.from(randomUUID()), id: newId()}),
  inquiry_tombstone: () => ({inquiry_id: newId(), topic: 'sales', changed_xid: '5', created_at: NOW}),
  inquiry_tombstone_floor: () => ({epoch: newId().replaceAll('-', '').slice(-16), changed_xid: '5'}),
  feed_secret: () => ({only_row: true, secret: Buffer.alloc(32)}),
  subscription: () => ({
    ...{id: newId(), email: 'Ada@Example.org', email_normalized: `${randomUUID()}@example.org`, list: 'newsletter'},
    ...{locale: null, status: 'active', consent_version: '1', consent_text_sha256: 'a'.repeat(64), consented_at: NOW},
    ...{source_url: null, unsubscribed_at: null, version: 1, created_at: NOW, updated_at: NOW},
  }),
  subscription_consent: () => ({
    ...{id: newId(), subscription_id: INQUIRY_ID, kind: 'given', method: 'request', consent_version: '1'},
    ...{consent_text_sha256: 'a'.repeat(64), actor: null, reason: null, created_at: NOW},
  }),
  privacy_audit: () => ({
    ...{id: newId(), kind: 'erasure', actor: 'auth0|ada', request_id: 'a.request-1', counts: '{"inquiries": 1}'},
    ...{created_at: NOW},
  }),
};

const tooLong = (length: number) => ({code: '22001', by: `character varying(${length})`});
const domain = (name: string) => ({code: '23514', by: name});
const noneOf = (name: string) => ({code: '22P02', by: name});
const check = (name: string) => ({code: '23514', by: name});
const ofNoRow = (name: string) => ({code: '23503', by: name});
const unique = (name: string) => ({code: '23505', by: name});

interface Rule {
  table: string;
  /** What differs from a good row; a list has a value of each kind that breaks it. */
  column: string;
  values: readonly unknown[];
  code: string;
  by: string;
}
const rule = (place: string, {code, by}: {code: string; by: string}, ...values: unknown[]): Rule => {
  const [table = '', column = ''] = place.split('.');
  return {table, column, values, code, by};
};
const x = (length: number) => 'x'.repeat(length);
// Lengths are of code points: these are two UTF-16 units and four bytes each.
const emoji = (length: number) => '🎉'.repeat(length);
const NOT_SLUGS = ['', 'Sales', 'sales_', '-sales', 'sales-', 'ä', 'sales\n'];

const RULES: readonly Rule[] = [
  rule('inquiry.topic', domain('slug'), ...NOT_SLUGS),
  rule('inquiry.topic', tooLong(40), x(41)),
  rule('inquiry.name', domain('person_name'), ''),
  rule('inquiry.name', tooLong(120), x(121), emoji(121)),
  rule('inquiry.email', domain('email_address'), '', 'a@'),
  rule('inquiry.email', tooLong(254), x(255)),
  rule('inquiry.phone', tooLong(32), x(33)),
  rule('inquiry.company', tooLong(160), x(161)),
  rule('inquiry.subject', tooLong(200), x(201)),
  rule('inquiry.message', domain('message_text'), ''),
  rule('inquiry.message', tooLong(5000), x(5001), emoji(5001)),
  rule('inquiry.locale', tooLong(35), x(36)),
  rule('inquiry.source_url', tooLong(2048), x(2049)),
  rule('inquiry.metadata', domain('flat_metadata'), '[]', '"text"', 'null', `{"a": "${x(8192)}"}`),
  rule('inquiry.privacy_notice_version', tooLong(64), x(65)),
  rule('inquiry.assignee', domain('short_text'), '', x(256), emoji(256)),
  rule('inquiry.status', noneOf('inquiry_status'), '', 'New', 'deleted'),
  rule('inquiry.version', domain('row_version'), 0, -1),
  rule('inquiry.id', unique('inquiry_pkey'), INQUIRY_ID),
  rule('inquiry_activity.kind', noneOf('inquiry_activity_kind'), '', 'erasure'),
  rule('inquiry_activity.kind', check('inquiry_activity_note_check'), 'status', 'assignee', 'topic'), // it has a note
  rule('inquiry_activity.note', check('inquiry_activity_note_check'), null, ''), // its kind is that of a note
  rule('inquiry_activity.note', tooLong(5000), x(5001)),
  rule('inquiry_activity.actor', domain('short_text'), '', x(256)),
  rule('inquiry_activity.from_value', domain('short_text'), '', x(256)),
  rule('inquiry_activity.to_value', domain('short_text'), '', x(256)),
  rule('inquiry_activity.inquiry_id', {code: '23503', by: 'inquiry_activity_inquiry_id_fkey'}, randomUUID()),
  rule('inquiry_activity.id', unique('inquiry_activity_pkey'), INQUIRY_ID),
  rule('idempotency_record.digest', unique('idempotency_record_pkey'), Buffer.from('known')),
  rule('inquiry_tombstone.topic', domain('slug'), ...NOT_SLUGS),
  rule('inquiry_tombstone.topic', tooLong(40), x(41)),
  rule('inquiry_tombstone.inquiry_id', unique('inquiry_tombstone_pkey'), INQUIRY_ID),
  rule(
    'inquiry_tombstone_floor.epoch',
    check('inquiry_tombstone_floor_epoch_check'),
    '',
    x(16),
    'A'.repeat(16),
    '0'.repeat(17),
  ),
  rule('inquiry_tombstone_floor.epoch', unique('inquiry_tombstone_floor_pkey'), '0'.repeat(16)),
  rule('feed_secret.only_row', unique('feed_secret_pkey'), true),
  rule('feed_secret.only_row', check('feed_secret_only_row_check'), false),
  rule('feed_secret.secret', check('feed_secret_length_check'), Buffer.alloc(31), Buffer.alloc(33), Buffer.alloc(0)),
  rule('subscription.email', domain('email_address'), '', 'a@'),
  rule('subscription.email', tooLong(254), x(255)),
  rule('subscription.email_normalized', domain('canonical_email_address'), 'Ada@example.org', 'ada@Example.org', 'a@'),
  rule('subscription.email_normalized', tooLong(254), x(255)),
  rule('subscription.email_normalized', unique('subscription_email_list_key'), 'known@example.org'),
  rule('subscription.list', domain('slug'), ...NOT_SLUGS),
  rule('subscription.list', tooLong(40), x(41)),
  rule('subscription.locale', tooLong(35), x(36)),
  rule('subscription.status', noneOf('subscription_status'), '', 'new'),
  rule('subscription.consent_version', domain('version_name'), ''),
  rule('subscription.consent_version', tooLong(64), x(65)),
  rule('subscription.consent_text_sha256', domain('sha256_hex'), '', 'a'.repeat(63), 'A'.repeat(64), 'g'.repeat(64)),
  rule('subscription.consent_text_sha256', tooLong(64), 'a'.repeat(65)),
  rule('subscription.source_url', tooLong(2048), x(2049)),
  rule('subscription.version', domain('row_version'), 0, -1),
  rule('subscription.id', unique('subscription_pkey'), INQUIRY_ID),
  rule('privacy_audit.kind', noneOf('privacy_audit_kind'), '', 'export'),
  rule('subscription_consent.kind', noneOf('consent_kind'), '', 'taken'),
  rule('subscription_consent.method', noneOf('consent_method'), '', 'mail'),
  rule('subscription_consent.consent_version', domain('version_name'), ''),
  rule('subscription_consent.consent_version', tooLong(64), x(65)),
  rule('subscription_consent.consent_text_sha256', domain('sha256_hex'), '', 'A'.repeat(64)),
  rule('subscription_consent.consent_text_sha256', tooLong(64), 'a'.repeat(65)),
  rule('subscription_consent.actor', domain('short_text'), '', x(256)),
  rule('subscription_consent.reason', tooLong(500), x(501)),
  rule('subscription_consent.subscription_id', ofNoRow('subscription_consent_subscription_id_fkey'), newId()),
  rule('subscription_consent.id', unique('subscription_consent_pkey'), INQUIRY_ID),
  rule('privacy_audit.actor', domain('short_text'), '', x(256)),
  rule('privacy_audit.request_id', check('privacy_audit_request_id_check'), '', 'short', 'with a blank'),
  rule('privacy_audit.request_id', tooLong(64), x(65)),
  rule(
    'privacy_audit.counts',
    check('privacy_audit_counts_check'),
    '[]',
    '1',
    '{"email": "ada@example.org"}',
    '{"a": {"b": 1}}',
  ),
  rule('privacy_audit.id', unique('privacy_audit_pkey'), INQUIRY_ID),
];

/** Columns that must have a value. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  feed_secret: ['only_row', 'secret'],
  idempotency_record: ['digest', 'id'],
  inquiry: [
    ...['id', 'topic', 'name', 'email', 'message', 'status', 'spam_reasons', 'version', 'created_at', 'updated_at'],
    ...['changed_xid', 'search_words', 'search_text'],
  ],
  inquiry_activity: ['id', 'inquiry_id', 'kind', 'actor', 'created_at'],
  inquiry_tombstone: ['inquiry_id', 'topic', 'changed_xid', 'created_at'],
  inquiry_tombstone_floor: ['epoch', 'changed_xid'],
  privacy_audit: ['id', 'kind', 'actor', 'counts', 'created_at'],
  subscription_consent: [
    ...['id', 'subscription_id', 'kind', 'method', 'consent_version', 'consent_text_sha256', 'created_at'],
  ],
  subscription: [
    ...['id', 'email', 'email_normalized', 'list', 'status', 'consent_version', 'consent_text_sha256', 'consented_at'],
    ...['version', 'created_at', 'updated_at'],
  ],
};

let database: TestDatabase;

beforeAll(async () => {
  database = await givenDatabase();
  // What a row that must be unique meets; the feed's secret is there.
  await insert('inquiry', {id: INQUIRY_ID});
  await insert('inquiry_activity', {id: INQUIRY_ID});
  await insert('inquiry_tombstone', {inquiry_id: INQUIRY_ID});
  await insert('inquiry_tombstone_floor', {epoch: '0'.repeat(16)});
  await insert('idempotency_record', {digest: Buffer.from('known')});
  await insert('subscription', {id: INQUIRY_ID, email_normalized: 'known@example.org'});
  await insert('subscription_consent', {id: INQUIRY_ID});
  await insert('privacy_audit', {id: INQUIRY_ID});
});

async function insert(table: string, change: Row = {}): Promise<void> {
  const row = {...GOOD[table]?.(), ...change};
  const places = Object.keys(row).map((_, index) => `$${index + 1}`);
  await database.query(
    `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  );
}

/** The same by an UPDATE of a row that is there. */
async function update(table: string, change: Row): Promise<void> {
  const names = Object.keys(change).map((name, index) => `${name} = $${index + 1}`);
  await database.query(`UPDATE ${table} SET ${names.join(', ')}`, Object.values(change));
}

async function refusal(work: Promise<void>): Promise<DatabaseError> {
  return work.then(
    () => Promise.reject(new Error('nothing has refused it')),
    (error: unknown) => error as DatabaseError, // pg's
  );
}

// Only a violated constraint is named by a field of its own; of a domain it is the domain's, whose name says which.
function namedBy({code, constraint, dataType, message}: DatabaseError): string | undefined {
  if (code === '22001') return /type (character varying\(\d+\))$/.exec(message)?.[1];
  if (code === '22P02') return /enum (\w+):/.exec(message)?.[1];
  return dataType ?? constraint;
}

test.each(Object.keys(GOOD).filter(table => table !== 'feed_secret'))('%s takes a good row', async table => {
  await insert(table);
});

test.each(RULES)('$table $column is held by $by ($code)', async ({table, column, values, code, by}) => {
  for (const value of values) {
    const error = await refusal(insert(table, {[column]: value}));
    expect([value, error.code, namedBy(error)]).toEqual([value, code, by]);
  }
});

// The logs are append-only; what must be unique is, whatever writes it.
const APPEND_ONLY = ['inquiry_activity', 'subscription_consent'];
const CHANGEABLE = RULES.filter(({table, code}) => !APPEND_ONLY.includes(table) && code !== '23505');

test.each(CHANGEABLE)(
  '$table $column is held by $by against an UPDATE too',
  async ({table, column, values, code, by}) => {
    for (const value of values) {
      const error = await refusal(update(table, {[column]: value}));
      expect([value, error.code, namedBy(error)]).toEqual([value, code, by]);
    }
  },
);

test.each(Object.keys(REQUIRED))('%s requires what it requires', async table => {
  for (const column of REQUIRED[table] ?? []) {
    const error = await refusal(insert(table, {[column]: null}));
    expect([column, error.code, error.column]).toEqual([column, '23502', column]);
  }
});

test('the longest that is allowed is taken, counted in code points', async () => {
  const texts = {topic: 'a'.repeat(40), name: emoji(120), phone: emoji(32), company: emoji(160), subject: emoji(200)};
  const more = {message: emoji(5000), locale: x(35), source_url: x(2048), privacy_notice_version: x(64), email: x(254)};
  await insert('inquiry', {...texts, ...more, metadata: JSON.stringify({a: x(8183)})});
  await insert('inquiry', {assignee: emoji(255)});
  await insert('inquiry_activity', {note: emoji(5000), actor: emoji(255), from_value: x(255), to_value: x(255)});
  await insert('privacy_audit', {actor: emoji(255)});
});

// What the application makes itself, of what is bounded or of nothing that comes from outside.
const MADE = ['idempotency_record.digest', 'inquiry.search_text', 'inquiry.spam_reasons'];
const LONG: Readonly<Record<string, unknown>> = {jsonb: `{"a": "${x(100_000)}"}`, bytea: Buffer.alloc(100_000, 'x')};

test('no column takes a text of any length, but for those that the application makes', async () => {
  const taken: string[] = [];
  for (const {table, column, type} of await textColumns(database)) {
    if (table === 'pgmigrations') continue;
    const inserted = insert(table, {[column]: LONG[type] ?? x(100_000)});
    const code = await inserted.then(
      () => 'taken',
      (error: unknown) => (error as DatabaseError).code, // pg's
    );
    // Another one is no rule of ours: 54000 is the end of an index's page.
    if (!['22001', '22P02', '23514'].includes(code ?? '')) taken.push(`${table}.${column}`);
  }
  expect(taken).toEqual(MADE);
});

test('of what is too long, blanks at the end are cut, as the SQL standard has it', async () => {
  const id = newId();
  await insert('inquiry', {id, phone: `${x(32)}   `});
  expect(await database.query('SELECT phone FROM inquiry WHERE id = $1', [id])).toEqual([{phone: x(32)}]);
});

test('two subscriptions of an address are of two lists', async () => {
  const address = {email_normalized: 'two@example.org'};
  await insert('subscription', {...address, list: 'one'});
  await insert('subscription', {...address, list: 'other'});
  const error = await refusal(insert('subscription', {...address, list: 'one'}));
  expect([error.code, error.constraint]).toEqual(['23505', 'subscription_email_list_key']);
});

test('the activity is append-only, but for an erasure; it goes with its inquiry', async () => {
  const change = () => update('inquiry_activity', {note: 'Another note'});
  const error = await refusal(change());
  expect([error.code, error.message]).toEqual(['23001', 'inquiry_activity is append-only']);
  await database.query(
    `BEGIN; SET LOCAL outreach.erasure = 'on'; UPDATE inquiry_activity SET actor = '[gone]'; COMMIT`,
  );
  const id = newId();
  await insert('inquiry', {id});
  await insert('inquiry_activity', {inquiry_id: id});
  await database.query('DELETE FROM inquiry WHERE id = $1', [id]);
  expect(await database.query('SELECT FROM inquiry_activity WHERE inquiry_id = $1', [id])).toEqual([]);
});

test('there is no rule but these', async () => {
  const names = await database.query<{name: string}>(`
    SELECT coalesce(typname, conname) AS name FROM pg_constraint LEFT JOIN pg_type ON pg_type.oid = contypid
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c') AND conname <> 'pgmigrations_pkey'
    UNION ALL SELECT typname FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace`);
  const known = RULES.filter(({code}) => code !== '22001').map(({by}) => by);
  expect([...new Set(known)].sort()).toEqual(names.map(({name}) => name).sort());
  // A domain's length is that of its varchar.
  const lengths = await database.query<{place: string}>(`
    SELECT concat(relname, '.', attname, ' ', format_type(coalesce(nullif(typbasetype, 0), atttypid), greatest(typtypmod, atttypmod))) AS place
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'pgmigrations' AND NOT attisdropped
      AND 'varchar'::regtype IN (atttypid, typbasetype)`);
  const limited = RULES.filter(({code}) => code === '22001').map(({table, column, by}) => `${table}.${column} ${by}`);
  expect(limited.sort()).toEqual(lengths.map(({place}) => place).sort());
  const required = await database.query<{place: string}>(`
    SELECT concat(relname, '.', attname) AS place FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'pgmigrations' AND attnum > 0 AND attnotnull`);
  const listed = Object.entries(REQUIRED).flatMap(([table, columns]) => columns.map(column => `${table}.${column}`));
  expect(listed.sort()).toEqual(required.map(({place}) => place).sort());
});
