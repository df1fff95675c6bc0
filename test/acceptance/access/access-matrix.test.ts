// The access table, walked whole: every route and every room against every way of not being let in, and the right one.
import {ALL_SCOPES, ROOM_ACCESS, type RoomAccess, type Scope} from '../../../src/access/policy';
import {ALL_TOPICS, OBSERVATION_NAMESPACE} from '../../../src/contract/rooms';
import type {BulkResults} from '../../../src/contract/triage';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {
  connectSocket,
  givenGateway,
  givenRedisKey,
  sharedRedisUrl,
  type TestGateway,
  TOPICS,
} from '../../helpers/gateway';
import type {OpenApiDocument} from '../../helpers/openapi';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {
  ALL_ROUTES,
  ALLOWED_ORIGIN,
  givenSeed,
  PROTECTED_ROUTES,
  sampleRequest,
  type SampleRequest,
} from '../../helpers/route-samples';
import {givenTokenIssuer, type TokenClaims, type TokenIssuer} from '../../helpers/tokens';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let document: OpenApiDocument;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: ALLOWED_ORIGIN}});
  document = (await (await rest.get('/openapi.json')).json()) as OpenApiDocument;
});

async function send({method, path, headers, body}: SampleRequest, claims?: TokenClaims): Promise<Response> {
  const authorization = claims && {Authorization: `Bearer ${await issuer.sign(claims)}`};
  return fetch(rest.url + path, {method, headers: {...headers, ...authorization}, body, redirect: 'manual'});
}

describe('every route', () => {
  test.each(ALL_ROUTES)('$key lets the right token, or none where it is public, in', async ({key}) => {
    const seed = await givenSeed(database);
    const right = PROTECTED_ROUTES.find(route => route.key === key);
    const answer = await send(sampleRequest(key, {document, seed}), right && {scope: right.scope});
    expect([key, answer.status < 400]).toEqual([key, true]);
  });
});

describe('every route that is not public', () => {
  const bad: [string, TokenClaims | undefined][] = [
    ['no token', undefined],
    ['an expired token', {expiresIn: -60}],
    ['a token for another audience', {audience: 'another-service'}],
    ['a token of another issuer', {issuer: 'https://evil.test/'}],
  ];
  test.each(bad)('answers 401 to %s', async (_title, claims) => {
    const seed = await givenSeed(database);
    for (const {key, scope} of PROTECTED_ROUTES) {
      const answer = await send(sampleRequest(key, {document, seed}), claims && {...claims, scope});
      expect([key, answer.status]).toEqual([key, 401]);
      await expectProblem(answer, 'unauthorized', {without: seed.inquiryId});
    }
  });

  const scopes = (...names: string[]): [string, string][] => names.map(name => [name, name]);
  test.each([['no scope at all', ''], ...scopes(...ALL_SCOPES)])(
    'answers 403 with only %s, unless it is the right one',
    async (_title, scope) => {
      const seed = await givenSeed(database);
      for (const {key} of PROTECTED_ROUTES.filter(route => route.scope !== scope)) {
        const answer = await send(sampleRequest(key, {document, seed}), {scope});
        expect([key, scope, answer.status]).toEqual([key, scope, 403]);
        await expectProblem(answer, 'forbidden');
      }
      const [row] = await database.query('SELECT version, status FROM inquiry WHERE id = $1', [seed.inquiryId]);
      expect(row).toEqual({version: 1, status: 'new'}); // refused before anything was done
    },
  );

  test('answers 403 with all scopes but the right one', async () => {
    const seed = await givenSeed(database);
    for (const {key, scope} of PROTECTED_ROUTES) {
      const others = ALL_SCOPES.filter(other => other !== scope).join(' ');
      const answer = await send(sampleRequest(key, {document, seed}), {scope: others});
      expect([key, answer.status]).toEqual([key, 403]);
    }
  });
});

/** Of the answers that count. */
interface Counted {
  count?: number;
  quarantined?: number;
}

describe('a topic outside the claim', () => {
  const narrowed = PROTECTED_ROUTES.filter(({sample}) => sample.topics !== 'none');
  const claims: [string, string[], boolean][] = [
    ['another topic', ['press'], false],
    ['no topic', [], false],
    ['the topic', ['press', 'sales'], true],
    ['every topic', ['*'], true],
  ];

  test('is tried on every route of inquiries that needs a token', () => {
    const untried = PROTECTED_ROUTES.filter(({sample}) => sample.topics === 'none').map(({key}) => key);
    expect(untried.filter(key => key.includes(' /inquiries'))).toEqual([]);
  });

  test.each(narrowed.flatMap(route => claims.map(([title, topics, inside]) => ({...route, title, topics, inside}))))(
    '$key with $title',
    async ({key, scope, sample, topics, inside}) => {
      const seed = await givenSeed(database);
      const answer = await send(sampleRequest(key, {document, seed, change: {narrowedTo: topics}}), {scope, topics});
      const text = await answer.text();
      if (sample.topics === 'one') {
        expect([key, answer.status === 404, answer.status < 400]).toEqual([key, !inside, inside]);
        if (!inside) expect(text).not.toContain(seed.name);
        return;
      }
      if (sample.topics === 'refused') {
        const isWhole = topics.includes(ALL_TOPICS);
        expect([key, answer.status === 403, answer.status < 400]).toEqual([key, !isWhole, isWhole]);
        return;
      }
      expect([key, answer.status < 400]).toEqual([key, true]);
      if (sample.topics === 'outcome') {
        const {results} = JSON.parse(text) as BulkResults;
        const outcome = inside ? 'updated' : 'not-found';
        expect([key, results]).toEqual([key, [{id: seed.inquiryId, outcome}]]);
        return;
      }
      const {count, quarantined = count} = sample.topics === 'count' ? (JSON.parse(text) as Counted) : {};
      if (quarantined === undefined) expect([key, text.includes(seed.name)]).toEqual([key, inside]);
      else expect([key, quarantined > 0]).toEqual([key, inside]);
      const total = answer.headers.get('X-Total-Count');
      if (total !== null) expect([key, Number(total) > 0]).toEqual([key, inside]);
    },
  );
});

/** How a room is asked for, and topic claims that keep it shut. */
interface RoomCase {
  room: string;
  scope: Scope;
  asked: string[] | undefined;
  outside: string[][];
}

describe('every room', () => {
  let gateway: TestGateway;
  // A row of the table is one room, or one for each topic.
  const rooms = Object.entries<RoomAccess>(ROOM_ACCESS).flatMap(([key, {scope, topics}]): RoomCase[] => {
    if (topics === 'every') return [{room: key, scope, asked: undefined, outside: [['sales'], TOPICS, []]}];
    return TOPICS.map(topic => {
      const outside = [TOPICS.filter(other => other !== topic), []];
      return {room: key.replace('<topic>', topic), scope, asked: [topic], outside};
    });
  });
  const roomScopes = new Set<string>(rooms.map(({scope}) => scope));
  const otherScopes = ALL_SCOPES.filter(scope => !roomScopes.has(scope));

  beforeAll(async () => {
    gateway = await givenGateway({issuer, redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()});
  });

  async function roomsOf(claims: TokenClaims, asked: string[] | undefined): Promise<string[]> {
    const socket = await connectSocket(gateway.url, {token: await issuer.sign(claims)});
    await socket.timeout(5000).emitWithAck('observe', asked ? {topics: asked} : {});
    const known = gateway.io.of(OBSERVATION_NAMESPACE).sockets.get(socket.id ?? '');
    const joined = known && [...known.rooms];
    socket.disconnect();
    if (!joined) throw new Error('the gateway does not know the socket');
    return joined;
  }

  const refused: [string, TokenClaims, string][] = [
    ['an expired token', {expiresIn: -60}, 'unauthorized'],
    ['a token for another audience', {audience: 'another-service'}, 'unauthorized'],
    ['no scope', {scope: ''}, 'forbidden'],
    ...otherScopes.map((scope): [string, TokenClaims, string] => [`only ${scope}`, {scope}, 'forbidden']),
    ['all scopes but those of rooms', {scope: otherScopes.join(' ')}, 'forbidden'],
  ];
  test.each(refused)('is out of reach with %s: not even a connection', async (_title, claims, reason) => {
    const token = await issuer.sign({scope: [...roomScopes].join(' '), ...claims});
    await expect(connectSocket(gateway.url, {token})).rejects.toThrow(reason);
  });

  test('is out of reach without a token', async () => {
    await expect(connectSocket(gateway.url, {})).rejects.toThrow('unauthorized');
  });

  test.each(rooms)('$room is joined with the scope and a claim that allows it, and only then', async entry => {
    const {room, scope, asked, outside} = entry;
    for (const topics of [undefined, ['*']]) expect(await roomsOf({scope, topics}, asked)).toEqual([room]);
    if (asked) expect(await roomsOf({scope, topics: asked}, asked)).toEqual([room]);
    for (const topics of outside) expect(await roomsOf({scope, topics}, asked)).not.toContain(room);
  });
});
