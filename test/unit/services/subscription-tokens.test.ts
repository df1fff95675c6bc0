import {randomBytes, randomUUID} from 'node:crypto';
import {SubscriptionTokens} from '../../../src/services/subscription-tokens';

const [first = Buffer.of(), second = Buffer.of(), third = Buffer.of()] = [1, 2, 3].map(() => randomBytes(32));
const tokens = new SubscriptionTokens([first]);
const subject = () => ({id: randomUUID(), consentedAt: new Date('2026-11-29T03:00:00.123Z')});
const made = (purpose: 'confirm' | 'unsubscribe', of = subject(), by = tokens) => by.make(purpose, of) ?? '';

test('a token names its subscription and its request, and is the same each time', () => {
  const of = subject();
  expect(tokens.read('confirm', made('confirm', of))).toEqual(of);
  expect(tokens.read('unsubscribe', made('unsubscribe', of))?.id).toBe(of.id);
  expect(made('confirm', of)).toBe(made('confirm', of));
  expect(made('confirm', of)).toMatch(/^[A-Za-z0-9_-]{74}$/);
});

test('a token to unsubscribe is the same for each request, so that it works in each mail', () => {
  const of = subject();
  expect(made('unsubscribe', {...of, consentedAt: new Date()})).toBe(made('unsubscribe', of));
  expect(made('confirm', {...of, consentedAt: new Date()})).not.toBe(made('confirm', of));
});

test('a token of one purpose is none of the other', () => {
  expect(tokens.read('unsubscribe', made('confirm'))).toBeUndefined();
  expect(tokens.read('confirm', made('unsubscribe'))).toBeUndefined();
});

test('each key is accepted while it is there, and the first one signs', () => {
  const of = subject();
  const old = made('unsubscribe', of);
  const rotated = new SubscriptionTokens([second, first]);
  expect(rotated.read('unsubscribe', old)?.id).toBe(of.id);
  expect(rotated.make('unsubscribe', of)).toBe(made('unsubscribe', of, new SubscriptionTokens([second])));
  expect(new SubscriptionTokens([third, second]).read('unsubscribe', old)).toBeUndefined();
});

test('no other text is a token: not one with a byte changed, cut, added or written in another way', () => {
  const token = made('confirm');
  const bytes = Buffer.from(token, 'base64url');
  const changed = Array.from(bytes, (byte, index) => {
    const other = Buffer.from(bytes);
    other[index] = byte ^ 1;
    return other.toString('base64url');
  });
  const others = [
    '',
    'a',
    token.slice(1),
    token.slice(0, -1),
    `${token}A`,
    `${token}=`,
    ` ${token}`,
    'A'.repeat(74),
    ...changed,
  ];
  expect(others.filter(text => tokens.read('confirm', text) !== undefined)).toEqual([]);
});

test('without a key there is no token, and none is accepted', () => {
  const without = new SubscriptionTokens([]);
  expect(without.make('confirm', subject())).toBeUndefined();
  expect(without.read('confirm', made('confirm'))).toBeUndefined();
});
