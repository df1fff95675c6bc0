// Which tokens are not verified again, and for how long: never past their expiry, never more than a minute, never many.
import {generateKeyPairSync, type KeyObject} from 'node:crypto';
import {exportJWK, SignJWT} from 'jose';
import type {Claims} from '../../../src/access/claims';
import type {TokenVerifier} from '../../../src/platform/token-verifier';
import {VerifiedTokens} from '../../../src/platform/verified-tokens';
import {givenTokenVerifier} from '../../helpers/tokens';

const START = new Date('2026-11-25T12:00:00.000Z');
const SECONDS = START.getTime() / 1000;
const OPTIONS = {capacity: 3, lifetimeMs: 60_000, toleranceSeconds: 5};

beforeEach(() => jest.useFakeTimers({now: START}));
afterEach(() => jest.useRealTimers());

const at = (ms: number) => jest.setSystemTime(START.getTime() + ms);

function givenTokens(exp = SECONDS + 3600): VerifiedTokens<string> {
  const tokens = new VerifiedTokens<string>(OPTIONS);
  tokens.add('a', {value: 'ada', exp});
  return tokens;
}

test('a token is known for a minute after it was verified, however often it is asked for', () => {
  const tokens = givenTokens();
  for (const ms of [0, 30_000, 59_999]) {
    at(ms);
    expect(tokens.find('a')).toBe('ada');
  }
  at(60_000);
  expect(tokens.find('a')).toBeUndefined();
  expect(tokens.find('b')).toBeUndefined();
});

test('it is not known past its expiry with the tolerance of the verification, to the second', () => {
  const tokens = givenTokens(SECONDS + 10);
  at(14_999);
  expect(tokens.find('a')).toBeDefined();
  at(15_000);
  expect(tokens.find('a')).toBeUndefined();
});

test('a clock that was set back is no reason to trust for longer', () => {
  const tokens = givenTokens();
  at(-1);
  expect(tokens.find('a')).toBeUndefined();
});

test('the oldest makes room, and one that is verified again is the youngest', () => {
  const tokens = givenTokens();
  for (const token of ['b', 'c', 'a', 'd']) tokens.add(token, {value: token, exp: SECONDS + 3600});
  expect(['a', 'b', 'c', 'd'].filter(token => tokens.find(token))).toEqual(['a', 'c', 'd']);
});

describe('the verifier', () => {
  const issuer = 'https://issuer.test/';
  const audience = 'outreach';
  let privateKey: KeyObject;
  let verify: TokenVerifier<Claims>;

  beforeEach(async () => {
    const pair = generateKeyPairSync('ec', {namedCurve: 'P-256'});
    ({privateKey} = pair);
    const jwk = {...(await exportJWK(pair.publicKey)), kid: 'key', alg: 'ES256', use: 'sig'};
    verify = givenTokenVerifier({issuer, audience, jwks: {keys: [jwk]}});
  });

  const sign = (expiresAt: number, claims: Record<string, unknown> = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({alg: 'ES256', kid: 'key'})
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('ada')
      .setExpirationTime(expiresAt)
      .sign(privateKey);

  test('does not verify a valid token twice: its claims are the same object', async () => {
    const token = await sign(SECONDS + 3600);
    const claims = await verify(token);
    expect(claims).toMatchObject({subject: 'ada'});
    expect(await verify(token)).toBe(claims);
    at(60_000);
    expect(await verify(token)).not.toBe(claims);
  });

  test('refuses a known token in the same second as a verifier that has never seen it', async () => {
    const token = await sign(SECONDS + 10);
    expect(await verify(token)).toBeDefined();
    at(14_999);
    expect(await verify(token)).toBeDefined();
    at(15_000);
    expect(await verify(token)).toBeUndefined();
  });

  test('keeps no refusal: what is not valid yet is valid when its time has come', async () => {
    const token = await sign(SECONDS + 3600, {nbf: SECONDS + 20});
    expect(await verify(token)).toBeUndefined();
    at(15_000);
    expect(await verify(token)).toBeDefined();
  });

  test('a token that differs from a known one in a single character is verified by itself', async () => {
    const token = await sign(SECONDS + 3600);
    expect(await verify(token)).toBeDefined();
    const [head = '', body = '', signature = ''] = token.split('.');
    const forged = [head, body, (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)].join('.');
    expect(await verify(forged)).toBeUndefined();
    expect(await verify(token)).toBeDefined();
  });
});
