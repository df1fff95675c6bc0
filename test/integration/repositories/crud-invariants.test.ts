// What a program writes with LoopBack's own methods obeys the rules that the routes obey: versions, times, the activity log,
// the feed, unique addresses. What cannot be done that way throws an error that says what to use instead.
import type {DataObject, DefaultCrudRepository} from '@loopback/repository';
import {randomUUID} from 'node:crypto';
import type {InquiryActivity} from '../../../src/models/inquiry-activity.model';
import {Inquiry} from '../../../src/models/inquiry.model';
import {newId, timeOfId} from '../../../src/platform/time-ordered-id';
import {InquiryActivityRepository} from '../../../src/repositories/inquiry/inquiry-activity.repository';
import {InquiryRepository} from '../../../src/repositories/inquiry/inquiry.repository';
import {SubscriptionRepository} from '../../../src/repositories/subscription/subscription.repository';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let rest: TestRest;
let token: string;
let issuer: TokenIssuer;
let inquiries: InquiryRepository;
let activities: InquiryActivityRepository;
let subscriptions: SubscriptionRepository;

beforeAll(async () => {
  database = await givenDatabase();
  issuer = await givenTokenIssuer();
  token = await issuer.sign();
  rest = await givenRest({databaseUrl: database.url, issuer});
  inquiries = await rest.app.getRepository(InquiryRepository);
  activities = await rest.app.getRepository(InquiryActivityRepository);
  subscriptions = await rest.app.getRepository(SubscriptionRepository);
});

const submission = () => ({topic: 'sales', name: 'Ada Lovelace', email: `${newId()}@example.org`, message: 'Hello'});
const subscribed = (email = `${newId()}@example.org`) => ({
  ...{email, list: 'news', consentVersion: '1', consentTextSha256: 'a'.repeat(64), consentedAt: new Date()},
});

/** A way to change an inquiry with LoopBack's methods. */
type Change = (id: string, fields: DataObject<Inquiry>) => Promise<unknown>;
const CHANGES: [string, Change][] = [
  ['updateById', (id, fields) => inquiries.updateById(id, fields)],
  ['updateAll', (id, fields) => inquiries.updateAll(fields, {id})],
  ['update', async (id, fields) => inquiries.update(Object.assign(await inquiries.findById(id), fields))],
  [
    'replaceById',
    async (id, fields) => inquiries.replaceById(id, Object.assign({}, await inquiries.findById(id), fields)),
  ],
  ['save', async (id, fields) => inquiries.save(Object.assign(await inquiries.findById(id), fields))],
];

describe('a row that is created', () => {
  test('gets what is left out: id, times, status, version, and null for each text', async () => {
    for (const created of [await inquiries.create(submission()), ...(await inquiries.createAll([submission()]))]) {
      const found = await inquiries.findById(created.id);
      expect(created.toJSON()).toEqual(found.toJSON());
      expect(created).toMatchObject({status: 'new', version: 1, spamReasons: [], phone: null, metadata: null});
      expect([created.createdAt, created.updatedAt]).toEqual([timeOfId(created.id), timeOfId(created.id)]);
    }
    const subscription = await subscriptions.create(subscribed());
    expect(subscription.toJSON()).toEqual((await subscriptions.findById(subscription.id)).toJSON());
    expect(subscription).toMatchObject({status: 'active', version: 1, locale: null, unsubscribedAt: null});
    const {id: inquiryId} = await inquiries.create(submission());
    const note = await activities.create({inquiryId, actor: 'ada', note: 'Called back.'});
    expect(note.toJSON()).toEqual((await activities.findById(note.id)).toJSON());
    expect(note).toMatchObject({kind: 'note', fromValue: null, toValue: null});
  });

  test('is in the lists, where ranges of time are ranges of ids', async () => {
    const {id, createdAt} = await inquiries.create(submission());
    const range = `createdFrom=${createdAt.toISOString()}&createdTo=${new Date(createdAt.getTime() + 1).toISOString()}`;
    const page = await (await rest.get(`/inquiries?${range}`, token)).json();
    expect(page).toContainEqual(expect.objectContaining({id, createdAt: createdAt.toISOString()}));
  });

  test('cannot have an id without its time, or another time', async () => {
    const other = {createdAt: new Date(0)};
    await expect(inquiries.create({...submission(), id: randomUUID()})).rejects.toThrow('leave it out');
    await expect(inquiries.create({...submission(), ...other})).rejects.toThrow('createdAt is not timeOfId(id)');
    await expect(inquiries.createAll([{...submission(), ...other}])).rejects.toThrow('createdAt');
    await expect(subscriptions.create({...subscribed(), ...other})).rejects.toThrow('createdAt');
  });

  test('has the canonical address of what is given, whatever else is given', async () => {
    const email = `Ada.${newId()}@Example.ORG`;
    const created = await subscriptions.create({...subscribed(email), emailNormalized: 'bob@example.org'});
    expect(created).toMatchObject({email, emailNormalized: email.toLowerCase()});
    await subscriptions.updateById(created.id, {email: `Bob.${email}`});
    expect(await subscriptions.findById(created.id)).toMatchObject({emailNormalized: `bob.${email}`.toLowerCase()});
    await expect(subscriptions.create(subscribed(`BOB.${email}`))).rejects.toMatchObject({code: '23505'});
  });
});

describe.each(CHANGES)('%s of an inquiry', (_, change) => {
  test('counts a version and sets the time, so that whoever holds the old row notices', async () => {
    const {id, updatedAt} = await inquiries.create(submission());
    const page = await rest.get('/inquiries?limit=1', token);
    const pageAgain = async () =>
      fetch(`${rest.url}/inquiries?limit=1`, {
        headers: {Authorization: `Bearer ${token}`, 'If-None-Match': String(page.headers.get('ETag'))},
      });
    expect((await pageAgain()).status).toBe(304);
    await change(id, {name: 'Grace Hopper'});
    await change(id, {company: 'Navy', version: 77, updatedAt: new Date(0)});
    const after = await rest.get(`/inquiries/${id}`, token);
    expect(after.headers.get('ETag')).toBe('"3"');
    expect((await pageAgain()).status).toBe(200);
    const found = await inquiries.findById(id);
    expect(found).toMatchObject({name: 'Grace Hopper', company: 'Navy', version: 3});
    expect(found.updatedAt.getTime()).toBeGreaterThan(updatedAt.getTime());
  });

  test.each<[string, DataObject<Inquiry>]>([
    ['InquiryActivityRepository.triage', {status: 'resolved'}],
    ['InquiryActivityRepository.triage', {assignee: 'ada'}],
    ['InquiryActivityRepository.triage', {topic: 'support'}],
    ['never changes', {createdAt: new Date(0)}],
  ])('says "%s" of %j, and changes nothing', async (instead, fields) => {
    const {id} = await inquiries.create(submission());
    const before = await inquiries.findById(id);
    await expect(change(id, Object.assign({name: 'Grace'}, fields))).rejects.toThrow(instead);
    expect(await inquiries.findById(id)).toEqual(before);
  });
});

test('save gives the row as it is stored', async () => {
  const found = await inquiries.create(submission());
  const saved = await inquiries.save(Object.assign(found, {name: 'Grace'}));
  expect(saved).toEqual(await inquiries.findById(found.id));
  const created = await inquiries.save(Object.assign(new Inquiry(), submission()));
  expect(created).toEqual(await inquiries.findById(created.id));
});

test('changes of one row at the same time each count', async () => {
  const {id} = await inquiries.create(submission());
  await Promise.all(['a', 'b', 'c'].map(company => inquiries.updateById(id, {company})));
  expect(await inquiries.findById(id)).toMatchObject({version: 4});
});

test('replaceById keeps what does not change there and is left out', async () => {
  const {id} = await inquiries.create({...submission(), phone: '+49 30 1234567', status: 'in_progress'});
  const {name, email, message} = submission();
  await inquiries.replaceById(id, {name, email, message});
  expect(await inquiries.findById(id)).toMatchObject({topic: 'sales', status: 'in_progress', phone: null, version: 2});
});

test('the status of a subscription changes by changeStatus, and each other change counts', async () => {
  const {id} = await subscriptions.create(subscribed());
  await expect(subscriptions.updateById(id, {status: 'unsubscribed'})).rejects.toThrow('use changeStatus');
  await expect(subscriptions.updateById(id, {unsubscribedAt: new Date()})).rejects.toThrow('use changeStatus');
  await subscriptions.updateById(id, {locale: 'de'});
  expect(await subscriptions.findById(id)).toMatchObject({status: 'active', locale: 'de', version: 2});
});

test('what is deleted leaves a tombstone in the feed, and no log', async () => {
  const given = await inquiries.createAll([submission(), submission(), submission()]);
  for (const {id} of given) await activities.create({inquiryId: id, actor: 'ada', note: 'Called back.'});
  const [one, other, last] = given as [Inquiry, Inquiry, Inquiry];
  await inquiries.deleteById(one.id);
  await inquiries.delete(other);
  await inquiries.deleteAll({id: last.id});
  const ids = given.map(({id}) => id);
  const stones = await database.query('SELECT topic FROM inquiry_tombstone WHERE inquiry_id = ANY ($1)', [ids]);
  expect(stones).toEqual([{topic: 'sales'}, {topic: 'sales'}, {topic: 'sales'}]);
  expect(await activities.count({inquiryId: {inq: ids}})).toEqual({count: 0});
});

test('the activity log takes notes, and nothing in it is changed or removed', async () => {
  const {id: inquiryId} = await inquiries.create(submission());
  const note = await activities.create({inquiryId, actor: 'ada', note: 'Called back.'});
  const text = {note: 'Did not call.'};
  const log: DefaultCrudRepository<InquiryActivity, string> = activities; // which does not compile as itself
  const [changed, replaced] = [await log.findById(note.id), await log.findById(note.id)];
  const refused = [
    log.updateById(note.id, text),
    log.update(Object.assign(changed, text)),
    log.updateAll(text, {id: newId()}),
    log.replaceById(note.id, Object.assign({}, note, text)),
    log.save(Object.assign(replaced, text)),
    log.deleteById(note.id),
    log.delete(note),
    log.deleteAll({inquiryId}),
  ];
  for (const attempt of refused) await expect(attempt).rejects.toThrow('append-only: add a note');
  const entry = {inquiryId, actor: 'ada', kind: 'status', fromValue: 'new', toValue: 'spam'} as const;
  await expect(activities.create(entry)).rejects.toThrow('use triage');
  await expect(activities.createAll([entry])).rejects.toThrow('use triage');
  expect(await activities.find({where: {inquiryId}})).toEqual([note]);
});

describe('a property that the model does not have', () => {
  const typo = {emial: 'ada@example.org'} as object;

  test('matches no rows by being ignored', async () => {
    await inquiries.create(submission());
    const before = await inquiries.count();
    const filters = [typo, {and: [{topic: 'sales'}, {or: [typo]}]}, {search_text: 'ada'}];
    for (const where of filters) {
      for (const attempt of [
        inquiries.find({where}),
        inquiries.findOne({where}),
        inquiries.count(where),
        inquiries.updateAll({name: 'Grace'}, where),
        inquiries.deleteAll(where),
      ]) {
        await expect(attempt).rejects.toThrow(/^Inquiry has no property (emial|search_text)$/);
      }
    }
    await expect(inquiries.find({fields: typo})).rejects.toThrow('emial');
    await expect(inquiries.find({fields: ['emial' as 'email']})).rejects.toThrow('emial');
    expect(await inquiries.count()).toEqual(before);
  });

  test('is stored by no method, nor is a column that is made of others', async () => {
    const {id} = await inquiries.create(submission());
    for (const fields of [typo, {search_words: 'x'}, {changed_xid: '1'}]) {
      await expect(inquiries.create({...submission(), ...fields})).rejects.toThrow('Inquiry has no property');
      for (const [, change] of CHANGES) await expect(change(id, fields)).rejects.toThrow('Inquiry has no property');
    }
  });
});

test('a transaction of the repository spans repositories, and rolls back in all of them', async () => {
  const transaction = await inquiries.beginTransaction();
  const {id} = await inquiries.create(submission(), {transaction});
  await activities.create({inquiryId: id, actor: 'ada', note: 'Called back.'}, {transaction});
  await inquiries.updateById(id, {name: 'Grace'}, {transaction});
  const rows = await inquiries.execute('SELECT name, version FROM inquiry WHERE id = $1', [id], {transaction});
  expect(rows).toEqual([{name: 'Grace', version: 2}]);
  await transaction.rollback();
  expect(await inquiries.exists(id)).toBe(false);
});

test('a transaction of which a statement failed does not pass for committed', async () => {
  const transaction = await inquiries.beginTransaction();
  const {id} = await inquiries.create(submission(), {transaction});
  await expect(inquiries.updateById(id, {name: 'x'.repeat(121)}, {transaction})).rejects.toMatchObject({code: '22001'});
  await expect(transaction.commit()).rejects.toThrow('failed and the work went on');
  expect(await inquiries.exists(id)).toBe(false);
});

test.each<[string[], number]>([
  [[], 404],
  [['support'], 404],
  [['support', 'sales'], 200],
])('one inquiry and its log are read with a claim of %j as the claim says: %d', async (topics, status) => {
  const {id} = await inquiries.create(submission());
  const narrow = await issuer.sign({topics});
  expect((await rest.get(`/inquiries/${id}`, narrow)).status).toBe(status);
  expect((await rest.get(`/inquiries/${id}/activity`, narrow)).status).toBe(status);
});
