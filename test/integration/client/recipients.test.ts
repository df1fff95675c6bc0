// Who sends the mails of a list: the script of docs/client.md as it stands, and what it is made of, on real REST.
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {createRestClient, eachRecipient, mailLinks, type Recipient} from '../../../src/client/client';
import {givenConsumer} from '../../helpers/consumer';
import {givenDatabase} from '../../helpers/database';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const DOCUMENT = readFileSync(path.resolve(__dirname, '../../../docs/client.md'), 'utf8');
const [, SCRIPT = ''] = /```js\n([^`]*eachRecipient[^]*?)```/.exec(DOCUMENT) ?? [];
const CONSENT = {consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)};
const MORE_THAN_A_PAGE = 103;

let issuer: TokenIssuer;
let rest: TestRest;
let list: string;

beforeAll(async () => {
  const [database, tokens] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  issuer = tokens;
  rest = await givenRest({databaseUrl: database.url, issuer});
});
beforeEach(() => {
  list = `list-${randomUUID().slice(0, 8)}`;
});

async function subscribe(email: string): Promise<string> {
  expect((await rest.post('/subscriptions', {email, list, ...CONSENT})).status).toBe(202);
  return email;
}

async function subscribeMany(count: number): Promise<string[]> {
  const emails: string[] = [];
  for (let each = 0; each < count; each += 1) emails.push(await subscribe(`${each}.${list}@example.org`));
  return emails;
}

const tokenOf = (scope: string) => issuer.sign({scope});
const clientOf = (scope = 'subscriptions:mail') =>
  createRestClient({restUrl: rest.url, getToken: () => tokenOf(scope)});

async function all(recipients: AsyncIterable<Recipient>): Promise<Recipient[]> {
  const rows: Recipient[] = [];
  for await (const row of recipients) rows.push(row);
  return rows;
}

test("the document's script sends a mail to each recipient, the oldest first, whose headers end the subscription", async () => {
  const emails = await subscribeMany(MORE_THAN_A_PAGE);
  const consumer = await givenConsumer();
  await consumer.write('package.json', '{"type": "module"}');
  await consumer.write(
    'mail.js',
    `export const getToken = () => '${await tokenOf('subscriptions:mail')}';
    export const sendMail = async mail => console.log(JSON.stringify(mail));`,
  );
  const script = SCRIPT.replaceAll('https://api.example.org', rest.url).replace("'newsletter'", `'${list}'`);
  await consumer.write('newsletter.js', script);
  const sending = consumer.node('newsletter.js');
  expect([await sending.exited, sending.output()]).toEqual([0, expect.anything()]);
  const mails = sending
    .output()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as {to: string; headers: Record<string, string>; text: string});
  expect(mails.map(({to}) => to)).toEqual(emails);

  const [mail] = mails;
  if (!mail) throw new Error('no mail was sent');
  const {headers, text} = mail;
  const [, oneClick = ''] = /^<(.+)>$/.exec(headers['List-Unsubscribe'] ?? '') ?? [];
  const click = await fetch(oneClick, {
    method: 'POST',
    headers: {'Content-Type': 'application/x-www-form-urlencoded'},
    body: headers['List-Unsubscribe-Post'],
  });
  expect(click.status).toBe(200);
  expect(text).toContain(oneClick.replace('?token=', '#'));
  expect((await all(eachRecipient(clientOf(), {list}))).map(({email}) => email)).toEqual(emails.slice(1));
}, 60_000);

test('who is to confirm gets a link that confirms, and nobody else does', async () => {
  const email = await subscribe(`${list}@example.org`);
  const [active] = await all(eachRecipient(clientOf(), {list}));
  if (!active) throw new Error('there is no recipient');
  expect(mailLinks(active, {publicUrl: rest.url}).confirmUrl).toBeUndefined();
  const unsubscribed = await rest.post('/subscriptions/unsubscribe', {token: active.unsubscribeToken});
  expect(unsubscribed.status).toBe(200);
  await subscribe(email); // who has left confirms
  const [pending] = await all(eachRecipient(clientOf(), {list, status: 'pending'}));
  if (!pending) throw new Error('nobody is to confirm');
  const {confirmUrl = ''} = mailLinks(pending, {publicUrl: `${rest.url}/`});
  const {origin, pathname, hash} = new URL(confirmUrl);
  expect(origin + pathname).toBe(`${rest.url}/subscriptions/confirm`);
  expect((await rest.post(pathname, {token: hash.slice(1)})).status).toBe(200);
  expect((await all(eachRecipient(clientOf(), {list}))).map(row => row.email)).toEqual([email]);
});

test('a page is read when it is needed, so that who has left meanwhile is not among the later ones', async () => {
  await subscribeMany(MORE_THAN_A_PAGE);
  const everybody = await all(eachRecipient(clientOf(), {list}));
  const last = everybody.at(-1);
  const met: string[] = [];
  for await (const {email} of eachRecipient(clientOf(), {list})) {
    if (met.length === 0) await rest.post('/subscriptions/unsubscribe', {token: last?.unsubscribeToken});
    met.push(email);
  }
  expect(met).toEqual(everybody.slice(0, -1).map(({email}) => email));
}, 60_000);

test('what the service refuses is thrown with its problem', async () => {
  await expect(all(eachRecipient(clientOf('subscriptions:read')))).rejects.toMatchObject({
    message: 'The recipients cannot be read: HTTP 403',
    cause: {status: 403, title: expect.any(String) as string},
  });
});

test('no mail goes without a way to leave', () => {
  const recipient = {confirmToken: null, unsubscribeToken: null};
  expect(() => mailLinks(recipient, {publicUrl: rest.url})).toThrow('SUBSCRIPTION_TOKEN_KEYS');
});
