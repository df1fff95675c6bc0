// LoopBack's own methods of the repositories give and keep whatever JSON a visitor sends as metadata, and keep what is made
// of the texts for the search and for erasures.
import {EntityNotFoundError} from '@loopback/repository';
import {randomUUID} from 'node:crypto';
import {Inquiry} from '../../../src/models/inquiry.model';
import {newId, timeOfId} from '../../../src/platform/time-ordered-id';
import {InquiryActivityRepository} from '../../../src/repositories/inquiry/inquiry-activity.repository';
import {searchedInquiry} from '../../../src/repositories/inquiry/inquiry-search';
import {InquiryRepository} from '../../../src/repositories/inquiry/inquiry.repository';
import {addressVector} from '../../../src/repositories/privacy/mention-keys';
import {SubscriptionRepository} from '../../../src/repositories/subscription/subscription.repository';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

/** Keys that JavaScript, juggler, LoopBack or its filters give a meaning. */
const METADATA: Record<string, string>[] = [
  {toObject: 'x'},
  {toJSON: 'x'},
  {toString: 'x', valueOf: 'y'},
  {constructor: 'x'},
  {hasOwnProperty: 'y', isPrototypeOf: 'z'},
  {__data: 'x', __cachedRelations: 'y', __strict: 'z', __parent: 'p'},
  {then: 'x', catch: 'y'},
  {length: '3'},
  {'0': 'a', '1': 'b'},
  {inq: 'a', like: 'b', eq: 'c', and: 'd', regexp: '('},
  {_bsontype: 'ObjectID', toArray: 'x', id: 'y'},
  {utm_source: 'newsletter', gclid: ''},
];
/** What a program may store, though no visitor can send it. */
const NOT_FROM_VISITORS: Record<string, string>[] = [
  {$in: 'x'},
  {$where: '1'},
  {},
  JSON.parse('{"__proto__": "x"}') as Record<string, string>, // in a literal it would be the prototype
];

let database: TestDatabase;
let rest: TestRest;
let inquiries: InquiryRepository;

beforeAll(async () => {
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
  inquiries = await rest.app.getRepository(InquiryRepository);
});

/** What a program must give. */
function newInquiry(id: string) {
  const time = timeOfId(id);
  return {
    ...{id, topic: 'sales', name: 'Ada Lovelace', email: `${id}@example.org`, message: 'Hello', status: 'new' as const},
    ...{spamReasons: [], version: 1, createdAt: time, updatedAt: time},
  };
}

async function givenInquiry(metadata: Record<string, string>): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission({metadata}));
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

async function stored(id: string): Promise<unknown> {
  const rows = await database.query<{text: string}>('SELECT metadata::text AS text FROM inquiry WHERE id = $1', [id]);
  return entries(JSON.parse(rows[0]?.text ?? 'null'));
}

// What an object has itself, in one order: jsonb keeps none.
function entries(value: unknown): [string, unknown][] {
  return Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)); // throws for null
}

test.each(METADATA)('find, findById and findOne give the inquiry with the metadata %j', async metadata => {
  const id = await givenInquiry(metadata);
  const [row] = await database.query<Record<string, unknown>>('SELECT * FROM inquiry WHERE id = $1', [id]);
  const found = [
    await inquiries.findById(id),
    await inquiries.findOne({where: {id}}),
    ...(await inquiries.find({where: {id}})),
  ];
  expect(found).toHaveLength(3);
  for (const inquiry of found) {
    expect(inquiry).toBeInstanceOf(Inquiry);
    expect(inquiry).toMatchObject({
      id,
      email: row?.email,
      phone: null,
      status: 'new',
      spamReasons: [],
      version: 1,
      createdAt: row?.created_at,
      updatedAt: row?.updated_at,
    });
    expect(Array.isArray(inquiry?.spamReasons)).toBe(true);
    const asJson = JSON.parse(JSON.stringify(inquiry)) as Inquiry;
    expect(asJson).toMatchObject({id, spamReasons: [], version: 1});
    for (const each of [inquiry, asJson, inquiry?.toObject() as Inquiry | undefined]) {
      expect(entries(each?.metadata)).toEqual(entries(metadata));
    }
  }
});

test.each([...METADATA, ...NOT_FROM_VISITORS])('create, update and replace store the metadata %j', async metadata => {
  const id = newId();
  const created = await inquiries.create({
    ...newInquiry(id),
    spamReasons: ['a'],
    metadata,
  });
  expect(created).toBeInstanceOf(Inquiry);
  expect(entries(created.metadata)).toEqual(entries(metadata));
  expect(created.spamReasons).toEqual(['a']);
  expect(await stored(id)).toEqual(entries(metadata));

  await inquiries.updateById(id, {metadata: {}});
  expect(await stored(id)).toEqual([]);
  await inquiries.updateById(id, {metadata});
  expect(await stored(id)).toEqual(entries(metadata));

  const found = await inquiries.findById(id);
  found.name = 'Grace Hopper';
  await inquiries.update(found);
  await inquiries.replaceById(id, found);
  await inquiries.save(found);
  expect(await inquiries.findById(id)).toMatchObject({name: 'Grace Hopper', spamReasons: ['a']});
  expect(await stored(id)).toEqual(entries(metadata));
});

describe('what the search and an erasure read', () => {
  /** What stands in the table, and what the application would have made of the row. */
  async function searched(id: string): Promise<[unknown, unknown]> {
    const [row] = await database.query<{words: string; text: string}>(
      'SELECT search_words::text AS words, search_text AS text FROM inquiry WHERE id = $1',
      [id],
    );
    const made = searchedInquiry(await inquiries.findById(id));
    const [{words} = {words: ''}] = await database.query<{words: string}>('SELECT $1::tsvector::text AS words', [
      made.words,
    ]);
    return [row, {words, text: made.text}];
  }

  async function expectSearched(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const [stored, made] = await searched(id);
      expect([id, stored]).toEqual([id, made]);
    }
  }

  const full = () => ({
    ...newInquiry(newId()),
    phone: '+49 30 1234567',
    company: 'Engines & Söhne',
    subject: 'A price for bob@example.com',
    metadata: {referrer: 'cyd@example.net'},
    spamReasons: ['from dan@example.net'],
  });

  test('is made by create, createAll and save', async () => {
    const one = await inquiries.create(full());
    const many = await inquiries.createAll([full(), newInquiry(newId())]);
    await expectSearched([one, ...many].map(({id}) => id));
    const {createdAt} = one;
    await inquiries.save(Object.assign(new Inquiry(), full(), {id: one.id, createdAt, name: 'Saved'}));
    await expectSearched([one.id]);
    const [row] = await database.query<{text: string}>('SELECT search_text AS text FROM inquiry WHERE id = $1', [
      one.id,
    ]);
    expect(row?.text).toContain(' saved');
  });

  test.each<Partial<Inquiry>>([
    {name: 'Grace'},
    {email: 'Grace@Example.org'},
    {phone: null},
    {company: 'Yale'},
    {subject: null},
    {message: 'Ask eve@example.net'},
    {locale: 'x@y.example'},
    {sourceUrl: 'https://example.org/?of=fay%40example.net'},
    {metadata: {referrer: 'gil@example.net'}},
    {privacyNoticeVersion: 'of hal@example.net'},
    {spamReasons: ['ivo@example.net']},
    {name: 'Grace', subject: 'Another', version: 2},
  ])('follows %j, by updateById and by update', async change => {
    const [one, other] = [full(), full()];
    await inquiries.createAll([one, other]);
    await inquiries.updateById(one.id, change);
    const found = await inquiries.findById(other.id);
    await inquiries.update(Object.assign(found, change));
    for (const {id} of [one, other]) expect(await inquiries.findById(id)).toMatchObject(change);
    await expectSearched([one.id, other.id]);
  });

  test('follows replaceById, also what that leaves out', async () => {
    const {id, ...texts} = full();
    await inquiries.create({id, ...texts});
    await inquiries.replaceById(id, {...newInquiry(id), name: 'Replaced'});
    expect(await inquiries.findById(id)).toMatchObject({name: 'Replaced', phone: null, company: null});
    await expectSearched([id]);
  });

  test('follows updateAll in each row that matches, and in no other', async () => {
    const [company, other] = [`Company ${randomUUID()}`, newInquiry(newId())];
    const rows = [1, 2, 3].map(number => ({...newInquiry(newId()), company, message: `Hello ${number}`}));
    await inquiries.createAll([...rows, other]);
    expect(await inquiries.updateAll({company: 'Yale', name: 'Grace'}, {company})).toEqual({count: 3});
    expect(await inquiries.updateAll({name: 'Nobody'}, {company})).toEqual({count: 0});
    await expectSearched([...rows, other].map(({id}) => id));
    expect(await inquiries.findById(other.id)).toMatchObject({name: 'Ada Lovelace'});
  });

  test('is of the transaction that the caller has, and of both changes that come at once', async () => {
    const {id} = await inquiries.create(full());
    const transaction = await inquiries.dataSource.beginTransaction({});
    await inquiries.updateById(id, {name: 'Grace'}, {transaction});
    const second = inquiries.updateById(id, {company: 'Yale'}); // waits for the row
    expect((await inquiries.findById(id)).name).toBe('Ada Lovelace');
    await transaction.commit();
    await second;
    expect(await inquiries.findById(id)).toMatchObject({name: 'Grace', company: 'Yale'});
    await expectSearched([id]);
  });

  test('nothing is changed where the change is refused, and no connection is kept', async () => {
    const {id} = await inquiries.create(full());
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(inquiries.updateById(id, {name: 'x'.repeat(121)})).rejects.toMatchObject({code: '22001'});
    }
    await expect(inquiries.updateById(newId(), {name: 'Grace'})).rejects.toThrow(EntityNotFoundError);
    await expect(inquiries.create({...newInquiry(newId()), email: undefined})).rejects.toThrow('email');
    expect(await inquiries.findById(id)).toMatchObject({name: 'Ada Lovelace'});
    await expectSearched([id]);
  });

  test('is kept of subscriptions and activities as well, and no property shows it', async () => {
    const [subscriptions, activities] = await Promise.all([
      rest.app.getRepository(SubscriptionRepository),
      rest.app.getRepository(InquiryActivityRepository),
    ]);
    const id = newId();
    const now = timeOfId(id);
    const email = `${id}@example.org`;
    const consent = {consentVersion: '1', consentTextSha256: 'a'.repeat(64), consentedAt: now};
    const dates = {createdAt: now, updatedAt: now};
    await subscriptions.create({
      id,
      email,
      emailNormalized: email,
      list: 'news',
      status: 'active',
      version: 1,
      ...consent,
      ...dates,
    });
    await inquiries.create(newInquiry(id));
    const note = {kind: 'note', actor: 'ada', note: 'Ask zoe@example.net', createdAt: now} as const;
    const logged = await activities.create({id, inquiryId: id, ...note});
    const keysOf = async (text: string) => {
      const [row] = await database.query<{keys: string}>('SELECT $1::tsvector::text AS keys', [addressVector([text])]);
      return row?.keys;
    };
    const addresses = async (table: string) =>
      (await database.query<{of: string | null}>(`SELECT addresses::text AS of FROM ${table} WHERE id = $1`, [id]))[0]
        ?.of;
    expect([await addresses('subscription'), await addresses('inquiry_activity')]).toEqual([
      null,
      await keysOf('Ask zoe@example.net'),
    ]);
    await subscriptions.updateById(id, {sourceUrl: 'https://example.org/?of=fay%40example.net'});
    expect(await addresses('subscription')).toBe(await keysOf('?of=fay%40example.net'));
    await subscriptions.updateById(id, {sourceUrl: null});
    expect(await addresses('subscription')).toBeNull();
    for (const entity of [logged, await subscriptions.findById(id), await inquiries.findById(id)]) {
      expect(Object.keys(entity.toJSON())).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/search|addresses/)]),
      );
    }
  });
});

describe('with hostile metadata in the table, a filter', () => {
  const company = `Company ${randomUUID()}`;
  let ids: string[];

  beforeAll(async () => {
    ids = [];
    for (const metadata of [{toObject: 'x'}, {hasOwnProperty: 'y'}, {utm_source: 'news'}]) {
      const response = await rest.post('/inquiries', givenSubmission({company, metadata}));
      ids.push(((await response.json()) as {id: string}).id);
    }
  });

  test('has where, order, limit and skip', async () => {
    const page = await inquiries.find({where: {company}, order: ['createdAt DESC', 'id DESC'], limit: 2, skip: 1});
    expect(page.map(({id}) => id)).toEqual([ids[1], ids[0]]);
    expect(await inquiries.find({where: {and: [{company}, {status: 'resolved'}]}})).toEqual([]);
    expect(await inquiries.count({company})).toEqual({count: 3});
    expect(await inquiries.exists(String(ids[0]))).toBe(true);
  });

  test('reads a key of the metadata', async () => {
    const where = {company, 'metadata.utm_source': 'news'};
    expect((await inquiries.find({where})).map(({id}) => id)).toEqual([ids[2]]);
  });

  test('has fields, and leaves the others out', async () => {
    const [first] = await inquiries.find({where: {company}, order: ['createdAt ASC'], fields: ['id', 'metadata']});
    expect(first?.toJSON()).toEqual({id: ids[0], metadata: {toObject: 'x'}});
    const [other] = await inquiries.find({where: {company}, order: ['createdAt ASC'], fields: {metadata: false}});
    expect(other?.toJSON()).toMatchObject({id: ids[0], company});
    expect(other?.toJSON()).not.toHaveProperty('metadata');
  });

  test('finds nothing as LoopBack says it', async () => {
    expect(await inquiries.findOne({where: {company: randomUUID()}})).toBeNull();
    await expect(inquiries.findById(randomUUID())).rejects.toThrow(EntityNotFoundError);
  });
});

test('a subscription is found as it is stored', async () => {
  const [id, email] = [randomUUID(), `${randomUUID()}@example.org`];
  const consent = {consentVersion: '1', consentTextSha256: 'a'.repeat(64), consentedAt: new Date()};
  const subscriptions = await rest.app.getRepository(SubscriptionRepository);
  await subscriptions.ensure(
    {id, email, list: 'constructor', ...consent},
    {status: 'active', lapsedUntil: new Date(0)},
  );
  expect(await subscriptions.findOne({where: {email}})).toMatchObject({id, email, list: 'constructor', ...consent});
});
