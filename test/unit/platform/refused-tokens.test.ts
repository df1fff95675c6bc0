// Why a token was refused: a metric by reason, and a line of each reason a minute, with nothing of the token in it.
import {base64url} from 'jose';
import {createRegistry, type Registry} from '../../../src/platform/metrics';
import type {TokenVerifier} from '../../../src/platform/token-verifier';
import type {Claims} from '../../../src/access/claims';
import {
  BAD_TOKENS,
  type ForgingIssuer,
  givenForgingIssuer,
  givenPayload,
  SECRET_SUBJECT,
} from '../../helpers/bad-tokens';
import {givenLogger, type RecordedLogger} from '../../helpers/logger';
import {givenTokenVerifier} from '../../helpers/tokens';

let issuer: ForgingIssuer;
let recorded: RecordedLogger;
let registry: Registry;
let verify: TokenVerifier<Claims>;

beforeAll(async () => {
  issuer = await givenForgingIssuer();
});
beforeEach(() => {
  recorded = givenLogger();
  registry = createRegistry();
  verify = givenTokenVerifier({jwks: issuer.jwks, logger: recorded.logger, registry});
});

async function countedReasons(): Promise<Record<string, number>> {
  const metric = await registry.getSingleMetric('outreach_tokens_refused_total')?.get();
  const counted = metric?.values.filter(({value}) => value > 0) ?? [];
  return Object.fromEntries(counted.map(({labels, value}) => [String(labels.reason), value]));
}

const soon = Math.floor(Date.now() / 1000) + 3600;
const sign = (changes: Record<string, unknown>, header = {}) => issuer.signPayload(givenPayload(changes), header);

test.each<[string, string, () => Promise<string> | string]>([
  ['malformed', 'info', () => SECRET_SUBJECT],
  ['malformed', 'info', () => 'eyJub25lIn0.eyJ4eHh4In0.QUFBQUFB'],
  ['length', 'info', () => sign({padding: 'x'.repeat(6200)})],
  ['algorithm', 'info', () => `${base64url.encode('{"alg":"none"}')}.${base64url.encode('{}')}.`],
  ['key', 'info', () => sign({}, {kid: 'no'})],
  ['signature', 'info', async () => (await givenForgingIssuer()).signPayload(givenPayload())],
  ['type', 'warn', () => sign({}, {typ: 'logout+jwt'})],
  ['issuer', 'warn', () => sign({iss: 'https://evil.test/'})],
  ['issuer', 'warn', () => sign({iss: undefined})],
  ['audience', 'warn', () => sign({aud: 'another'})],
  ['audience', 'warn', () => sign({aud: undefined})],
  ['expired', 'info', () => sign({exp: soon - 7200})],
  ['not_yet_valid', 'warn', () => sign({nbf: soon})],
  ['claims', 'warn', () => sign({nbf: 'soon'})],
  ['claims', 'warn', () => sign({exp: undefined})],
  ['claims', 'warn', () => sign({sub: undefined})],
  ['claims', 'warn', () => sign({topics: 'sales'})],
])('a refusal is counted as %s and logged at %s', async (reason, level, make) => {
  const token = await make();
  expect(await verify(token)).toBeUndefined();
  expect(await countedReasons()).toEqual({[reason]: 1});
  expect(recorded.lines).toEqual([expect.objectContaining({level, msg: 'auth.token.refused', reason, count: 1})]);
  for (const part of [SECRET_SUBJECT, ...token.split('.').filter(Boolean)]) expect(recorded.text()).not.toContain(part);
});

test('each reason has its series from the start, and a valid token counts nowhere', async () => {
  const metric = await registry.getSingleMetric('outreach_tokens_refused_total')?.get();
  expect(metric?.values).toHaveLength(11);
  expect(await verify(await sign({}))).toBeDefined();
  expect(await countedReasons()).toEqual({});
  expect(recorded.lines).toEqual([]);
});

test('each bad token of the table is refused for one reason, but those with too few scopes, which are valid', async () => {
  const counted = async () => Object.values(await countedReasons()).reduce((sum, count) => sum + count, 0);
  for (const {title, refusal, make} of BAD_TOKENS) {
    const [token, before] = [await make(issuer), await counted()];
    if (token === undefined) continue;
    await verify(token);
    expect([title, (await counted()) - before]).toEqual([title, refusal === 'unauthorized' ? 1 : 0]);
  }
});

test('a flood is one line a minute, with its count', async () => {
  jest.useFakeTimers({doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask']});
  const token = await sign({aud: 'another'});
  for (let i = 0; i < 100; i += 1) await verify(token);
  jest.advanceTimersByTime(59_000);
  expect(recorded.lines.map(({count}) => count)).toEqual([1]);
  jest.advanceTimersByTime(1000);
  expect(recorded.lines.map(({count}) => count)).toEqual([1, 99]);
  expect(await countedReasons()).toEqual({audience: 100});
  jest.useRealTimers();
});

describe('types', () => {
  const isAccepted = async (header: object, claims = {}, tokenTypes?: string[]) => {
    const own = givenTokenVerifier({jwks: issuer.jwks, tokenTypes});
    return (await own(await sign(claims, header))) !== undefined;
  };

  test.each([[{typ: 'at+jwt'}], [{typ: 'AT+JWT'}], [{typ: 'application/at+jwt'}], [{typ: 'JWT'}], [{typ: undefined}]])(
    'by default %j is an access token',
    async header => expect(await isAccepted(header)).toBe(true),
  );

  test.each([[{typ: 'id+jwt'}], [{typ: 'logout+jwt'}], [{typ: 'dpop+jwt'}], [{typ: 7}], [{typ: ''}]])(
    '%j is none',
    async header => expect(await isAccepted(header)).toBe(false),
  );

  const OF_ID_TOKENS = [{nonce: 'n'}, {at_hash: 'h'}, {c_hash: 'h'}, {typ: 'ID'}];
  test.each(OF_ID_TOKENS)('a JWT with %j is an ID token, for the same audience as it may be', async claims => {
    expect(await isAccepted({typ: 'JWT'}, claims)).toBe(false);
    expect(await isAccepted({typ: undefined}, claims)).toBe(false);
    expect(await isAccepted({typ: 'at+jwt'}, claims)).toBe(true); // its type says what it is
  });

  test('with at+jwt alone no other type passes, whatever it claims', async () => {
    for (const typ of ['JWT', undefined, 'id+jwt']) expect(await isAccepted({typ}, {}, ['at+jwt'])).toBe(false);
    for (const typ of ['at+jwt', 'application/AT+JWT']) expect(await isAccepted({typ}, {}, ['at+jwt'])).toBe(true);
  });
});
