// Pages and entries of the feed, whose JSON is made of PostgreSQL's text of each value, mean the same as rows that the server reads and
// writes itself, however odd what they hold; and the feed that comes with a page is that of its very rows.
import {uuidv7} from 'uuidv7';
import {MAX_COUNTED} from '../../../src/contract/page';
import {toView} from '../../../src/controllers/inquiry-view';
import {PostgresDataSource} from '../../../src/datasources/postgres/postgres.datasource';
import {Inquiry} from '../../../src/models/inquiry.model';
import type {FeedPosition} from '../../../src/repositories/change-feed/feed-position';
import {type FeedEntry, InquiryFeedRepository} from '../../../src/repositories/change-feed/inquiry-feed.repository';
import {INQUIRY_LIST} from '../../../src/repositories/inquiry/inquiry-list';
import {InquiryRepository} from '../../../src/repositories/inquiry/inquiry.repository';
import {pageStatement} from '../../../src/repositories/query/keyset-list';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {INSERT_INQUIRY, settled} from '../../helpers/feed';
import {givenLogger} from '../../helpers/logger';
import {HOSTILE_TEXTS} from '../../helpers/hostile-input';
import {onTeardown} from '../../helpers/teardown';

let database: TestDatabase;
let postgres: PostgresDataSource;
let inquiries: InquiryRepository;
let feed: InquiryFeedRepository;

beforeEach(async () => {
  database = await givenDatabase();
  postgres = new PostgresDataSource({url: database.url, poolSize: 6, logger: givenLogger().logger});
  onTeardown(() => postgres.stop());
  inquiries = new InquiryRepository(postgres, MAX_COUNTED);
  feed = new InquiryFeedRepository(postgres);
});

const ALL = {conditions: [], order: 'newest'} as const;
const BEGINNING = {xid: '0', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff'};

const TIMES = [
  '2026-11-25T12:00:00.000Z',
  '2026-11-25T12:00:00.100Z',
  '2026-11-25T12:00:00.001Z',
  '2026-03-29T01:30:00.999Z', // in the hour that a change of clocks leaves out or repeats
  '2026-10-25T01:30:00.500Z',
  '1969-12-31T23:59:59.999Z',
  '0099-01-01T00:00:00.010Z',
  '9999-12-31T23:59:59.999Z',
];

// What is not valid UTF-8 or NUL cannot be stored; everything else can, whether or not REST would take it.
const TEXTS = [
  ...HOSTILE_TEXTS.map(({text}) => text).filter(text => text.isWellFormed() && !text.includes('\0')),
  Array.from({length: 0x24f}, (_, index) => String.fromCharCode(index + 1)).join(''),
  'line\nbreak,\n,\\n and \u2028\u2029',
  '"quoted" \\back\\slash\\ </script>',
  '[{"id":1}],\n{"a":"b"}',
  'a'.repeat(5000),
].filter(text => text !== '' && Array.from(text).length <= 5000);

const METADATA: unknown[] = [
  null,
  {},
  JSON.parse('{"__proto__": "a", "constructor": "b", "toObject": "c", "toJSON": "d", "toString": "e", "length": "1"}'),
  {b: '1', a: '2', '10': '3', '9': '4', '': '5', aa: '6'},
  Object.fromEntries(TEXTS.slice(0, 20).map((text, index) => [`key-${index}`, text])),
];

async function givenOddInquiries(): Promise<number> {
  const count = Math.max(TEXTS.length, TIMES.length);
  for (let index = 0; index < count; index++) {
    const text = TEXTS[index % TEXTS.length];
    const optional = index % 3 === 0 ? null : text;
    const metadata = METADATA[index % METADATA.length];
    await database.query(
      `INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url,
         metadata, privacy_notice_version, assignee, spam_reasons, created_at, updated_at, search_words, search_text)
       VALUES ($1, 'sales', left($2, 120), 'a@example.org', left($3, 32), left($3, 160), left($3, 200), $2,
         left($3, 35), left($3, 2048), $4::text::jsonb, left($3, 64), left($3, 255), $5::text::jsonb, $6, $6, '', '')`,
      [
        uuidv7(),
        text,
        optional,
        metadata === null ? null : JSON.stringify(metadata),
        JSON.stringify(index % 2 ? [] : [text, 'b']),
        TIMES[index % TIMES.length],
      ],
    );
  }
  return count;
}

/** The page as LoopBack's way would answer it: rows, views of them, JSON. */
async function asObjects(limit: number): Promise<unknown[]> {
  const {rows} = await postgres.query<Inquiry>(pageStatement(INQUIRY_LIST, ALL, {limit}));
  return JSON.parse(JSON.stringify(rows.map(toView))) as unknown[];
}

/** Keys in their order as well. */
function expectSame(given: unknown, expected: unknown): void {
  expect(given).toStrictEqual(expected);
  expect(JSON.stringify(given)).toBe(JSON.stringify(expected));
}

test.each(['UTC', 'Asia/Kolkata', 'Europe/Berlin'])(
  'a page means what the rows mean, in the time zone %s',
  async zone => {
    await givenOddInquiries();
    const [name] = await database.query<{name: string}>('SELECT current_database() AS name');
    await database.query(`ALTER DATABASE ${name?.name} SET timezone = '${zone}'`);
    const expected = await asObjects(101);
    expect(expected.length).toBeGreaterThan(40);
    for (const limit of [1, 2, 7, expected.length - 1, expected.length, 100]) {
      const {json, next} = await inquiries.page(ALL, {limit});
      expectSame(JSON.parse(json), expected.slice(0, limit));
      const last = limit < expected.length ? (expected[limit - 1] as {id: string}) : undefined;
      expect(next).toEqual(last && {id: last.id});
    }
  },
);

test('a page of nothing is an empty array, and has an end', async () => {
  const {json, next, end} = await inquiries.page(ALL, {limit: 1});
  expect([json, next]).toEqual(['[]', undefined]);
  expect(end).toEqual({epoch: expect.stringMatching(/^[0-9a-f]{16}$/) as string, xid: '0', id: BEGINNING.id});
});

test('an offset and a page agree', async () => {
  const count = await givenOddInquiries();
  const all = JSON.parse((await inquiries.page(ALL, {limit: 100})).json) as unknown[];
  for (const [limit, offset] of [
    [5, 3],
    [10, count - 10],
    [10, count - 4],
    [10, count + 1],
  ] as const) {
    const {json, next} = await inquiries.page(ALL, {limit, offset});
    expectSame(JSON.parse(json), all.slice(offset, offset + limit));
    expect(next === undefined).toBe(offset + limit >= count);
  }
});

test('entries of the feed mean what the rows mean', async () => {
  await givenOddInquiries();
  await settled(database);
  const {end} = await inquiries.page(ALL, {limit: 1});
  const page = await feed.read({after: {...end, ...BEGINNING}, limit: 100});
  const listed = (page?.entries ?? []).map(entry =>
    'inquiryJson' in entry ? (JSON.parse(entry.inquiryJson) as unknown) : entry,
  );
  const byId = (rows: unknown[]) => [...(rows as {id: string}[])].sort((a, b) => (a.id < b.id ? -1 : 1));
  expectSame(byId(listed), byId(await asObjects(101)));
});

// The end and the rows are of one snapshot. Were the end of a later one, an inquiry that is committed between the two
// would be in neither.
test('what is committed while pages are read is in the page or in the feed after it, never in neither', async () => {
  const stored: string[] = [];
  const pages: {ids: Set<string>; end: FeedPosition}[] = [];
  let isOver = false;
  const write = async () => {
    while (!isOver) {
      const id = uuidv7();
      await database.query(INSERT_INQUIRY, [id, 'sales']);
      stored.push(id);
    }
  };
  const read = async () => {
    while (pages.length < 60) {
      const {json, end} = await inquiries.page(ALL, {limit: 100});
      pages.push({ids: new Set((JSON.parse(json) as {id: string}[]).map(({id}) => id)), end});
    }
    isOver = true;
  };
  await Promise.all([write(), read()]);
  await settled(database);
  for (const {ids, end} of pages.filter((_, index) => index % 6 === 0)) {
    const after = new Set<string>();
    for (let position: FeedPosition | undefined = end; position;) {
      const page = await feed.read({after: position, limit: 100});
      if (!page) throw new Error('the feed has not expired');
      for (const entry of page.entries) after.add(idOf(entry));
      position = page.hasMore ? page.next : undefined;
    }
    if (ids.size < 100) expect(stored.filter(id => !ids.has(id) && !after.has(id))).toEqual([]);
  }
});

function idOf(entry: FeedEntry): string {
  return 'goneId' in entry ? entry.goneId : (JSON.parse(entry.inquiryJson) as {id: string}).id;
}
