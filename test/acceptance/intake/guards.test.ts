// Guards in front of POST /inquiries: what they quarantine is stored as spam, with the answer that everybody gets and without
// an event; what people and scripts send is stored as ever.
import {randomUUID} from 'node:crypto';
import {createBindingFromClass, injectable} from '@loopback/core';
import {asGuard, type Guard, type GuardedSubmission, type Signal} from '../../../src/services/guards/guard';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestObserver} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';
let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;
let observer: TestObserver;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  rest = await givenRest({databaseUrl: database.url, issuer, ...redis});
  observer = await givenObserver((await givenGateway({issuer, ...redis})).url, await issuer.sign());
});

const storedOf = (id: unknown) =>
  database.query('SELECT status, spam_reasons AS reasons, version FROM inquiry WHERE id = $1', [id]);
const idOf = async (answer: Response) => ((await answer.json()) as {id: string}).id;
const SPAM = [{status: 'spam', reasons: ['honeypot'], version: 1}];
const NEW = [{status: 'new', reasons: [], version: 1}];

async function metricsOf({lines}: TestRest): Promise<string> {
  const line = lines.find(({msg}) => msg === 'metrics.listening');
  return (await fetch(`http://127.0.0.1:${String(line?.port)}/metrics`)).text();
}

function postForm(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), ...fields});
  return fetch(`${rest.url}/inquiries`, {method: 'POST', body, headers, redirect: 'manual'});
}

test('a hidden field that is filled in is stored as spam, with the answer of any other, and no event', async () => {
  const shapeOf = async (answer: Response) => ({
    status: answer.status,
    headers: [...answer.headers.keys()].sort(),
    body: Object.keys((await answer.clone().json()) as object),
  });
  for (const post of [(fields: Record<string, string>) => rest.post('/inquiries', givenSubmission(fields)), postForm]) {
    const quarantined = await post({_remarks: 'Buy now'});
    const accepted = await post({});
    expect(await shapeOf(quarantined)).toEqual(await shapeOf(accepted));
    const [spam, fine] = [await idOf(quarantined), await idOf(accepted)];
    expect([await storedOf(spam), await storedOf(fine)]).toEqual([SPAM, NEW]);
    await observer.receives(fine); // the barrier: its event came after the other would have
    expect(observer.events.map(({data}) => data.inquiryId)).not.toContain(spam);
  }
});

test('a browser sees the same page, and the value is neither stored nor logged', async () => {
  const answer = await postForm({_remarks: 'zqMark7'}, {Accept: BROWSER});
  expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/html; charset=utf-8']);
  expect(await answer.text()).toContain('<h1>Thank you</h1>');
  const id = answer.headers.get('location')?.slice('/inquiries/'.length);
  expect(await storedOf(id)).toEqual(SPAM);
  const rows = await database.query('SELECT i::text AS row FROM inquiry AS i WHERE id = $1', [id]);
  expect(JSON.stringify(rows)).not.toContain('zqMark7');
  expect(rest.text()).not.toContain('zqMark7');
});

test.each<[string, unknown]>([
  ['empty', ''],
  ['blank', '  '],
  ['null', null],
])('a hidden field that is %s is as if left out', async (_, _remarks) => {
  expect(await storedOf(await idOf(await rest.post('/inquiries', givenSubmission({_remarks}))))).toEqual(NEW);
});

test.each<[string, unknown, string]>([
  ['a number', 7, 'type'],
  ['an object', {a: 'zqMark7'}, 'type'],
  ['far too long', 'zqMark7'.repeat(2000), 'too_big'],
])('a hidden field that is %s is refused by its name', async (_, _remarks, code) => {
  const answer = await rest.post('/inquiries', givenSubmission({_remarks}));
  const problem = await expectProblem(answer, 'invalid-body');
  expect(problem.errors).toEqual([expect.objectContaining({pointer: '/_remarks', code})]);
  expect(JSON.stringify(problem)).not.toContain('zqMark7');
});

test('a hidden field of another name is configured, and the default is then unknown', async () => {
  const other = await givenRest({databaseUrl: database.url, issuer, env: {HONEYPOT_FIELD: 'fax_number'}});
  expect(await storedOf(await idOf(await other.post('/inquiries', givenSubmission({fax_number: '1'}))))).toEqual(SPAM);
  await expectProblem(await other.post('/inquiries', givenSubmission({_remarks: '1'})), 'invalid-body');
});

test('a repeat with the same key is the same inquiry, whatever its hidden field holds', async () => {
  const submission = givenSubmission();
  const headers = {'Idempotency-Key': randomUUID()};
  const first = await rest.post('/inquiries', {...submission, _remarks: 'x'}, headers);
  const again = await rest.post('/inquiries', submission, headers);
  const [id, same] = [await idOf(first), await idOf(again)];
  expect(same).toBe(id);
  expect(await storedOf(id)).toEqual(SPAM);
});

test('each of many that come at once gets its own verdict, with keys and without', async () => {
  const posts = Array.from({length: 60}, async (_, index) => {
    const headers: Record<string, string> = index % 2 === 0 ? {} : {'Idempotency-Key': randomUUID()};
    const isSpam = index % 3 === 0;
    const answer = await rest.post('/inquiries', givenSubmission(isSpam ? {_remarks: 'x'} : {}), headers);
    expect(answer.status).toBe(201);
    return {isSpam, stored: await storedOf(await idOf(answer))};
  });
  for (const {isSpam, stored} of await Promise.all(posts)) expect(stored).toEqual(isSpam ? SPAM : NEW);
});

test('metrics count verdicts by reason', async () => {
  const counted = await givenRest({databaseUrl: database.url, issuer});
  await counted.post('/inquiries', givenSubmission({_remarks: 'x'}));
  await counted.post('/inquiries', givenSubmission());
  const metrics = await metricsOf(counted);
  expect(metrics).toContain('outreach_guard_verdicts_total{verdict="quarantine",reason="honeypot"} 1\n');
  expect(metrics).toContain('outreach_inquiries_total{outcome="quarantined",topic="sales"} 1\n');
  expect(metrics).toContain('outreach_inquiries_total{outcome="stored",topic="sales"} 1\n');
});

test('a guard of a consumer sees the submission, its sender and its own fields, and adds its weight', async () => {
  const seen: GuardedSubmission[] = [];
  @injectable(asGuard)
  class ShoutingGuard implements Guard {
    readonly cost = 10;
    readonly fields = ['tone'];

    check(submission: GuardedSubmission): Promise<readonly Signal[]> {
      seen.push(submission);
      const isShouted = submission.input.message === submission.input.message.toUpperCase();
      return Promise.resolve(isShouted ? [{reason: 'shouting', weight: Number(submission.sender.fields.tone)}] : []);
    }
  }
  const extend = (app: TestRest['app']) => void app.add(createBindingFromClass(ShoutingGuard));
  const guarded = await givenRest({databaseUrl: database.url, issuer, extend});
  const send = async (fields: object) =>
    storedOf(await idOf(await guarded.post('/inquiries', givenSubmission({...fields}))));
  expect(await send({message: 'quiet', tone: '1'})).toEqual(NEW);
  expect(await send({message: 'LOUD', tone: '99'})).toEqual(NEW);
  expect(await send({message: 'LOUD', tone: '100'})).toEqual([{status: 'spam', reasons: ['shouting'], version: 1}]);
  expect(await send({message: 'LOUD', tone: '1', _remarks: 'x'})).toEqual([
    {status: 'spam', reasons: ['honeypot', 'shouting'], version: 1},
  ]);
  expect(seen[0]).toEqual({
    input: expect.objectContaining({message: 'quiet', topic: 'sales'}) as object,
    sender: {
      client: '127.0.0.1',
      attempts: 0,
      format: 'json',
      fields: {tone: '1'},
      turn: expect.anything() as object,
    },
  });
  expect(await metricsOf(guarded)).toContain('outreach_guard_verdicts_total{verdict="accept",reason="shouting"} 1\n');
});
