// The links of mails: whoever reads the mail of an address confirms its subscription or ends it, and nobody else does; who only
// opens a link changes nothing.
import {randomBytes, randomUUID} from 'node:crypto';
import {CONFIRMATION_DAYS, type Recipient} from '../../../src/contract/subscription';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const KEY = randomBytes(32).toString('base64');
const CONSENT = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
const FORM = {'Content-Type': 'application/x-www-form-urlencoded'};
const ONE_CLICK = 'List-Unsubscribe=One-Click';

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let mailer: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({
    databaseUrl: database.url,
    issuer,
    env: {DOUBLE_OPT_IN: 'true', SUBSCRIPTION_TOKEN_KEYS: KEY},
  });
  mailer = await issuer.sign({scope: 'subscriptions:mail'});
});

async function recipients(query: string, of = rest): Promise<Recipient[]> {
  const response = await of.get(`/subscriptions/recipients?${query}`, mailer);
  expect(response.status).toBe(200);
  return (await response.json()) as Recipient[];
}

async function recipientOf(email: string, status = 'pending', of = rest): Promise<Recipient> {
  const found = (await recipients(`status=${status}&limit=100`, of)).find(row => row.email === email);
  if (!found) throw new Error('it is no recipient');
  return found;
}

async function subscribe(email = `${randomUUID()}@example.org`, version = CONSENT.consentVersion): Promise<string> {
  expect((await rest.post('/subscriptions', {email, ...CONSENT, consentVersion: version})).status).toBe(202);
  return email;
}

/** A recipient that waits, with the token of its link. */
async function givenPending(): Promise<Recipient & {confirmToken: string; unsubscribeToken: string}> {
  const {confirmToken, unsubscribeToken, ...recipient} = await recipientOf(await subscribe());
  return {...recipient, confirmToken: confirmToken ?? '', unsubscribeToken: unsubscribeToken ?? ''};
}

async function givenActive() {
  const recipient = await givenPending();
  expect((await confirm(recipient.confirmToken)).status).toBe(200);
  return recipient;
}

const confirm = (token: string) => rest.post('/subscriptions/confirm', {token});
const unsubscribe = (token: string) => rest.post('/subscriptions/unsubscribe', {token});

function postForm(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(rest.url + path, {method: 'POST', headers: {...FORM, ...headers}, body});
}

async function stateOf(id: string) {
  const [row] = await database.query<{status: string; version: number; unsubscribed_at: Date | null}>(
    'SELECT status, version, unsubscribed_at FROM subscription WHERE id = $1',
    [id],
  );
  const history = await database.query<{kind: string; method: string}>(
    'SELECT kind, method FROM subscription_consent WHERE subscription_id = $1 ORDER BY created_at, id',
    [id],
  );
  return {...row, history: history.map(({kind, method}) => `${kind} by ${method}`)};
}

describe('a confirmation', () => {
  test('activates what waits, once, and again it changes nothing', async () => {
    const {id, email, confirmToken} = await givenPending();
    expect(await stateOf(id)).toMatchObject({status: 'pending', history: ['given by request']});
    for (let time = 0; time < 2; time += 1) {
      const response = await confirm(confirmToken);
      expect([response.status, await response.json()]).toEqual([200, {status: 'active'}]);
    }
    expect(await stateOf(id)).toMatchObject({
      status: 'active',
      version: 2,
      history: ['given by request', 'confirmed by link'],
    });
    expect(await recipientOf(email, 'active')).toMatchObject({id, confirmToken: null});
  });

  test('at once from ten places is one', async () => {
    const {id, confirmToken} = await givenPending();
    const answers = await Promise.all(Array.from({length: 10}, () => confirm(confirmToken)));
    expect(answers.map(({status}) => status)).toEqual(Array(10).fill(200));
    expect(await stateOf(id)).toMatchObject({version: 2, history: ['given by request', 'confirmed by link']});
  });

  test('is of its own request: a link from before somebody left brings them back no more', async () => {
    const {id, email, confirmToken, unsubscribeToken} = await givenActive();
    await unsubscribe(unsubscribeToken);
    await expectProblem(await confirm(confirmToken), 'invalid-body', {without: confirmToken});
    await subscribe(email, '2026-12');
    await expectProblem(await confirm(confirmToken), 'invalid-body');
    expect(await stateOf(id)).toMatchObject({status: 'pending', unsubscribed_at: expect.any(Date) as Date});
    const again = await recipientOf(email);
    expect((await confirm(again.confirmToken ?? '')).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({status: 'active', unsubscribed_at: null});
  });

  test('is not made useless by another request of somebody else', async () => {
    const {id, email, confirmToken} = await givenPending();
    await subscribe(email, 'forged');
    expect((await confirm(confirmToken)).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({status: 'active'});
  });

  test(`is refused after ${CONFIRMATION_DAYS} days, and a new request has a new link`, async () => {
    const {id, email} = await givenPending();
    await database.query(
      `UPDATE subscription SET consented_at = consented_at - interval '${CONFIRMATION_DAYS} days' WHERE id = $1`,
      [id],
    );
    expect(await recipientOf(email)).toMatchObject({id, confirmToken: null});
    await subscribe(email, '2026-12');
    const {confirmToken} = await recipientOf(email);
    expect((await confirm(confirmToken ?? '')).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({status: 'active'});
  });

  test('needs a token of its own purpose, whole, and of a key that is in use', async () => {
    const {id, confirmToken, unsubscribeToken} = await givenPending();
    const other = await givenRest({
      databaseUrl: database.url,
      issuer,
      env: {SUBSCRIPTION_TOKEN_KEYS: randomBytes(32).toString('base64')},
    });
    const foreign =
      (await recipients('status=pending&limit=100', other)).find(row => row.id === id)?.confirmToken ?? '';
    expect(foreign).toHaveLength(confirmToken.length);
    for (const token of [unsubscribeToken, foreign, confirmToken.slice(1), `${confirmToken}A`, '', id]) {
      const problem = await expectProblem(await confirm(token), 'invalid-body');
      expect(problem.errors?.map(({pointer}) => pointer)).toEqual(['/token']);
    }
    await expectProblem(await unsubscribe(confirmToken), 'invalid-body');
    expect(await stateOf(id)).toMatchObject({status: 'pending', version: 1});
  });

  test('is the only way: the back office cannot do it instead', async () => {
    const {id} = await givenPending();
    const writer = await issuer.sign({scope: 'subscriptions:write'});
    const response = await fetch(`${rest.url}/subscriptions/${id}`, {
      method: 'PATCH',
      headers: {'Content-Type': 'application/json', Authorization: `Bearer ${writer}`, 'If-Match': '*'},
      body: JSON.stringify({status: 'active', reason: 'Said so.'}),
    });
    const problem = await expectProblem(response, 'conflict');
    expect(problem.detail).toContain('DOUBLE_OPT_IN');
    expect(await stateOf(id)).toMatchObject({status: 'pending'});
  });
});

describe('an unsubscription', () => {
  test('ends what is active or waits, once, and again it changes nothing', async () => {
    for (const {id, unsubscribeToken} of [await givenActive(), await givenPending()]) {
      const {version = 0} = await stateOf(id);
      for (let time = 0; time < 2; time += 1) {
        const response = await unsubscribe(unsubscribeToken);
        expect([response.status, await response.json()]).toEqual([200, {status: 'unsubscribed'}]);
      }
      const state = await stateOf(id);
      expect(state).toMatchObject({
        status: 'unsubscribed',
        version: version + 1,
        unsubscribed_at: expect.any(Date) as Date,
      });
      expect(state.history.filter(entry => entry.startsWith('withdrawn'))).toEqual(['withdrawn by link']);
    }
  });

  test('in one click of a mail program (RFC 8058) has its token in the URL', async () => {
    const {id, unsubscribeToken} = await givenActive();
    const response = await postForm(`/subscriptions/unsubscribe?token=${unsubscribeToken}`, ONE_CLICK);
    expect([response.status, await response.json()]).toEqual([200, {status: 'unsubscribed'}]);
    expect((await stateOf(id)).history.at(-1)).toBe('withdrawn by one_click');
  });

  test('of somebody who is erased is a success too', async () => {
    const {email, unsubscribeToken} = await givenActive();
    const eraser = await issuer.sign({scope: 'privacy:erase'});
    expect((await rest.post('/erasures', {email}, {Authorization: `Bearer ${eraser}`})).status).toBe(200);
    expect((await unsubscribe(unsubscribeToken)).status).toBe(200);
  });

  test.each([
    ['/subscriptions/unsubscribe', ONE_CLICK, 'invalid-body'],
    ['/subscriptions/unsubscribe?token=abc', ONE_CLICK, 'invalid-parameter'],
    ['/subscriptions/unsubscribe', 'List-Unsubscribe=Two-Clicks', 'invalid-body'],
    ['/subscriptions/unsubscribe', 'token=abc', 'invalid-body'],
  ] as const)('by %s with %s is refused', async (path, body, kind) => {
    await expectProblem(await postForm(path, body), kind);
  });
});

describe('a page', () => {
  test.each(['confirm', 'unsubscribe'] as const)('to %s asks, and changes nothing, whoever opens it', async purpose => {
    const {id} = await givenPending();
    const before = await stateOf(id);
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`${rest.url}/subscriptions/${purpose}?utm_source=newsletter`, {method});
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect([response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual([
        'no-store',
        'no-referrer',
      ]);
      if (method === 'GET') expect(await response.text()).toContain('<button>');
    }
    expect(await stateOf(id)).toEqual(before);
  });

  test('is in the language of its reader, and answers what its button posts', async () => {
    const {id, confirmToken, unsubscribeToken} = await givenPending();
    const german = {Accept: 'text/html', 'Accept-Language': 'de'};
    const confirmed = await postForm('/subscriptions/confirm', `token=${confirmToken}`, german);
    expect(await confirmed.text()).toContain('Ihr Abonnement ist bestätigt.');
    const page = await fetch(`${rest.url}/subscriptions/unsubscribe?token=${unsubscribeToken}`, {headers: german});
    const html = await page.text();
    expect(html).toContain(`<input type="hidden" name="token" value="${unsubscribeToken}">`);
    expect(html).not.toContain('<script>');
    const ended = await postForm('/subscriptions/unsubscribe', `token=${unsubscribeToken}`, german);
    expect(await ended.text()).toContain('Sie haben abbestellt');
    expect(await stateOf(id)).toMatchObject({status: 'unsubscribed'});
    const broken = await postForm('/subscriptions/confirm', 'token=abc', {Accept: 'text/html'});
    expect([broken.status, await broken.text()]).toEqual([422, expect.stringContaining('This link does not work')]);
  });

  test('shows what the URL says as text', async () => {
    const response = await fetch(
      `${rest.url}/subscriptions/unsubscribe?token=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(await response.text()).not.toContain('<script>alert');
  });
});

describe('recipients', () => {
  test('are read a page at a time, by list and status, with the scope to send mail alone', async () => {
    const list = `list-${randomUUID().slice(0, 8)}`;
    const emails = Array.from({length: 3}, (_, index) => `${index}.${randomUUID()}@example.org`);
    for (const email of emails) await rest.post('/subscriptions', {email, list, ...CONSENT});
    expect(await recipients(`list=${list}`)).toEqual([]);
    const found: string[] = [];
    let target: string | undefined = `/subscriptions/recipients?status=pending&list=${list}&limit=2&order=oldest`;
    while (target !== undefined) {
      const response = await rest.get(target, mailer);
      found.push(...((await response.json()) as Recipient[]).map(({email}) => email));
      target = /^<([^>]+)>/.exec(response.headers.get('Link') ?? '')?.[1];
    }
    expect(found).toEqual(emails);
    const reader = await issuer.sign({scope: 'subscriptions:read subscriptions:export'});
    await expectProblem(await rest.get('/subscriptions/recipients', reader), 'forbidden');
    await expectProblem(await rest.get('/subscriptions/recipients?status=unsubscribed', mailer), 'invalid-parameter');
  });
});

test('no token and no address is in a line of the log, also of what is refused', async () => {
  const {email, confirmToken, unsubscribeToken} = await givenPending();
  await fetch(`${rest.url}/subscriptions/unsubscribe?token=${unsubscribeToken}`);
  await postForm(`/subscriptions/unsubscribe?token=${unsubscribeToken}x`, ONE_CLICK);
  await fetch(`${rest.url}/subscriptions/confirm?token=${confirmToken}`, {method: 'PUT'});
  await postForm(`/subscriptions/unsubscribe?token=${unsubscribeToken}`, ONE_CLICK);
  const log = JSON.stringify(rest.lines);
  for (const secret of [confirmToken, unsubscribeToken, email]) expect(log).not.toContain(secret);
});
