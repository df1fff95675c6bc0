// The claims of a token, and the functions that say what they allow: deny by default.
import {type Claims, parseClaims} from '../../../src/access/claims';
import {ALL_SCOPES, grantTopics, hasScope, PUBLIC, ROOM_ACCESS, ROUTE_ACCESS, Scope} from '../../../src/access/policy';
import {isInTopicScope} from '../../../src/access/topic-scope';

const PAYLOAD = {sub: 'ada', exp: 2_000_000_000, scope: 'inquiries:read inquiries:observe'};

function givenClaims(topics?: unknown, scope: unknown = PAYLOAD.scope): Claims {
  const claims = parseClaims({...PAYLOAD, scope, ...(topics !== undefined && {topics})});
  if (!claims) throw new Error('the claims of this test are refused');
  return claims;
}

test('reads subject, scopes, topics and expiry, and ignores claims of others', () => {
  expect(parseClaims({...PAYLOAD, topics: ['sales', 'sales', 'press'], iss: 'x', roles: ['admin']})).toEqual({
    subject: 'ada',
    scopes: new Set(['inquiries:read', 'inquiries:observe']),
    topics: ['sales', 'press'],
    expiresAt: 2_000_000_000,
  });
});

test('absent topics and a star mean every topic, an empty array means none', () => {
  expect(givenClaims().topics).toBe('*');
  expect(givenClaims(['*']).topics).toBe('*');
  expect(givenClaims(['sales', '*']).topics).toBe('*');
  expect(givenClaims([]).topics).toEqual([]);
});

test('an absent scope means no scope; the words of a scope are split at spaces only', () => {
  expect(givenClaims(undefined, undefined).scopes).toEqual(new Set(PAYLOAD.scope.split(' ')));
  expect(parseClaims({sub: 'ada', exp: 1})?.scopes).toEqual(new Set());
  expect(givenClaims(undefined, '  a   b ').scopes).toEqual(new Set(['a', 'b']));
  expect(givenClaims(undefined, 'a,b').scopes).toEqual(new Set(['a,b']));
});

test.each([
  ['no object', 'text'],
  ['null', null],
  ['an array', [PAYLOAD]],
  ['no subject', {...PAYLOAD, sub: undefined}],
  ['an empty subject', {...PAYLOAD, sub: ''}],
  ['a subject that is a number', {...PAYLOAD, sub: 1}],
  ['a subject that PostgreSQL cannot store', {...PAYLOAD, sub: 'a\u0000b'}],
  ['a subject with a lone surrogate', {...PAYLOAD, sub: '\uD800'}],
  ['a subject of 256 characters', {...PAYLOAD, sub: 'x'.repeat(256)}],
  ['no expiry', {...PAYLOAD, exp: undefined}],
  ['an expiry that is a text', {...PAYLOAD, exp: '2000000000'}],
  ['an expiry that never comes', {...PAYLOAD, exp: Infinity}],
  ['an expiry that is no number', {...PAYLOAD, exp: NaN}],
  ['a scope that is an array', {...PAYLOAD, scope: ['inquiries:read']}],
  ['a scope that is null', {...PAYLOAD, scope: null}],
  ['topics that are a text', {...PAYLOAD, topics: 'sales'}],
  ['topics that are null', {...PAYLOAD, topics: null}],
  ['topics that are an object', {...PAYLOAD, topics: {0: 'sales', length: 1}}],
  ['a topic that is a number', {...PAYLOAD, topics: ['sales', 1]}],
  ['a topic that is no slug', {...PAYLOAD, topics: ['Sales & Co']}],
  ['a star among malformed topics', {...PAYLOAD, topics: ['*', null]}],
  ['201 topics', {...PAYLOAD, topics: Array.from({length: 201}, (_, index) => `topic-${index}`)}],
])('a payload with %s is refused', (_title, payload) => {
  expect(parseClaims(payload)).toBeUndefined();
});

test('a scope is had only by its whole name', () => {
  expect(hasScope(givenClaims(), Scope.INQUIRIES_READ)).toBe(true);
  for (const scope of [
    '',
    'inquiries',
    'inquiries:*',
    '*',
    'INQUIRIES:READ',
    'inquiries:readonly',
    'xinquiries:read',
  ]) {
    expect(hasScope(givenClaims(undefined, scope), Scope.INQUIRIES_READ)).toBe(false);
  }
});

test('a topic may be seen when the claim names it or does not narrow, and never by likeness', () => {
  expect(isInTopicScope(givenClaims(), 'sales')).toBe(true);
  expect(isInTopicScope(givenClaims(['sales']), 'sales')).toBe(true);
  expect(isInTopicScope(givenClaims([]), 'sales')).toBe(false);
  for (const topic of ['press', 'sale', 'sales-2', 'Sales', '', '*', 'length', 'constructor']) {
    expect(isInTopicScope(givenClaims(['sales']), topic)).toBe(false);
  }
});

test.each([
  {claim: undefined, asked: undefined, granted: ['*'], denied: []},
  {claim: undefined, asked: ['sales', 'sales', 'press'], granted: ['sales', 'press'], denied: []},
  {claim: undefined, asked: [], granted: [], denied: []},
  {claim: ['sales'], asked: undefined, granted: ['sales'], denied: []},
  {claim: ['sales'], asked: ['press', 'sales'], granted: ['sales'], denied: ['press']},
  {claim: undefined, asked: ['*'], granted: ['*'], denied: []},
  {claim: undefined, asked: ['sales', '*', '*'], granted: ['sales', '*'], denied: []},
  {claim: ['sales'], asked: ['*'], granted: ['sales'], denied: []},
  {claim: ['sales', 'press'], asked: ['*', 'sales', 'careers'], granted: ['sales', 'press'], denied: ['careers']},
  {claim: ['sales'], asked: ['Sales!', ''], granted: [], denied: ['Sales!', '']},
  {claim: [], asked: ['*'], granted: [], denied: []},
  {claim: [], asked: undefined, granted: [], denied: []},
  {claim: [], asked: ['sales'], granted: [], denied: ['sales']},
])(
  'with the topics $claim, asking for $asked grants $granted and denies $denied',
  ({claim, asked, granted, denied}) => {
    expect(grantTopics(givenClaims(claim), asked)).toEqual({granted, denied});
  },
);

test('without the observe scope everything that is asked is denied', () => {
  const claims = givenClaims(undefined, 'inquiries:read');
  expect(grantTopics(claims, undefined)).toEqual({granted: [], denied: ['*']});
  expect(grantTopics(claims, ['*'])).toEqual({granted: [], denied: ['*']});
  expect(grantTopics(claims, ['sales'])).toEqual({granted: [], denied: ['sales']});
});

test('what is granted is the bearer’s own copy: changing it does not change the claims', () => {
  const claims = givenClaims(['sales']);
  grantTopics(claims, undefined).granted.push('press');
  expect(isInTopicScope(claims, 'press')).toBe(false);
});

// Whoever has the token of a mail's link may open its page, and reads nothing of the subscription.
const LINKS_OF_MAILS = ['GET /subscriptions/confirm', 'GET /subscriptions/unsubscribe'];

test('the access table names known scopes only, and what reads inquiries is not public', () => {
  for (const [key, access] of Object.entries(ROUTE_ACCESS)) {
    expect([PUBLIC, ...ALL_SCOPES]).toContain(access);
    if (/^(GET|HEAD|PATCH|PUT|DELETE) \/(inquiries|subscriptions)/.test(key) && !LINKS_OF_MAILS.includes(key)) {
      expect({key, access}).not.toEqual({key, access: PUBLIC});
    }
  }
  for (const {scope} of Object.values(ROOM_ACCESS)) expect(ALL_SCOPES).toContain(scope);
  expect(new Set(ALL_SCOPES).size).toBe(ALL_SCOPES.length);
});
