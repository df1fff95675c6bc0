// The typed REST client against the real application: what a consumer of `outreach/client` writes.
import {createRestClient, type RestClient} from '../../../src/client/rest/rest-client';
import {givenDatabase} from '../../helpers/database';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let rest: TestRest;
let client: RestClient;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer});
  client = createRestClient({restUrl: rest.url, getToken: () => issuer.sign()});
});

const submission = {topic: 'sales', name: 'Ada', email: 'ada@example.org', message: 'Hello'};

test('submits, lists, counts and reads with the types of the document', async () => {
  const submitted = await client.POST('/inquiries', {body: submission});
  const id: string | undefined = submitted.data?.id; // does not compile when the document changes
  expect(submitted.response.status).toBe(201);
  const listed = await client.GET('/inquiries', {params: {query: {status: 'new', limit: 10, total: 'true'}}});
  expect(listed.data?.map(inquiry => inquiry.id)).toEqual([id]);
  expect(listed.response.headers.get('X-Total-Count')).toBe('1');
  const counted = await client.GET('/inquiries/count');
  expect(counted.data?.byStatus.new).toBe(1);
  const read = await client.GET('/inquiries/{id}', {params: {path: {id: id ?? ''}}});
  expect(read.data).toMatchObject({id, topic: 'sales', name: 'Ada'});
});

test('gives a problem as a typed error, and does not throw', async () => {
  const {data, error, response} = await client.POST('/inquiries', {body: {...submission, email: 'nobody'}});
  expect([data, response.status, error?.type]).toEqual([undefined, 422, '/problems/invalid-body']);
  expect(error?.errors?.[0]?.pointer).toBe('/email');
});

test('asks for the token before each request, and sends none when there is none', async () => {
  const tokens = ['none', await issuer.sign()];
  const own = createRestClient({restUrl: rest.url, getToken: () => tokens.shift()});
  const statuses = [];
  for (let count = 0; count < 3; count++) statuses.push((await own.GET('/inquiries')).response.status);
  expect(statuses).toEqual([401, 200, 401]);
  const anonymous = createRestClient({restUrl: rest.url});
  expect((await anonymous.GET('/live')).data).toEqual({status: 'live'});
  expect((await anonymous.GET('/inquiries')).error?.status).toBe(401);
});

test('does not compile with what the document does not have', () => {
  const never = () => [
    // @ts-expect-error no such path
    client.GET('/nothing'),
    // @ts-expect-error no such status
    client.GET('/inquiries', {params: {query: {status: 'open'}}}),
    // @ts-expect-error the message is missing
    client.POST('/inquiries', {body: {topic: 'sales', name: 'Ada', email: 'ada@example.org'}}),
  ];
  expect(never).toEqual(expect.any(Function)); // `npm run check` is the test
});
