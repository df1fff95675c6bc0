// Release: staff set a quarantined inquiry to new, and its event goes out then, once, to those who observe its topic.
import type {BulkResult} from '../../../src/contract/triage';
import {givenDatabase} from '../../helpers/database';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestObserver} from '../../helpers/gateway';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenInquiry, givenTriage, type TestTriage, TRIAGE_SCOPES} from '../../helpers/triage';

let issuer: TokenIssuer;
let rest: TestRest;
let grace: TestTriage;
let observer: TestObserver;

beforeAll(async () => {
  const [database, tokens] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  issuer = tokens;
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  rest = await givenRest({databaseUrl: database.url, issuer, ...redis});
  grace = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, subject: 'grace'}));
  observer = await givenObserver((await givenGateway({issuer, ...redis})).url, await issuer.sign());
});

const quarantined = (fields: Record<string, unknown> = {}) => givenInquiry(rest, {_remarks: 'x', ...fields});
const eventsOf = (id: string) => observer.events.filter(({data}) => data.inquiryId === id);
// What is submitted now is heard of after all that was released before.
const barrier = async () => observer.receives(await givenInquiry(rest));

async function releasedTotal(): Promise<number> {
  const line = rest.lines.find(({msg}) => msg === 'metrics.listening');
  const text = await (await fetch(`http://127.0.0.1:${String(line?.port)}/metrics`)).text();
  return Number(/^outreach_quarantine_released_total (\d+)$/m.exec(text)?.[1]);
}

test('its event goes out, the log has the change, and the reasons stay', async () => {
  const id = await quarantined();
  const released = await releasedTotal();
  expect((await grace.change(id, {status: 'new'}, 1)).status).toBe(200);
  const [event] = await observer.receives(id);
  const {createdAt, ...inquiry} = await grace.inquiry(id);
  expect(inquiry).toMatchObject({status: 'new', version: 2, spamReasons: ['honeypot']});
  expect(event).toMatchObject({id: `inquiry-submitted-${id}`, time: createdAt, data: {topic: 'sales'}});
  expect(await grace.log(id)).toMatchObject([{kind: 'status', actor: 'grace', from: 'spam', to: 'new'}]);
  expect(await releasedTotal()).toBe(released + 1);
});

test('many are released at once, each with its event; what is no quarantine has none', async () => {
  const [one, two, marked, fresh] = await Promise.all([
    quarantined(),
    quarantined(),
    givenInquiry(rest),
    givenInquiry(rest),
  ]);
  await observer.receives(marked, fresh);
  await grace.change(marked, {status: 'spam'}, 1);
  const answer = await grace.patch(`/inquiries?ids=${[one, two, marked, fresh].join(',')}`, {status: 'new'});
  const {results} = (await answer.json()) as {results: BulkResult[]};
  expect(results.map(({outcome}) => outcome)).toEqual(['updated', 'updated', 'updated', 'unchanged']);
  await observer.receives(one, two);
  await barrier();
  expect([one, two, marked, fresh].map(id => eventsOf(id).length)).toEqual([1, 1, 1, 1]); // two at their submission
});

test('with another topic it is announced to those of that one', async () => {
  const id = await quarantined();
  await grace.change(id, {status: 'new', topic: 'support'}, 1);
  const [event] = await observer.receives(id);
  expect(event?.data.topic).toBe('support');
});

test('one that is marked as spam again and set to new again has no second event', async () => {
  const id = await quarantined();
  for (const [status, version] of [
    ['new', 1],
    ['spam', 2],
    ['new', 3],
  ] as const) {
    expect((await grace.change(id, {status}, version)).status).toBe(200);
  }
  await observer.receives(id);
  await barrier();
  expect(eventsOf(id)).toHaveLength(1);
});

test('nothing goes out for a change that is refused, or that leaves it spam', async () => {
  const id = await quarantined();
  await expectProblem(await grace.change(id, {status: 'new'}, 7), 'precondition-failed');
  await expectProblem(await grace.change(id, {status: 'resolved'}, 1), 'conflict');
  await expectProblem(await grace.patch(`/inquiries/${id}`, {status: 'new'}), 'precondition-required');
  expect((await grace.change(id, {assignee: 'ada'}, 1)).status).toBe(200);
  const others = givenTriage(rest, await issuer.sign({scope: TRIAGE_SCOPES, topics: ['press']}));
  await expectProblem(await others.change(id, {status: 'new'}, '*'), 'not-found');
  const reader = givenTriage(rest, await issuer.sign({scope: 'inquiries:read'}));
  await expectProblem(await reader.change(id, {status: 'new'}, '*'), 'forbidden');
  await barrier();
  expect(eventsOf(id)).toEqual([]);
});
