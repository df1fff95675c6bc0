// LoopBack's own methods of the repositories give and keep whatever JSON a visitor sends as metadata.
import {EntityNotFoundError} from '@loopback/repository';
import {randomUUID} from 'node:crypto';
import {Inquiry} from '../../src/models/inquiry.model';
import {InquiryRepository} from '../../src/repositories/inquiry.repository';
import {SubscriptionRepository} from '../../src/repositories/subscription.repository';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenSubmission} from '../helpers/inquiries';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

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
      emailNormalized: row?.email_normalized,
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
  const id = randomUUID();
  const [email, now] = [`${id}@example.org`, new Date()];
  const created = await inquiries.create({
    id,
    topic: 'sales',
    name: 'Ada Lovelace',
    email,
    emailNormalized: email,
    message: 'Hello',
    status: 'new',
    spamReasons: ['a'],
    version: 1,
    createdAt: now,
    updatedAt: now,
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
  await subscriptions.ensure({id, email, list: 'constructor', ...consent});
  expect(await subscriptions.findOne({where: {email}})).toMatchObject({id, email, list: 'constructor', ...consent});
});
