// A list that the caller has already is 304 without a body: while its bytes are the same, for the same caller, and with
// headers from which the caller can go on.
import {FEED_CURSOR_HEADER} from '../../../src/contract/feed';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenFeedReader, insertInquiry, inWords, settled} from '../../helpers/feed';
import {givenRest, type TestRest} from '../../helpers/rest';
import {ALLOWED_ORIGIN} from '../../helpers/route-samples';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';
import {givenTriage, TRIAGE_SCOPES} from '../../helpers/triage';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let token: string;

beforeEach(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: ALLOWED_ORIGIN}});
  token = await issuer.sign({scope: `${TRIAGE_SCOPES} subscriptions:read`});
});

async function list(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(rest.url + path, {headers: {Authorization: `Bearer ${token}`, ...headers}});
  return {status: response.status, headers: response.headers, text: await response.text()};
}

const tagOf = (answer: {headers: Headers}) => answer.headers.get('ETag') ?? 'none';

test.each(['/inquiries', '/inquiries?limit=1&total=true', '/inquiries?topic=press', '/subscriptions'])(
  '%s is 304 with the headers of a 200 while it is the same, and 200 for any other tag',
  async path => {
    await insertInquiry(database);
    await insertInquiry(database);
    const first = await list(path);
    expect([first.status, tagOf(first)]).toEqual([200, expect.stringMatching(/^"[\w-]{22}"$/)]);
    const tag = tagOf(first);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, `"a,b",W/"c" ,${tag},`, '*']) {
      const again = await list(path, {'If-None-Match': known});
      expect([again.status, again.text]).toEqual([304, '']);
      for (const name of ['ETag', 'Link', 'X-Total-Count', 'Cache-Control', 'X-Content-Type-Options']) {
        expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)]);
      }
      expect(again.headers.has(FEED_CURSOR_HEADER)).toBe(first.headers.has(FEED_CURSOR_HEADER)); // another text each time
      expect(again.headers.get('Content-Type')).toBeNull();
    }
    for (const other of ['"other"', tag.slice(1, -1), `"x${tag.slice(1)}`, 'nonsense', '"1"']) {
      const again = await list(path, {'If-None-Match': other});
      expect([again.status, again.text]).toEqual([200, first.text]);
    }
  },
);

test('it is 200 again when a row of the page has come, changed or gone, and another page has another tag', async () => {
  const id = await insertInquiry(database);
  const tags: string[] = [];
  const next = async () => {
    const answer = await list('/inquiries', {'If-None-Match': tags.at(-1) ?? '"none"'});
    expect(answer.status).toBe(200);
    tags.push(tagOf(answer));
    expect((await list('/inquiries', {'If-None-Match': tagOf(answer)})).status).toBe(304);
  };
  await next();
  await givenTriage(rest, token).change(id, {status: 'in_progress'}, 1);
  await next();
  const other = await insertInquiry(database, 'press');
  await next();
  await database.query('DELETE FROM inquiry WHERE id = $1', [id]);
  await next();
  expect(new Set(tags).size).toBe(4);
  const narrowed = await issuer.sign({topics: ['sales']});
  const answer = await list('/inquiries', {Authorization: `Bearer ${narrowed}`, 'If-None-Match': tags.at(-1) ?? ''});
  expect([answer.status, answer.text]).toEqual([200, '[]']); // the tag of rows that this caller does not see
  expect(await rest.get(`/inquiries/${other}`, narrowed)).toMatchObject({status: 404});
});

test('the feed goes on from the Feed-Cursor of a 304 with the rows that the caller has', async () => {
  await insertInquiry(database);
  await settled(database); // the reader begins after it
  const first = await list('/inquiries?limit=1&order=oldest');
  const reader = await givenFeedReader(rest, token);
  const off = await insertInquiry(database); // not on the page
  await settled(database);
  const again = await list('/inquiries?limit=1&order=oldest', {'If-None-Match': tagOf(first)});
  expect(again.status).toBe(304);
  const feed = again.headers.get(FEED_CURSOR_HEADER) ?? '';
  const late = await insertInquiry(database);
  await settled(database);
  expect(inWords(await reader.readAll())).toEqual([`new ${off}`, `new ${late}`]);
  reader.feed = feed;
  expect(inWords(await reader.readAll())).toEqual([`new ${late}`]);
});

test('a page of another origin may send If-None-Match and read the ETag', async () => {
  const preflight = await fetch(`${rest.url}/inquiries`, {
    method: 'OPTIONS',
    headers: {
      Origin: ALLOWED_ORIGIN,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization, if-none-match',
    },
  });
  expect(preflight.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('if-none-match');
  const answer = await list('/inquiries', {Origin: ALLOWED_ORIGIN});
  expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('ETag');
});

test('HEAD has the same tag, and is 304 as well', async () => {
  const {status, headers} = await list('/inquiries');
  const options = {method: 'HEAD', headers: {Authorization: `Bearer ${token}`}};
  const head = await fetch(`${rest.url}/inquiries`, options);
  expect([head.status, tagOf(head)]).toEqual([status, headers.get('ETag')]);
  const again = await fetch(`${rest.url}/inquiries`, {
    ...options,
    headers: {...options.headers, 'If-None-Match': tagOf(head)},
  });
  expect(again.status).toBe(304);
});
