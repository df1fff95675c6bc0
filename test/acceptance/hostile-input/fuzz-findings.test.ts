// What `npm run fuzz` found, with the seed that finds it, and what only reading for it found; it stays found.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {encodeCursor} from '../../../src/rest/list/cursor';
import {givenDatabase} from '../../helpers/database';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {ALL_SCOPES} from '../../../src/access/policy';
import {givenTokenIssuer} from '../../helpers/tokens';

const ID = '0192f7c4-0000-7000-8000-000000000010';

let rest: TestRest;
let token: string;

beforeAll(async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer});
  token = await issuer.sign({scope: ALL_SCOPES.join(' ')});
});

// Whoever sends the mails may count clicks by parameters of their own.
const LINKS_OF_MAILS = ['/subscriptions/confirm', '/subscriptions/unsubscribe'];

test('seed 1: an unknown parameter is refused on every route but the links of mails, and the document says so', async () => {
  const file = path.resolve(__dirname, '../../../docs/openapi.json');
  const {paths} = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, {responses: Record<string, unknown>}>>;
  };
  for (const [route, methods] of Object.entries(paths)) {
    for (const [method, {responses}] of Object.entries(methods)) {
      expect({route, method, statuses: Object.keys(responses)}).toMatchObject({
        statuses: expect.arrayContaining(['400']) as string[],
      });
    }
    if (!('get' in methods) || route.replace('{id}', '').includes('{')) continue;
    const response = await rest.get(`${route.replace('{id}', ID)}?no-such-parameter=`, token);
    if (LINKS_OF_MAILS.includes(route)) expect(response.status).toBe(200);
    else await expectProblem(response, 'invalid-parameter');
  }
});

// `String()` of such a value throws, and so did reading the filter.
test.each(['{"order":{"toString":1,"valueOf":1}}', '{"order":[{"toString":1,"valueOf":1}]}'])(
  'seed 7: an order that cannot become text: %s',
  async filter => {
    const response = await rest.get(`/inquiries?filter=${encodeURIComponent(filter)}`, token);
    await expectProblem(response, 'invalid-parameter');
  },
);

test.each([
  '00000000-0000-0000-0000-000000000000',
  '0192f7c4-5b1e-7c3a-9d2f-0123456789ab',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
])('a cursor at %s, up to the ends of what an id can be', async id => {
  const cursor = encodeCursor({id});
  for (const query of ['', '&order=oldest', '&status=new', '&status=new&order=oldest', '&topic=sales&q=a']) {
    expect((await rest.get(`/inquiries?cursor=${cursor}${query}`, token)).status).toBe(200);
  }
});
