// POST /subscriptions: the same answer whether the address is new, known or had left, and consent that nobody but the
// visitor can replace. Who has left comes back by a confirmation alone.
import {createHash, randomUUID} from 'node:crypto';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let rest: TestRest;

beforeAll(async () => {
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer: await givenTokenIssuer()});
});

function request(fields: Record<string, unknown> = {}): Record<string, unknown> & {email: string} {
  return {
    email: `visitor.${randomUUID()}@example.org`,
    consentVersion: '2026-01',
    consentTextSha256: createHash('sha256').update('I agree.').digest('hex'),
    ...fields,
  };
}

async function rowsOf(email: string): Promise<Record<string, unknown>[]> {
  return database.query('SELECT * FROM subscription WHERE email_normalized = $1 ORDER BY list', [email.toLowerCase()]);
}

/** Everything that a client can tell two answers apart by. */
async function seen(response: Response) {
  const ignored = ['date', 'x-request-id'];
  const headers = [...response.headers].filter(([name]) => !ignored.includes(name));
  return {status: response.status, headers, body: await response.text()};
}

test('stores the address with the evidence of consent', async () => {
  const body = request({email: ` Ada.${randomUUID()}@Example.org`, locale: 'de', sourceUrl: 'https://x.test/a?b#c'});
  const before = Date.now();
  expect((await rest.post('/subscriptions', body)).status).toBe(202);
  const email = body.email.trim();
  const [row] = await rowsOf(email);
  expect(row).toMatchObject({
    email,
    email_normalized: email.toLowerCase(),
    list: 'newsletter',
    status: 'active',
    locale: 'de',
    consent_version: '2026-01',
    consent_text_sha256: body.consentTextSha256,
    source_url: 'https://x.test/a',
    unsubscribed_at: null,
  });
  const consentedAt = (row?.consented_at as Date).getTime();
  expect(consentedAt).toBeGreaterThanOrEqual(before);
  expect(consentedAt).toBeLessThanOrEqual(Date.now());
});

test('gives a new, a known and a returning address the same answer', async () => {
  const body = request();
  const fresh = await seen(await rest.post('/subscriptions', body));
  expect(fresh).toMatchObject({status: 202, body: '{"status":"accepted"}'});
  expect(await seen(await rest.post('/subscriptions', body))).toEqual(fresh);
  await leave(body.email);
  expect(await seen(await rest.post('/subscriptions', body))).toEqual(fresh);
});

test('does not replace the consent of a known address', async () => {
  const body = request({locale: 'en'});
  await rest.post('/subscriptions', body);
  const stored = await rowsOf(body.email);
  const other = {...body, email: body.email.toUpperCase(), consentVersion: 'forged', locale: 'fr'};
  expect((await rest.post('/subscriptions', other)).status).toBe(202);
  expect(await rowsOf(body.email)).toEqual(stored);
});

test('lets an address that had left wait for a confirmation, with its new consent, and never activates it', async () => {
  const body = request({locale: 'en'});
  await rest.post('/subscriptions', body);
  await leave(body.email);
  const [left] = await rowsOf(body.email);
  expect(left?.unsubscribed_at).not.toBeNull();
  const again = {...body, consentVersion: '2026-02', consentTextSha256: 'c'.repeat(64)};
  await rest.post('/subscriptions', again);
  await rest.post('/subscriptions', {...again, consentVersion: '2026-03'}); // it waits already: nothing changes
  const [row] = await rowsOf(body.email);
  expect(row).toMatchObject({
    id: left?.id,
    status: 'pending',
    version: 2,
    unsubscribed_at: left?.unsubscribed_at,
    consent_version: '2026-02',
    consent_text_sha256: 'c'.repeat(64),
  });
  expect((row?.consented_at as Date).getTime()).toBeGreaterThan((left?.consented_at as Date).getTime());
});

test('keeps one row per address and list', async () => {
  const body = request({list: 'releases'});
  await rest.post('/subscriptions', body);
  await rest.post('/subscriptions', {...body, list: 'newsletter'});
  await rest.post('/subscriptions', {...body, email: body.email.toUpperCase()});
  expect((await rowsOf(body.email)).map(({list}) => list)).toEqual(['newsletter', 'releases']);
});

test('keeps one row of an address with an I, whose small letter is another one in Turkish', async () => {
  const body = request({email: `INFO.${randomUUID()}@MINI.EXAMPLE.ORG`});
  await rest.post('/subscriptions', body);
  await rest.post('/subscriptions', {...body, email: body.email.toLowerCase()});
  expect(await rowsOf(body.email)).toHaveLength(1);
});

test('stores one row of twenty requests at once', async () => {
  const body = request();
  const responses = await Promise.all(Array.from({length: 20}, () => rest.post('/subscriptions', body)));
  expect(responses.map(({status}) => status)).toEqual(Array(20).fill(202));
  expect(await rowsOf(body.email)).toHaveLength(1);
});

test('lets one of twenty returns at once win, whole', async () => {
  const body = request();
  await rest.post('/subscriptions', body);
  await leave(body.email);
  const versions = Array.from({length: 20}, (_, index) => `v${index}`);
  await Promise.all(
    versions.map(version => rest.post('/subscriptions', {...body, consentVersion: version, locale: `en-${version}x`})),
  );
  const [row] = await rowsOf(body.email);
  expect(row?.status).toBe('pending');
  expect(row?.locale).toBe(`en-${String(row?.consent_version)}x`);
});

test('keeps each request in the history of consent, which nobody can change', async () => {
  const body = request();
  const versions = ['2026-01', '2026-02', '2026-03'];
  for (const consentVersion of versions) await rest.post('/subscriptions', {...body, consentVersion});
  const [row] = await rowsOf(body.email);
  const history = await database.query(
    'SELECT kind, method, consent_version, consent_text_sha256, actor FROM subscription_consent WHERE subscription_id = $1 ORDER BY created_at, id',
    [row?.id],
  );
  const each = {kind: 'given', method: 'request', consent_text_sha256: body.consentTextSha256, actor: null};
  expect(history).toEqual(versions.map(version => ({...each, consent_version: version})));
  await expect(database.query(`UPDATE subscription_consent SET consent_version = 'forged'`)).rejects.toThrow(
    'subscription_consent is append-only',
  );
});

test('a repeat with the same Idempotency-Key adds nothing', async () => {
  const body = request();
  const key = {'Idempotency-Key': randomUUID()};
  await rest.post('/subscriptions', body, key);
  await leave(body.email);
  expect((await rest.post('/subscriptions', body, key)).status).toBe(202);
  const [row] = await rowsOf(body.email);
  expect(row?.status).toBe('unsubscribed');
  expect(await database.query('SELECT FROM subscription_consent WHERE subscription_id = $1', [row?.id])).toHaveLength(
    1,
  );
});

test('needs the evidence of consent', async () => {
  const {email, consentVersion} = request();
  for (const [body, pointer] of [
    [{email}, '/consentVersion'],
    [{email, consentVersion}, '/consentTextSha256'],
  ] as const) {
    const {errors} = await expectProblem(await rest.post('/subscriptions', body), 'invalid-body');
    expect(errors).toMatchObject([{pointer, code: 'required'}]);
  }
  expect(await rowsOf(email)).toEqual([]);
});

test('takes no status, time or id from the sender', async () => {
  const body = request({status: 'unsubscribed', consentedAt: '2000-01-01T00:00:00Z', id: randomUUID()});
  const {errors} = await expectProblem(await rest.post('/subscriptions', body), 'invalid-body');
  expect(errors?.map(({pointer}) => pointer).sort()).toEqual(['/consentedAt', '/id', '/status']);
});

async function leave(email: string): Promise<void> {
  await database.query(
    `UPDATE subscription SET status = 'unsubscribed', unsubscribed_at = now(), consented_at = consented_at - interval '1 hour'
     WHERE email_normalized = $1`,
    [email.toLowerCase()],
  );
}
