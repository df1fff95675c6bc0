// POST /subscriptions as a plain HTML form: which lists and which texts of consent there are comes from configuration, and the
// browser gets a page, or goes where the form says.
import {createHash, randomUUID} from 'node:crypto';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
const HASH = createHash('sha256').update('Send me the newsletter.').digest('hex');
const OTHER_HASH = 'b'.repeat(64);
const CONFIGURED = {
  ALLOWED_ORIGINS: SITE,
  SUBSCRIPTION_LISTS: 'news, releases',
  CONSENT_TEXTS: `2026-10=${'a'.repeat(64)},2026-11=${HASH.toUpperCase()}`,
};

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: CONFIGURED});
});

type Fields = Record<string, string>;
const fieldsOf = (fields: Fields = {}) => ({
  email: `visitor.${randomUUID()}@example.org`,
  consentVersion: '2026-11',
  ...fields,
});

/** As a browser posts it. */
function postForm(fields: Fields, {service = rest, headers = {}}: {service?: TestRest; headers?: Fields} = {}) {
  return fetch(`${service.url}/subscriptions`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: {Accept: 'text/html', Origin: SITE, ...headers},
    redirect: 'manual',
  });
}

async function rowOf(email: string) {
  const [row, ...others] = await database.query(
    `SELECT list, status, consent_text_sha256 AS hash,
            (SELECT count(*)::int FROM subscription_consent WHERE subscription_id = subscription.id) AS requests
     FROM subscription WHERE email = $1`,
    [email],
  );
  expect(others).toEqual([]);
  return row;
}

const WAYS: [string, (fields: Fields) => Promise<Response>][] = [
  ['JSON', fields => rest.post('/subscriptions', fields)],
  ['a form', fields => postForm(fields, {headers: {Accept: '*/*'}})],
];

describe.each(WAYS)('as %s', (_, post) => {
  test('names the version of the text alone, and is stored with its hash', async () => {
    const fields = fieldsOf();
    const response = await post(fields);
    expect([response.status, await response.json()]).toEqual([202, {status: 'accepted'}]);
    expect(await rowOf(fields.email)).toEqual({list: 'news', status: 'active', hash: HASH, requests: 1});
  });

  test('may send the hash of that text too', async () => {
    const fields = fieldsOf({consentTextSha256: HASH.toUpperCase(), list: 'releases'});
    expect((await post(fields)).status).toBe(202);
    expect(await rowOf(fields.email)).toMatchObject({list: 'releases', hash: HASH});
  });

  test.each<[what: string, fields: Fields, pointer: string]>([
    ['another version', {consentVersion: '2026-12'}, '/consentVersion'],
    ['another version with its hash', {consentVersion: '2026-12', consentTextSha256: HASH}, '/consentVersion'],
    ['the hash of another text', {consentTextSha256: OTHER_HASH}, '/consentTextSha256'],
    ['another list', {list: 'newsletter'}, '/list'],
  ])('is refused by name with %s, and nothing is stored', async (_what, change, pointer) => {
    const fields = fieldsOf(change);
    const {errors} = await expectProblem(await post(fields), 'invalid-body');
    expect(errors).toEqual([{pointer, code: 'not_allowed', detail: expect.stringMatching(/^must be /) as string}]);
    expect(await rowOf(fields.email)).toBeUndefined();
  });

  test('twice with one form token is one request', async () => {
    const {token} = (await (await rest.get('/form-token')).json()) as {token: string};
    const fields = fieldsOf({_token: token});
    expect([(await post(fields)).status, (await post(fields)).status]).toEqual([202, 202]);
    expect(await rowOf(fields.email)).toMatchObject({requests: 1});
    const other = fieldsOf({_token: token});
    expect((await post(other)).status).toBe(202);
    expect(await rowOf(other.email)).toMatchObject({requests: 1});
  });

  test('by a program that fills in what people do not see waits for a confirmation, with the same answer', async () => {
    const [person, program] = [fieldsOf(), fieldsOf({_remarks: 'x'})];
    const answers = [await post(person), await post(program)];
    expect(answers.map(({status}) => status)).toEqual([202, 202]);
    const [one, other] = await Promise.all(answers.map(answer => answer.text()));
    expect(other).toBe(one);
    expect(await rowOf(person.email)).toMatchObject({status: 'active'});
    expect(await rowOf(program.email)).toMatchObject({status: 'pending'});
  });
});

describe('a form', () => {
  test('with blanks for what it may leave out, a button and a campaign is accepted', async () => {
    const blanks = {list: '', locale: '', sourceUrl: ' ', consentTextSha256: '', lang: '', _next: '', submit: 'Send'};
    const fields = fieldsOf(blanks);
    expect((await postForm(fields)).status).toBe(202);
    expect(await rowOf(fields.email)).toMatchObject({list: 'news', hash: HASH});
  });

  test('as multipart is accepted', async () => {
    const body = new FormData();
    const fields = fieldsOf();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    expect((await fetch(`${rest.url}/subscriptions`, {method: 'POST', body})).status).toBe(202);
    expect(await rowOf(fields.email)).toMatchObject({hash: HASH});
  });

  test('leads where it says, on an allowed origin, and else to a page', async () => {
    const next = await postForm(fieldsOf({_next: `${SITE}/thanks`}));
    expect([next.status, next.headers.get('location')]).toEqual([303, `${SITE}/thanks`]);
    const elsewhere = await postForm(fieldsOf({_next: 'https://elsewhere.example/'}));
    expect([elsewhere.status, elsewhere.headers.get('content-type')]).toEqual([202, 'text/html; charset=utf-8']);
    expect(await elsewhere.text()).toContain('<h1>Thank you</h1>');
  });

  test.each<[accepted: string, fields: Fields, heading: string, back: string]>([
    ['en', {}, 'Thank you', 'Back to www.example.org'],
    ['de', {}, 'Vielen Dank', 'Zurück zu www.example.org'],
    ['de', {lang: 'ar'}, 'شكرًا لك', 'العودة إلى www.example.org'],
  ])('ends on a page in the language of the visitor (%s %j)', async (accepted, fields, heading, back) => {
    const page = await (await postForm(fieldsOf(fields), {headers: {'Accept-Language': accepted}})).text();
    expect(page).toContain(`<h1>${heading}</h1>`);
    expect(page).toContain(`<a href="${SITE}/">${back}</a>`);
  });

  test('gets the same page for a new, a known and a returning address', async () => {
    const fields = fieldsOf();
    const pageOf = async () => {
      const response = await postForm(fields);
      const page = (await response.text()).replace(response.headers.get('x-request-id') ?? '', 'ID');
      return [response.status, page];
    };
    const fresh = await pageOf();
    expect(await pageOf()).toEqual(fresh);
    await database.query(`UPDATE subscription SET status = 'unsubscribed', unsubscribed_at = now() WHERE email = $1`, [
      fields.email,
    ]);
    expect(await pageOf()).toEqual(fresh);
    expect(await rowOf(fields.email)).toMatchObject({status: 'pending'});
  });

  test('whose box is not ticked says so to the visitor', async () => {
    const response = await postForm({email: 'ada@example.org', lang: 'de'});
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('<h1>Bitte prüfen Sie Ihre Angaben</h1>');
    expect(page).toContain('<li>Ihre Einwilligung fehlt.</li>');
  });

  test.each<[Fields, string]>([
    [{consentVersion: 'x'}, 'consentVersion'],
    [{list: 'x'}, 'list'],
    [{consentTextSha256: 'x'}, 'consentTextSha256'],
    [{name: 'Ada'}, 'name'],
  ])('with a mistake of its developer does not blame the visitor (%j)', async (fields, name) => {
    const response = await postForm(fieldsOf(fields));
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('<h1>The form was not sent</h1>');
    expect(page).toContain(`<li>The field “${name}” `);
  });
});

describe('with DOUBLE_OPT_IN', () => {
  test('a form ends on a page that says to look for a mail, whatever the address is', async () => {
    const env = {...CONFIGURED, DOUBLE_OPT_IN: 'true'};
    const service = await givenRest({databaseUrl: database.url, issuer, env});
    const known = fieldsOf({lang: 'fr'});
    await rest.post('/subscriptions', {email: known.email, consentVersion: '2026-11'});
    for (const fields of [fieldsOf({lang: 'fr'}), known]) {
      const page = await (await postForm(fields, {service})).text();
      expect(page).toContain('<h1>Veuillez consulter votre boîte de réception</h1>');
    }
  });
});

describe('without SUBSCRIPTION_LISTS and CONSENT_TEXTS', () => {
  let service: TestRest;
  beforeAll(async () => {
    service = await givenRest({databaseUrl: database.url, issuer});
  });

  test('any list is one, and each version needs its hash', async () => {
    const fields = fieldsOf({list: 'anything', consentTextSha256: OTHER_HASH});
    expect((await service.post('/subscriptions', fields)).status).toBe(202);
    expect(await rowOf(fields.email)).toMatchObject({list: 'anything', hash: OTHER_HASH});
    const {errors} = await expectProblem(await service.post('/subscriptions', fieldsOf()), 'invalid-body');
    expect(errors).toMatchObject([{pointer: '/consentTextSha256', code: 'required'}]);
    const page = await (await postForm(fieldsOf(), {service})).text();
    expect(page).toContain('<li>The field “consentTextSha256” is required.</li>');
  });
});

test('with * in CONSENT_TEXTS another version comes with its hash', async () => {
  const env = {...CONFIGURED, CONSENT_TEXTS: `*, 2026-11=${HASH}`};
  const service = await givenRest({databaseUrl: database.url, issuer, env});
  const post = (fields: Fields) => service.post('/subscriptions', fieldsOf(fields));
  expect((await post({})).status).toBe(202);
  expect((await post({consentVersion: 'x', consentTextSha256: OTHER_HASH})).status).toBe(202);
  expect((await post({consentTextSha256: OTHER_HASH})).status).toBe(422);
  expect((await post({consentVersion: 'x'})).status).toBe(422);
  expect((await post({consentVersion: '*'})).status).toBe(422);
});
