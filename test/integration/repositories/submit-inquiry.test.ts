// The main job on real parts: an inquiry over HTTP is a row before the 201, and one event in each room that asked.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestGateway} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

interface Receipt {
  id: string;
  receivedAt: string;
}

let database: TestDatabase;
let issuer: TokenIssuer;
let replicas: [TestRest, TestRest];
let gateways: [TestGateway, TestGateway];

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const options = {databaseUrl: database.url, issuer, ...redis};
  replicas = await Promise.all([givenRest(options), givenRest(options)]);
  gateways = await Promise.all([givenGateway({issuer, ...redis}), givenGateway({issuer, ...redis})]);
});

async function submit(rest: TestRest, fields: Record<string, unknown> = {}): Promise<Receipt> {
  const response = await rest.post('/inquiries', givenSubmission(fields));
  expect(response.status).toBe(201);
  return (await response.json()) as Receipt;
}

test('an inquiry is in PostgreSQL when its 201 arrives', async () => {
  const {id, receivedAt} = await submit(replicas[0], {email: 'Ada@Example.org'});
  const rows = await database.query('SELECT topic, email, status, created_at FROM inquiry WHERE id = $1', [id]);
  expect(rows).toEqual([
    {
      topic: 'sales',
      email: 'Ada@Example.org',
      status: 'new',
      created_at: new Date(receivedAt),
    },
  ]);
});

test('each observer gets exactly one event of each inquiry, on two gateways and from two replicas', async () => {
  const token = await issuer.sign();
  const observers = await Promise.all([
    givenObserver(gateways[0].url, token),
    givenObserver(gateways[1].url, token),
    givenObserver(gateways[0].url, token, ['sales']),
    givenObserver(gateways[1].url, token, ['sales', 'press']),
  ]);
  const receipts = await Promise.all(Array.from({length: 20}, (_, index) => submit(replicas[index % 2 ? 1 : 0])));
  const ids = receipts.map(({id}) => id).sort();
  const barrier = await submit(replicas[1]); // whatever came twice came before it, on the same channels
  for (const observer of observers) {
    await observer.receives(...ids, barrier.id);
    const received = observer.events.map(({data}) => data.inquiryId).filter(id => id !== barrier.id);
    expect(received.sort()).toEqual(ids);
  }
});

test('a client of another topic gets none', async () => {
  const observer = await givenObserver(gateways[0].url, await issuer.sign(), ['press']);
  await submit(replicas[0], {topic: 'sales'});
  const barrier = await submit(replicas[0], {topic: 'press'});
  await observer.receives(barrier.id);
  expect(observer.events.map(({data}) => data.inquiryId)).toEqual([barrier.id]);
});

test('the event names the inquiry and holds no personal data', async () => {
  const observer = await givenObserver(gateways[1].url, await issuer.sign());
  const {id, receivedAt} = await submit(replicas[0]);
  const [event] = await observer.receives(id);
  expect(event).toEqual({
    specversion: '1.0',
    id: `inquiry-submitted-${id}`,
    source: '/outreach',
    type: 'outreach.inquiry.submitted.v1',
    subject: `inquiries/${id}`,
    time: receivedAt,
    datacontenttype: 'application/json',
    data: {inquiryId: id, topic: 'sales', receivedAt},
  });
});
