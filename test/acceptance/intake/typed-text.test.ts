// What people typed, pasted and sent in, and what became of it: each input that was lost once, with its right answer.
// test/fixtures/cases.json has those that are one request.
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

interface Case {
  id: string;
  post: string;
  set: Record<string, unknown>;
  status: number;
  pointer?: string;
  stored?: Record<string, unknown>;
}
const CASES = JSON.parse(readFileSync(path.resolve(__dirname, '../../fixtures/cases.json'), 'utf8')) as Case[];

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
});

async function storedInquiry(response: Response): Promise<Record<string, unknown>> {
  expect(response.status).toBe(201);
  const {id} = (await response.json()) as {id: string};
  return (await (await rest.get(`/inquiries/${id}`, await issuer.sign())).json()) as Record<string, unknown>;
}

const CONSENT = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
const givenRequest = (fields: Record<string, unknown> = {}) => ({
  email: `ada.${randomUUID()}@example.org`,
  ...CONSENT,
  ...fields,
});

/** Each way to send the same fields. */
const WAYS = {
  JSON: (route: string, fields: Record<string, unknown>) => rest.post(route, fields),
  'a form': (route: string, fields: Record<string, unknown>) =>
    fetch(rest.url + route, {method: 'POST', body: new URLSearchParams(fields as Record<string, string>)}),
};
type Way = keyof typeof WAYS;
const EACH_WAY = Object.keys(WAYS) as Way[];

test.each(EACH_WAY.flatMap(way => CASES.map(each => ({...each, way, shown: JSON.stringify(each.set)}))))(
  '$id: $post with $shown in $way gets $status',
  async ({way, post, set, status, pointer, stored}) => {
    const response = await WAYS[way](post, givenSubmission(set));
    if (status === 201) {
      expect(await storedInquiry(response)).toMatchObject({...set, ...stored});
    } else {
      const problem = await expectProblem(response, 'invalid-body');
      expect([problem.status, problem.errors]).toEqual([status, [{pointer, code: 'required', detail: 'is required'}]]);
    }
  },
);

const ADDRESSES = CASES.filter(({id}) => id === 'T1').map(({set}) => String(set.email));
test.each(ADDRESSES)('the address %s is taken by every route that takes one', async email => {
  expect((await rest.post('/subscriptions', givenRequest({email}))).status).toBe(202);
  const bearer = {Authorization: `Bearer ${await issuer.sign({scope: 'privacy:export privacy:erase'})}`};
  const exported = await rest.post('/subject-exports', {email}, bearer);
  expect(await exported.json()).toMatchObject({subscriptions: [{email}]});
  expect(await (await rest.post('/erasures', {email}, bearer)).json()).toMatchObject({subscriptions: 1});
});

test('a subject export finds every spelling of an internationalized domain, in rows and where others quote it', async () => {
  const local = `zoe.o'neil.${randomUUID()}`;
  const spellings = [
    `${local}@bücher.example`,
    `${local}@xn--bcher-kva.example`,
    `${local.replace("'", '’')}@BÜCHER.example`,
  ];
  for (const email of spellings) await storedInquiry(await rest.post('/inquiries', givenSubmission({email})));
  const message = spellings.join('\n');
  await storedInquiry(await rest.post('/inquiries', givenSubmission({message})));
  for (const email of spellings.slice(0, 2))
    expect((await rest.post('/subscriptions', givenRequest({email}))).status).toBe(202);
  const bearer = {Authorization: `Bearer ${await issuer.sign({scope: 'privacy:export'})}`};
  for (const email of spellings) {
    const held = (await (await rest.post('/subject-exports', {email}, bearer)).json()) as Record<string, unknown>;
    expect(held).toMatchObject({
      inquiries: [{email: spellings[0]}, {email: spellings[1]}, {email: `${local}@BÜCHER.example`}],
      subscriptions: [{email: spellings[0]}],
      quotes: [{field: 'message', text: message}],
    });
  }
});

test.each(['\u200b', '\u2060', '\u3164', '\u2800', '\ufe0f', '\u202d\u202c', ' \u00a0'])(
  'text in which nobody sees anything, %j, counts as left out in every field, in JSON and in a form',
  async text => {
    for (const way of EACH_WAY) {
      const optional = {phone: text, company: text, subject: text, locale: text, sourceUrl: text};
      const inquiry = await storedInquiry(
        await WAYS[way]('/inquiries', givenSubmission({...optional, privacyNoticeVersion: text})),
      );
      expect(inquiry).toMatchObject({phone: null, company: null, subject: null, locale: null, sourceUrl: null});
      expect(inquiry).toMatchObject({privacyNoticeVersion: null});
      for (const name of ['topic', 'name', 'email', 'message']) {
        const {errors} = await expectProblem(await WAYS[way]('/inquiries', givenSubmission({[name]: text})));
        expect(errors).toEqual([{pointer: `/${name}`, code: 'required', detail: 'is required'}]);
      }
    }
    const fields = givenRequest({locale: text, sourceUrl: text, list: text});
    expect((await rest.post('/subscriptions', fields)).status).toBe(202);
    expect(
      await database.query('SELECT list, locale, source_url FROM subscription WHERE email = $1', [fields.email]),
    ).toEqual([{list: 'newsletter', locale: null, source_url: null}]);
    for (const name of ['email', 'consentVersion', 'consentTextSha256']) {
      const {errors} = await expectProblem(await rest.post('/subscriptions', givenRequest({[name]: text})));
      expect(errors).toEqual([{pointer: `/${name}`, code: 'required', detail: 'is required'}]);
    }
    const {id} = await storedInquiry(await rest.post('/inquiries', givenSubmission()));
    const bearer = {Authorization: `Bearer ${await issuer.sign({scope: 'inquiries:triage'})}`};
    const noted = await rest.post(`/inquiries/${String(id)}/notes`, {note: text}, bearer);
    expect((await expectProblem(noted)).errors).toEqual([{pointer: '/note', code: 'required', detail: 'is required'}]);
  },
);

test.each([null, ''])('%j in JSON counts as left out, as an empty field of a form does', async value => {
  const optional = {phone: value, company: value, subject: value, locale: value, sourceUrl: value, metadata: value};
  const inquiry = await storedInquiry(
    await rest.post('/inquiries', givenSubmission({...optional, privacyNoticeVersion: value})),
  );
  expect(inquiry).toMatchObject({phone: null, company: null, metadata: null, privacyNoticeVersion: null});
  expect((await rest.post('/subscriptions', givenRequest({list: value, locale: value, sourceUrl: value}))).status).toBe(
    202,
  );
  const {errors} = await expectProblem(await rest.post('/inquiries', givenSubmission({name: value, other: value})));
  expect(errors).toEqual([
    {pointer: '/name', code: 'required', detail: 'is required'},
    {pointer: '/other', code: 'unknown', detail: 'is not known'},
  ]);
});

test('a sourceUrl is cut before its length is looked at', async () => {
  const start = 'https://www.example.org/contact'.padEnd(40, '/');
  const sourceUrl = `${start}?${'utm_source=x&'.repeat(162)}`;
  expect(sourceUrl.length).toBeGreaterThan(2140);
  for (const way of EACH_WAY) {
    const inquiry = await storedInquiry(await WAYS[way]('/inquiries', givenSubmission({sourceUrl})));
    expect(inquiry).toMatchObject({sourceUrl: start});
  }
  expect((await rest.post('/subscriptions', givenRequest({sourceUrl}))).status).toBe(202);
});

test.each([
  ['en_US', 'en-US'],
  ['en-US@posix', 'en-US'],
  ['de_DE.UTF-8', 'de-DE'],
  ['C', null],
  ['*', null],
  ['english (british)', null],
  ['x'.repeat(5000), null],
])('the locale %s loses nothing', async (sent, locale) => {
  expect(await storedInquiry(await rest.post('/inquiries', givenSubmission({locale: sent})))).toMatchObject({locale});
  const fields = givenRequest({locale: sent});
  expect((await rest.post('/subscriptions', fields)).status).toBe(202);
  expect(await database.query('SELECT locale FROM subscription WHERE email = $1', [fields.email])).toEqual([{locale}]);
});

test.each(['\v', '\f', '\u2028', '\u2029', '\u0085'])(
  '%j is a newline in a message and in metadata, and a blank in a line',
  async end => {
    const text = `a${end}b`;
    const fields = {message: text, name: text, phone: text, company: text, subject: text, metadata: {a: text}};
    const inquiry = await storedInquiry(await rest.post('/inquiries', givenSubmission(fields)));
    const line = {name: 'a b', phone: 'a b', company: 'a b', subject: 'a b'};
    expect(inquiry).toMatchObject({message: 'a\nb', metadata: {a: 'a\nb'}, ...line});
    const bearer = {Authorization: `Bearer ${await issuer.sign({scope: 'inquiries:triage'})}`};
    const noted = await rest.post(`/inquiries/${String(inquiry.id)}/notes`, {note: text}, bearer);
    expect(await noted.json()).toMatchObject({note: 'a\nb'});
  },
);

test('an assignee is found however it was pasted', async () => {
  const {id} = await storedInquiry(await rest.post('/inquiries', givenSubmission()));
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${await issuer.sign({scope: 'inquiries:triage inquiries:read'})}`,
    'If-Match': '"1"',
  };
  const assignee = `Grace ${randomUUID()}`;
  const body = JSON.stringify({assignee: `\u202a${assignee}\u202c`});
  const patched = await fetch(`${rest.url}/inquiries/${String(id)}`, {method: 'PATCH', headers, body});
  expect(await patched.json()).toMatchObject({assignee});
  for (const asked of [assignee, `\u200e${assignee}\u200b`]) {
    const found = await rest.get(`/inquiries?assignee=${encodeURIComponent(asked)}`, await issuer.sign());
    expect(await found.json()).toMatchObject([{id}]);
  }
});

test('more than 30 combining marks in a row are refused, in every text', async () => {
  const text = (count: number) => `Z${'\u0301\u0316'.repeat(count / 2)}`;
  const names = ['name', 'company', 'subject', 'message', 'phone', 'privacyNoticeVersion'];
  for (const name of names) {
    const {errors} = await expectProblem(
      await rest.post('/inquiries', givenSubmission({[name]: text(100)})),
      'invalid-body',
    );
    expect(errors?.map(({pointer}) => pointer)).toEqual([`/${name}`]);
  }
  expect((await rest.post('/inquiries', givenSubmission({name: text(30), message: text(30)}))).status).toBe(201);
});

const TRACKED = '?utm_source=x&utm_source=y&_gl=1*a&gclid=b&fbclid=c&msclkid=d&utm_term=%E4';
test.each(EACH_WAY)('parameters that analytics add are ignored where %s is sent', async way => {
  await storedInquiry(await WAYS[way](`/inquiries${TRACKED}`, givenSubmission()));
  expect((await rest.post(`/subscriptions${TRACKED}`, givenRequest())).status).toBe(202);
  const refused = await WAYS[way](`/inquiries${TRACKED}&topic=sales`, givenSubmission());
  const {errors} = await expectProblem(refused, 'invalid-parameter');
  expect(errors?.map(({parameter}) => parameter)).toEqual(['topic']);
  await expectProblem(await rest.get('/inquiries?utm_source=x', await issuer.sign()), 'invalid-parameter');
});

describe('an Idempotency-Key', () => {
  test('of somebody else loses no inquiry, and nobody learns of it', async () => {
    const key = {'Idempotency-Key': 'taken-first'};
    const [stranger, visitor] = [givenSubmission(), givenSubmission()];
    const first = await storedInquiry(await rest.post('/inquiries', stranger, key));
    const second = await storedInquiry(await rest.post('/inquiries', visitor, key));
    expect([first.email, second.email]).toEqual([stranger.email, visitor.email]);
    expect((await storedInquiry(await rest.post('/inquiries', visitor, key))).id).toBe(second.id);
  });

  test('makes a late repeat of a subscription harmless, and another one under it another one', async () => {
    const key = {'Idempotency-Key': randomUUID()};
    const [fields, other] = [givenRequest(), givenRequest()];
    const subscribe = async (body: unknown) => (await rest.post('/subscriptions', body, key)).status;
    const statusOf = async (email: string) =>
      (await database.query<{status: string}>('SELECT status FROM subscription WHERE email = $1', [email]))[0]?.status;
    expect([await subscribe(fields), await subscribe(fields), await subscribe(other)]).toEqual([202, 202, 202]);
    expect([await statusOf(fields.email), await statusOf(other.email)]).toEqual(['active', 'active']);
    await database.query("UPDATE subscription SET status = 'unsubscribed', unsubscribed_at = now() WHERE email = $1", [
      fields.email,
    ]);
    expect([await subscribe(fields), await statusOf(fields.email)]).toEqual([202, 'unsubscribed']);
    expect((await rest.post('/subscriptions', fields)).status).toBe(202); // meant this time, and still to be confirmed
    expect(await statusOf(fields.email)).toBe('pending');
  });

  test('stores one subscription of twenty at once, on two replicas', async () => {
    const other = await givenRest({databaseUrl: database.url, issuer});
    const key = {'Idempotency-Key': randomUUID()};
    const fields = givenRequest();
    const answers = await Promise.all(
      Array.from({length: 20}, (_, index) => (index % 2 ? rest : other).post('/subscriptions', fields, key)),
    );
    expect(answers.map(({status}) => status)).toEqual(Array(20).fill(202));
    expect(await database.query('SELECT FROM subscription WHERE email = $1', [fields.email])).toHaveLength(1);
  });
});
