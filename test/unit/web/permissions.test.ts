// What the back office offers, by the token's claims as the service reads them.
import {parseClaims} from '../../../src/access/claims';
import {ALL_SCOPES, hasScope} from '../../../src/access/policy';
import {isInTopicScope} from '../../../src/access/topic-scope';
import {permissionsOf, type Scope} from '../../../web/src/authentication/permissions';

const SCOPES: Scope[] = [
  'inquiries:read',
  'inquiries:triage',
  'inquiries:export',
  'subscriptions:read',
  'subscriptions:write',
  'subscriptions:export',
];

const tokenOf = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify({sub: 'Zoë', exp: 1, ...claims})).toString('base64url')}.signature`;

test('each scope that the back office asks for is one of the service', () => {
  expect(ALL_SCOPES).toEqual(expect.arrayContaining(SCOPES));
});

test.each([
  {scope: 'inquiries:read'},
  {scope: 'inquiries:read  inquiries:triage subscriptions:read', topics: ['sales']},
  {scope: 'inquiries:read', topics: ['*']},
  {scope: 'inquiries:read', topics: []},
  {scope: ALL_SCOPES.join(' ')},
  {},
])('%j: what the service would refuse is not offered, all else is', claims => {
  const {may, maySee, userId} = permissionsOf(tokenOf(claims));
  const ofService = parseClaims({sub: 'Zoë', exp: 1, ...claims});
  if (!ofService) throw new Error('the service takes these claims');
  expect(userId).toBe(ofService.subject);
  for (const scope of SCOPES) expect([scope, may(scope)]).toEqual([scope, hasScope(ofService, scope)]);
  for (const topic of ['sales', 'press']) {
    expect([topic, maySee(topic)]).toEqual([topic, isInTopicScope(ofService, topic)]);
  }
});

test.each([undefined, '', 'opaque', 'a.b.c', 'e30.bnVsbA.x'])(
  'a token that cannot be read (%s) hides nothing',
  token => {
    const {may, maySee} = permissionsOf(token);
    expect(SCOPES.every(may) && maySee('sales')).toBe(true);
  },
);
