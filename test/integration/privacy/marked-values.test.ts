// Marked values in every field, header and address that anybody sends: none of them is in what either process writes, answers to
// a fault, publishes or counts, and REST forgets who the clients were. Each mark names where it was sent: zqName7.
import {once} from 'node:events';
import {randomUUID} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Recipient} from '../../../src/contract/subscription';
import {FormTokens} from '../../../src/services/guards/form-tokens';
import {givenDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {connectSocket, givenObserver, givenRedisKey, type TestObserver} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {givenGatewayProcess, givenRestProcess, type TestProcess} from '../../helpers/process';
import {rawRequest, sendRaw} from '../../helpers/raw-http';
import {givenRedis} from '../../helpers/redis';
import {FORM_TOKEN_KEY} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

/** All of this file, as they are sent and in lower case. */
const MARKS = [...new Set(readFileSync(__filename, 'utf8').match(/zq[A-Z][a-z]{2,}7/gi))];
/** Names of fields and parameters: a problem names what is wrong. */
const NAMED = ['zqField7', 'zqFile7', 'zqBlank7', 'zqParameter7'];
/** Of clients and proxies; not of this machine, which every test has. */
const ADDRESSES = /203\.0\.113|2001:db8/gi;
const CLIENTS = ['203.0.113.77', '203.0.113.78, 203.0.113.79', '2001:db8:77:77::7'];
const SCOPES =
  'inquiries:read inquiries:triage inquiries:observe subscriptions:mail subscriptions:read privacy:erase privacy:export';
const HEADERS = {
  'User-Agent': 'zqAgent7',
  Referer: 'https://www.example.org/zqReferer7',
  Cookie: 'session=zqCookie7',
  'Accept-Language': 'de, zqLanguage7',
  'X-Request-Id': 'zqRequest7',
  traceparent: 'zqTrace7',
  Forwarded: 'for=203.0.113.80',
  'X-Real-IP': '203.0.113.81',
  'X-Own': 'zqHeader7',
};
const FIELDS = {
  topic: 'sales',
  name: 'zqName7',
  email: 'zqmail7@example.org',
  phone: 'zqPhone7',
  company: 'zqCompany7',
  subject: 'zqSubject7',
  message: 'zqMessage7, and zqmentioned7@example.org',
  sourceUrl: 'https://www.example.org/zqPage7?zqQuery7=1',
  privacyNoticeVersion: 'zqNotice7',
};
const PERSON = {...FIELDS, metadata: {zqKey7: 'zqMeta7'}};
const CONSENT = {
  consentVersion: 'zqConsent7',
  consentTextSha256: 'd'.repeat(64),
  sourceUrl: 'https://a.example/zqList7',
};

let issuer: TokenIssuer;
let token: string;
let directory: string;
let rest: TestProcess;
let gateway: TestProcess;
let recorder: Recorder;
let observer: TestObserver;
/** What was answered to what is refused, and to every public POST. */
const answers: string[] = [];
const stored: string[] = [];

beforeAll(async () => {
  const [database, redis, tokens] = await Promise.all([givenDatabase(), givenRedis(), givenTokenIssuer()]);
  issuer = tokens;
  token = await issuer.sign({scope: SCOPES, subject: 'zqstaff'});
  recorder = await givenRecorder(redis.port);
  directory = await mkdtemp(path.join(tmpdir(), 'outreach-heap-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  const options = {
    databaseUrl: database.url,
    issuer,
    redisUrl: `redis://127.0.0.1:${recorder.port}`,
    redisKey: givenRedisKey(),
  };
  const env = {LOG_LEVEL: 'trace', RATE_LIMIT: 'on', RATE_LIMIT_PER_EMAIL: '1000', TRUST_PROXY_HOPS: '1'};
  const snapshots = `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${directory}`;
  [rest, gateway] = await Promise.all([
    givenRestProcess({...options, env: {...env, NODE_OPTIONS: snapshots}}),
    givenGatewayProcess({...options, env}),
  ]);
  for (const each of [rest, gateway]) {
    await eventually(async () => expect(await (await each.get('/ready')).json()).toMatchObject({redis: 'up'}));
  }
  observer = await givenObserver(gateway.url, token);
  for (const client of CLIENTS) await sendEverything(client);
  await observer.receives(...stored);
  await askGateway();
}, 120_000);

/** Sends it, and keeps the answer. */
async function ask(client: string, method: string, target: string, init: RequestInit = {}): Promise<Response> {
  const headers = {...HEADERS, 'X-Forwarded-For': client, ...(init.headers as Record<string, string>)};
  const answer = await fetch(rest.url + target, {method, redirect: 'manual', ...init, headers});
  const text = await answer.clone().text();
  if (answer.status >= 400 || method === 'POST')
    answers.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${text}`);
  return answer;
}

async function sendEverything(client: string): Promise<void> {
  const json = {'Content-Type': 'application/json'};
  const post = (body: unknown, headers = {}, target = '/inquiries') =>
    ask(client, 'POST', target, {body: JSON.stringify(body), headers: {...json, ...headers}});
  const form = (fields: Record<string, string>) =>
    ask(client, 'POST', '/inquiries', {body: new URLSearchParams(fields)});
  const multipart = (added: Record<string, string | Blob>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({...FIELDS, ...added})) body.append(name, value);
    return ask(client, 'POST', '/inquiries', {body});
  };
  const key = {'Idempotency-Key': 'zqIdempotency7'};
  const formToken = new FormTokens([FORM_TOKEN_KEY]).issue(Date.now() - 5000) ?? '';

  const accepted = [
    await post({...PERSON, message: `zqMessage7 ${randomUUID()}`}, key),
    await post({...PERSON, message: `zqMessage7 ${randomUUID()}`, _token: formToken, altcha: 'zqProof7'}),
    await form({...FIELDS, zqOwn7: 'zqAnswer7', utm_source: 'zqSource7', _next: 'https://zqnext7.example/'}),
    await multipart({zqOwn7: 'zqAnswer7', zqFile7: new File([], '')}),
    await ask(client, 'POST', '/inquiries?utm_source=zqQuery7&gclid=zqClick7', {
      body: JSON.stringify(PERSON),
      headers: json,
    }),
  ];
  for (const answer of accepted) {
    expect(answer.status).toBe(201);
    stored.push(((await answer.json()) as {id: string}).id);
  }
  await post(PERSON, key); // repeated
  await post(PERSON, key);
  const quarantined = await post({...PERSON, _remarks: 'zqHoneypot7', _token: formToken});
  const {id} = (await quarantined.json()) as {id: string};
  // Refused, or broken.
  await post({...PERSON, email: 'zqBad7', topic: 'zqTopic7', zqField7: 'zqValue7', locale: {zqLocale7: 1}});
  await post({...PERSON, topic: 'zqTopic7'});
  await post({...PERSON, message: `zqLong7 ${'x'.repeat(6000)}`});
  await post({...PERSON, message: `zqHuge7 ${'x'.repeat(40_000)}`});
  await post(PERSON, {'Idempotency-Key': 'zqShor7'});
  await post(PERSON, {'Content-Type': 'text/zqType7; charset=zqCharset7'});
  await post(PERSON, {'Content-Type': 'multipart/form-data; boundary=zqBoundary7'});
  await post(PERSON, {Authorization: 'Bearer zqBearer7'});
  await ask(client, 'POST', '/inquiries', {body: '{"zqRaw7', headers: json});
  await multipart({zqFile7: new File(['zqContent7'], 'zqFilename7.png')});
  await form({...FIELDS, 'zq own7 zqBlank7': 'x', name: '\u0000zqNul7'});
  await ask(client, 'GET', '/zqPath7/%ff?zqQuery7=zqValue7');
  await ask(client, 'DELETE', '/inquiries/zqPath7');
  const xff = {'X-Forwarded-For': client, ...HEADERS, 'Content-Type': 'application/json'};
  for (const bytes of [
    rawRequest('POST /inquiries', {...xff, 'Content-Length': '99'}, '{"zqCut7'),
    rawRequest('POST /inquiries', {...xff, 'Content-Length': 'zqLength7'}, '{}'),
    rawRequest('zqMethod7 /zqPath7', xff),
    Buffer.from('zqGarbage7\r\n\r\n'),
  ]) {
    answers.push(await (await sendRaw(rest.url, bytes, {end: true})).text());
  }
  // Subscriptions, and the links of their mails.
  const email = `zqmail7.${CLIENTS.indexOf(client)}@example.org`;
  await post({email, ...CONSENT}, {}, '/subscriptions');
  await post({email: 'zqBad7', list: 'zqList7', ...CONSENT, zqField7: 1}, {}, '/subscriptions');
  for (const page of ['confirm', 'unsubscribe']) {
    await ask(client, 'GET', `/subscriptions/${page}?token=zqLink7`);
    await post({token: 'zqLink7'}, {}, `/subscriptions/${page}`);
  }
  const staff = {Authorization: `Bearer ${token}`};
  const recipients = await ask(client, 'GET', '/subscriptions/recipients?status=active', {headers: staff});
  const recipient = ((await recipients.json()) as Recipient[]).find(each => each.email === email);
  const unsubscribeToken = recipient?.unsubscribeToken ?? '';
  expect(unsubscribeToken).not.toBe('');
  await ask(client, 'GET', `/subscriptions/unsubscribe?token=${unsubscribeToken}`);
  await ask(client, 'POST', `/subscriptions/unsubscribe?token=${unsubscribeToken}`, {
    body: new URLSearchParams({'List-Unsubscribe': 'One-Click'}),
  });
  await ask(client, 'GET', '/form-token?gclid=zqClick7');
  // The back office.
  const patch = {...staff, 'Content-Type': 'application/merge-patch+json', 'If-Match': '"1"'};
  await ask(client, 'PATCH', `/inquiries/${id}`, {body: '{"status":"new","assignee":"zqAssignee7"}', headers: patch});
  stored.push(id); // released
  await ask(client, 'PATCH', `/inquiries/${id}`, {body: '{"status":"zqStatus7"}', headers: patch});
  await ask(client, 'PATCH', `/inquiries/${id}`, {body: '{}', headers: {...patch, 'If-Match': 'zqMatch7'}});
  const note = await fetch(`${rest.url}/inquiries/${id}/notes`, {
    method: 'POST',
    body: '{"text":"zqNote7"}',
    headers: {...staff, ...json},
  });
  expect(note.status).toBeLessThan(500);
  for (const query of [
    'q=zqSearch7',
    'assignee=zqAssignee7',
    'cursor=zqCursor7',
    'filter=zqFilter7',
    'zqParameter7=1',
  ]) {
    await ask(client, 'GET', `/inquiries?${query}`, {headers: staff});
  }
  const erased = await fetch(`${rest.url}/erasures`, {
    method: 'POST',
    body: '{"email":"zqmentioned7@example.org"}',
    headers: {...staff, ...json},
  });
  expect(erased.status).toBe(200);
}

async function askGateway(): Promise<void> {
  await expect(connectSocket(gateway.url, {token: 'zqToken7'}, 'https://zqorigin7.test/')).rejects.toThrow();
  await expect(connectSocket(gateway.url, {token: 'zqToken7', zqAuth7: 1})).rejects.toThrow();
  const socket = await connectSocket(gateway.url, {token});
  await socket.timeout(5000).emitWithAck('observe', {topics: ['zqTopic7']});
  await socket.timeout(5000).emitWithAck('observe', {zqField7: 'zqValue7'} as object);
  socket.disconnect();
  const paths = ['/zqPath7?zqQuery7=1', '/socket.io/?EIO=4&transport=websocket&token=zqUrl7'];
  for (const target of paths) answers.push(await (await fetch(gateway.url + target, {headers: HEADERS})).text());
  answers.push(await (await sendRaw(gateway.url, 'zqGarbage7\r\n\r\n', {end: true})).text());
}

const found = (text: string) => [
  ...MARKS.filter(mark => text.includes(mark) || text.includes(mark.toLowerCase())),
  ...new Set(text.match(ADDRESSES)),
];
const metricsOf = async ({metricsPort}: TestProcess) => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();

test('neither process writes one, at its most talkative', () => {
  for (const each of [rest, gateway]) {
    expect(each.lines.length).toBeGreaterThan(3);
    expect(found(JSON.stringify(each.lines))).toEqual([]);
    each.expectHealthy(); // and nothing on standard error
  }
  const text = JSON.stringify([rest.lines, gateway.lines]);
  expect(text).not.toContain(token.split('.')[2]);
});

test('no answer has one, but for the names of fields in problems', () => {
  expect(answers.length).toBeGreaterThan(60);
  expect(MARKS.length).toBeGreaterThan(60);
  expect(found(answers.join('\n')).sort()).toEqual([...NAMED].sort());
});

test('no metric has one', async () => {
  for (const each of [rest, gateway]) {
    const text = await metricsOf(each);
    expect(text).toContain('outreach_');
    expect(found(text)).toEqual([]);
  }
});

test('Redis sees the id, the topic and the time of an inquiry, and nothing else', () => {
  const traffic = recorder.text();
  for (const id of stored) expect(traffic).toContain(id);
  expect(found(traffic)).toEqual([]);
  expect(traffic).not.toContain('example.org');
});

test('REST forgets who its clients were once their requests are over', async () => {
  const others = Array.from({length: 200}, (_, index) =>
    rest.post('/inquiries', givenSubmission(), {'X-Forwarded-For': `198.51.100.${index}`}),
  );
  for (const answer of await Promise.all(others)) expect(answer.status).toBe(201);
  // One is under way meanwhile, whose client must be there: what is searched can find it.
  const waiting = await givenWaitingRequest('192.0.2.99');
  const heap = await heapOf(rest);
  waiting.destroy();
  expect(heap).toContain('192.0.2.99');
  expect(found(heap)).toEqual([]);
}, 120_000);

async function givenWaitingRequest(client: string): Promise<Socket> {
  const {hostname, port} = new URL(rest.url);
  const socket = connect(Number(port), hostname);
  onTeardown(() => Promise.resolve(socket.destroy()));
  socket.write(
    `POST /inquiries HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${client}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer]; // it has read the head, and waits for the body
  expect(answer.toString()).toContain('100 Continue');
  return socket;
}

/** All that lives in the process, after a collection of what does not. */
async function heapOf(of: TestProcess): Promise<string> {
  of.signal('SIGUSR2');
  const file = await eventually(() => {
    const [name] = readdirSync(directory);
    if (name === undefined) throw new Error('there is no snapshot');
    return path.join(directory, name);
  }, 30_000);
  await of.get('/live'); // it writes in one go, and serves after that
  expect(existsSync(file)).toBe(true);
  return readFileSync(file, 'latin1');
}

interface Recorder {
  port: number;
  text(): string;
}

/** Passes everything between clients and a port, and keeps it. */
async function givenRecorder(target: number): Promise<Recorder> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', chunk => chunks.push(Buffer.from(chunk)));
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTeardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    return Promise.resolve();
  });
  return {port: (server.address() as AddressInfo).port, text: () => Buffer.concat(chunks).toString('latin1')}; // it listens on a port
}
