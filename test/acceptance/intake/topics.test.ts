// Topics: the list that forms read, and what becomes of an inquiry whose topic is none of them.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
const TOPICS = 'general, sales,press';
let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  token = await issuer.sign();
  rest = await givenTopics();
});

function givenTopics(env: Record<string, string> = {}): Promise<TestRest> {
  return givenRest({databaseUrl: database.url, issuer, env: {INQUIRY_TOPICS: TOPICS, ALLOWED_ORIGINS: SITE, ...env}});
}

function postForm({url}: TestRest, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), ...fields});
  return fetch(`${url}/inquiries`, {method: 'POST', body, redirect: 'manual'});
}

async function storedBy(response: Response): Promise<unknown> {
  expect(response.status).toBe(201);
  const {id} = (await response.json()) as {id: string};
  const [row] = await database.query('SELECT topic, metadata FROM inquiry WHERE id = $1', [id]);
  return row;
}

describe('GET /topics', () => {
  test('lists the topics as configured, for everybody, caches and pages of allowed origins', async () => {
    const response = await fetch(`${rest.url}/topics`, {headers: {Origin: SITE}});
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({topics: ['general', 'sales', 'press'], defaultTopic: 'general'});
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(response.headers.get('vary')).toBe('Origin');
  });

  test('answers 304 to whoever has it already, until the topics are others', async () => {
    const etag = (await rest.get('/topics')).headers.get('etag') ?? '';
    const again = (service: TestRest) => fetch(`${service.url}/topics`, {headers: {'If-None-Match': etag}});
    const unchanged = await again(rest);
    expect([unchanged.status, unchanged.headers.get('etag'), await unchanged.text()]).toEqual([304, etag, '']);
    expect(unchanged.headers.get('cache-control')).toBe('public, max-age=300');
    expect((await again(await givenTopics({INQUIRY_TOPICS: 'sales'}))).status).toBe(200);
  });
});

describe('a topic that is none of them', () => {
  const REFUSED = [{pointer: '/topic', code: 'unknown_topic', detail: expect.any(String) as string}];

  test.each(['careers', 'Sales', 'Ask us anything!', 'Vertrieb & Größe', 'x'.repeat(200)])(
    'of a form is kept beside the default topic: %s',
    async topic => {
      const stored = await storedBy(await postForm(rest, {topic, 'metadata[budget]': '1000'}));
      expect(stored).toEqual({topic: 'general', metadata: {budget: '1000', requestedTopic: topic}});
    },
  );

  test('is kept beside as much metadata as there may be', async () => {
    const metadata = Object.fromEntries([1, 2, 3, 4].map(n => [`metadata[note${n}]`, 'x'.repeat(1000)]));
    const topic = '漢'.repeat(200);
    expect(await storedBy(await postForm(rest, {topic, ...metadata}))).toMatchObject({
      metadata: {requestedTopic: topic},
    });
  });

  test('leaves a warning for whoever runs the service, without the topic', async () => {
    const service = await givenTopics();
    await postForm(service, {topic: 'zqMark7'});
    await service.stop();
    expect(service.lines.filter(({msg}) => msg === 'inquiry.topic.unknown')).toEqual([
      expect.objectContaining({level: 'warn', variable: 'INQUIRY_TOPICS'}),
    ]);
    expect(service.text()).not.toMatch(/zqMark7/i);
  });

  test('shows in the back office under the topic that it was given, and to nobody of another', async () => {
    const {id} = (await (await postForm(rest, {topic: 'sales-emea'})).json()) as {id: string};
    expect(await (await rest.get(`/inquiries/${id}`, token)).json()).toMatchObject({
      topic: 'general',
      metadata: {requestedTopic: 'sales-emea'},
    });
    const narrowed = await issuer.sign({topics: ['sales', 'sales-emea']});
    expect((await rest.get(`/inquiries/${id}`, narrowed)).status).toBe(404);
  });

  test.each(['careers', 'Sales'])('of JSON is refused: %s', async topic => {
    const {errors} = await expectProblem(await rest.post('/inquiries', givenSubmission({topic})), 'invalid-body');
    expect(errors).toEqual(REFUSED);
  });

  test('is stored under the default topic whoever sends it with UNKNOWN_TOPIC=default', async () => {
    const service = await givenTopics({UNKNOWN_TOPIC: 'default'});
    const answer = await service.post('/inquiries', givenSubmission({topic: 'careers', metadata: {a: 'b'}}));
    expect(await storedBy(answer)).toEqual({topic: 'general', metadata: {a: 'b', requestedTopic: 'careers'}});
    expect(await storedBy(await postForm(service, {topic: 'careers'}))).toMatchObject({topic: 'general'});
  });

  test('is refused whoever sends it with UNKNOWN_TOPIC=refuse', async () => {
    const service = await givenTopics({UNKNOWN_TOPIC: 'refuse'});
    for (const answer of [
      await service.post('/inquiries', givenSubmission({topic: 'careers'})),
      await postForm(service, {topic: 'careers'}),
    ]) {
      expect((await expectProblem(answer, 'invalid-body')).errors).toEqual(REFUSED);
    }
  });

  test('makes a repeat with the same Idempotency-Key no second inquiry', async () => {
    const body = new URLSearchParams({...(givenSubmission() as Record<string, string>), topic: 'careers'});
    const post = () =>
      fetch(`${rest.url}/inquiries`, {method: 'POST', body, headers: {'Idempotency-Key': 'unknown-topic-1'}});
    const [first, second] = [await (await post()).text(), await (await post()).text()];
    expect(second).toBe(first);
  });

  test.each([
    ['missing', {}, 'required'],
    ['too long', {topic: 'x'.repeat(201)}, 'too_big'],
    ['a line with control characters', {topic: 'a\u0007b'}, 'control_character'],
  ])('is not one that is %s', async (_, fields, code) => {
    const body = new URLSearchParams({...(givenSubmission({topic: ''}) as Record<string, string>), ...fields});
    const answer = await fetch(`${rest.url}/inquiries`, {method: 'POST', body});
    const {errors} = await expectProblem(answer, 'invalid-body');
    expect(errors).toMatchObject([{pointer: '/topic', code}]);
  });
});
