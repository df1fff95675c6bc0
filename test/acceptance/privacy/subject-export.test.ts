// POST /subject-exports: everything that is held about an address, and nothing of anybody else's.
import {randomUUID} from 'node:crypto';
import {type SubjectExport, SUBJECT_EXPORT_MAX_ROWS, subjectExportSchema} from '../../../src/contract/privacy';
import {newId} from '../../../src/platform/time-ordered-id';
import {addressVector} from '../../../src/repositories/privacy/mention-keys';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: 'privacy:export', subject: 'officer-7'});
});

const NOTHING = {
  exportedAt: expect.any(String) as string,
  complete: true,
  inquiries: [],
  activity: [],
  subscriptions: [],
  consents: [],
  quotes: [],
};
const givenAddress = () => `ann.${randomUUID()}@example.org`;

function ask(email: unknown, bearer = token, headers: Record<string, string> = {}): Promise<Response> {
  return rest.post('/subject-exports', {email}, {Authorization: `Bearer ${bearer}`, ...headers});
}

async function exported(email: string): Promise<SubjectExport> {
  const response = await ask(email);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return subjectExportSchema.parse(await response.json());
}

async function submit(fields: Record<string, unknown>): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission(fields));
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

async function givenNote(inquiryId: string, note: string): Promise<string> {
  const id = newId();
  await database.query(
    `INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at, addresses)
     VALUES ($1, $2, 'note', 'agent-1', $3, now(), $4)`,
    [id, inquiryId, note, addressVector([note])],
  );
  return id;
}

test('holds inquiries with all fields, their activity, subscriptions with consent, and quotes elsewhere', async () => {
  const email = givenAddress();
  const fields = {
    topic: 'press',
    name: 'Ann',
    email: email.toUpperCase(),
    phone: '+49 30 1',
    company: 'Acme',
    subject: 'Hi',
    message: 'Two\nlines',
    locale: 'de-DE',
    sourceUrl: 'https://example.org/contact',
    metadata: {utm_source: 'x'},
    privacyNoticeVersion: '7',
  };
  const id = await submit(fields);
  const noteId = await givenNote(id, 'called');
  const other = await submit({message: `Ask ${email}!`, subject: 'Mine'});
  const quoteId = await givenNote(other, `same as ${email}`);
  await givenNote(other, 'nothing to see');
  await givenNote(other, `joe.${email}`);
  const consent = {consentVersion: '2026-11', consentTextSha256: 'b'.repeat(64), locale: 'de'};
  await rest.post('/subscriptions', {email, ...consent});
  await rest.post('/subscriptions', {email: givenAddress(), ...consent});
  const createdAt = expect.any(String) as string;
  const held = await exported(email);
  expect(held).toMatchObject({
    complete: true,
    inquiries: [{id, ...fields, status: 'new', version: 1, spamReasons: []}],
    activity: [{id: noteId, inquiryId: id, kind: 'note', note: 'called', actor: 'agent-1'}],
    subscriptions: [
      {email, list: 'newsletter', status: 'active', ...consent, consentedAt: expect.any(String) as string},
    ],
  });
  const [{id: subscriptionId} = {}] = held.subscriptions;
  const {consentVersion, consentTextSha256} = consent;
  expect(held.consents).toMatchObject([{subscriptionId, kind: 'given', consentVersion, consentTextSha256}]);
  expect(held.quotes).toEqual([
    {resource: 'inquiry', id: other, inquiryId: other, field: 'message', text: `Ask ${email}!`, createdAt},
    {resource: 'activity', id: quoteId, inquiryId: other, field: 'note', text: `same as ${email}`, createdAt},
  ]);
});

test('an address with an I, whose small letter is another one in Turkish, is exported in either case', async () => {
  const email = `INFO.${randomUUID()}@MINI.EXAMPLE.ORG`;
  await Promise.all([submit({email}), submit({email: email.toLowerCase()}), submit({message: `Ask ${email}`})]);
  for (const asked of [email, email.toLowerCase()]) {
    const {inquiries, quotes} = await exported(asked);
    expect([inquiries.length, quotes.length]).toEqual([2, 1]);
  }
});

// Not of the person: a counter of ours, and what is made of columns that are there in clear.
const TECHNICAL = ['addresses', 'created_xid', 'changed_xid', 'email_normalized', 'search_text', 'search_words'];

test.each([
  ['inquiry', 'inquiries'],
  ['inquiry_activity', 'activity'],
  ['subscription', 'subscriptions'],
  ['subscription_consent', 'consents'],
] as const)('leaves out no column of %s', async (table, list) => {
  const email = givenAddress();
  await givenNote(await submit({email}), 'called');
  await rest.post('/subscriptions', {email, consentVersion: '1', consentTextSha256: 'c'.repeat(64)});
  const columns = await database.query<{name: string}>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
    [table],
  );
  const camel = (name: string) =>
    name.replace(/_value$/, '').replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const expected = columns.map(({name}) => name).filter(name => !TECHNICAL.includes(name));
  const held = await exported(email);
  expect(Object.keys(held[list][0] ?? {}).sort()).toEqual(expected.map(camel).sort());
});

test('an unknown address gives empty lists', async () => {
  expect(await exported(givenAddress())).toEqual(NOTHING);
});

test('an erased address gives empty lists', async () => {
  const email = givenAddress();
  await givenNote(await submit({email}), 'called');
  await givenNote(await submit({}), `see ${email}`);
  const eraser = await issuer.sign({scope: 'privacy:erase'});
  expect((await rest.post('/erasures', {email}, {Authorization: `Bearer ${eraser}`})).status).toBe(200);
  expect(await exported(email)).toEqual(NOTHING);
});

test('more than the bound is cut, oldest first, and says so', async () => {
  const email = givenAddress();
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
     SELECT id, 'sales', 'Ann', $1, 'no. ' || n, now(), now(), $3, ''
     FROM unnest($2::uuid[]) WITH ORDINALITY AS made (id, n)`,
    [email, Array.from({length: SUBJECT_EXPORT_MAX_ROWS + 1}, () => newId()), addressVector([email])],
  );
  const {complete, inquiries} = await exported(email);
  expect([complete, inquiries.length]).toEqual([false, SUBJECT_EXPORT_MAX_ROWS]);
  expect(inquiries[0]?.message).toBe('no. 1');
  await database.query("DELETE FROM inquiry WHERE email = $1 AND message = 'no. 1'", [email]);
  expect((await exported(email)).complete).toBe(true);
});

test('an audit row records who asked and how much there was, not about whom', async () => {
  const email = givenAddress();
  await submit({email});
  const requestId = randomUUID();
  await ask(email, token, {'X-Request-Id': requestId});
  const rows = await database.query('SELECT kind, actor, counts FROM privacy_audit WHERE request_id = $1', [requestId]);
  expect(rows).toEqual([
    {
      kind: 'subject_export',
      actor: 'officer-7',
      counts: {inquiries: 1, activity: 0, subscriptions: 0, consents: 0, quotes: 0},
    },
  ]);
});

test('an audit that cannot be written gives no data', async () => {
  const email = givenAddress();
  await submit({email});
  await database.query(
    "ALTER TABLE privacy_audit ADD CONSTRAINT full_check CHECK (kind <> 'subject_export') NOT VALID",
  );
  try {
    await expectProblem(await ask(email), 'internal-error', {without: email});
  } finally {
    await database.query('ALTER TABLE privacy_audit DROP CONSTRAINT full_check');
  }
});

test('a token narrowed to topics, or without the scope, gets nothing', async () => {
  const email = givenAddress();
  const narrowed = await issuer.sign({scope: 'privacy:export', topics: ['sales']});
  await expectProblem(await ask(email, narrowed), 'forbidden', {without: email});
  await expectProblem(await ask(email, await issuer.sign({scope: 'privacy:erase'})), 'forbidden', {without: email});
});

test('a bad address is refused by its pointer, and the logs hold none', async () => {
  for (const email of [undefined, null, 7, '', 'ann', 'ann@example.org\n@x.org', `a\u0000@example.org`]) {
    const {errors} = await expectProblem(await ask(email), 'invalid-body', {without: 'example.org'});
    expect(errors?.[0]?.pointer).toBe('/email');
  }
  expect(rest.text()).not.toContain('@example.org');
});
