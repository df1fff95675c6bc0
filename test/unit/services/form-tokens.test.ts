// Form tokens: made by one key, read by any that is alive, and by nobody else's.
import {FormTokens} from '../../../src/services/guards/form-tokens';

const [OLD, NEW, OTHER] = ['old', 'new', 'other'].map(name => `${name}-key-of-at-least-32-letters-000`) as [
  string,
  string,
  string,
];
const NOW = Date.parse('2026-11-29T12:00:00.123Z');

test('a token says when it was made, and has an id of its own', () => {
  const tokens = new FormTokens([NEW]);
  const [one, other] = [tokens.issue(NOW), tokens.issue(NOW)].map(text => tokens.read(text ?? ''));
  expect([one?.issuedAt, other?.issuedAt]).toEqual([NOW, NOW]);
  expect(one?.id).toMatch(/^[0-9a-f]{24}$/);
  expect(one?.id).not.toBe(other?.id);
});

test('the first key signs, and each verifies: a key can be replaced while its tokens are in use', () => {
  const old = new FormTokens([OLD]).issue() ?? '';
  const both = new FormTokens([NEW, OLD]);
  expect(both.read(old)).toBeDefined();
  expect(new FormTokens([NEW]).read(both.issue() ?? '')).toBeDefined();
  expect(new FormTokens([NEW]).read(old)).toBeUndefined();
  expect(new FormTokens([OTHER, NEW]).read(old)).toBeUndefined();
});

test('no text that differs in one character is a token', () => {
  const tokens = new FormTokens([NEW]);
  const text = tokens.issue(NOW) ?? '';
  for (let index = 0; index < text.length; index += 1) {
    const another = text[index] === 'A' ? 'B' : 'A';
    const changed = text.slice(0, index) + another + text.slice(index + 1);
    // The last character has four bits that no byte holds.
    const isSame = Buffer.from(changed, 'base64url').equals(Buffer.from(text, 'base64url'));
    expect([index, tokens.read(changed) === undefined || isSame]).toEqual([index, true]);
  }
  for (const other of ['', 'x', text.slice(1), `${text}A`, `${text} `, 'é'.repeat(46)]) {
    expect([other, tokens.read(other)]).toEqual([other, undefined]);
  }
});

test('without a key there are none', () => {
  const none = new FormTokens([]);
  expect([none.areEnabled, none.issue(), none.read(new FormTokens([NEW]).issue() ?? '')]).toEqual([
    false,
    undefined,
    undefined,
  ]);
});
