// The seal of feeds: what goes in comes out, and nothing else opens.
import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {createFeedSeal} from '../../../src/services/feed-seal';

const secret = (text: string) => createHash('sha256').update(text).digest();
const feedOf = fc.record({
  life: fc.stringMatching(/^[0-9a-f]{16}$/),
  xid: fc.bigInt({min: 0n, max: 2n ** 63n - 1n}).map(String),
  id: fc.uuid(),
  filter: fc.stringMatching(/^[0-9a-f]{8}$/),
});
const {seal, open} = createFeedSeal(secret('one'));

test('any feed comes out as it went in, as 91 characters of base64url, never the same ones', () => {
  fc.assert(
    fc.property(feedOf, feed => {
      const text = seal(feed);
      expect(text).toMatch(/^[A-Za-z0-9_-]{91}$/);
      expect(open(text)).toEqual(feed);
      const another = createFeedSeal(secret('one')); // another replica's
      expect(another.open(text)).toEqual(feed);
      expect(another.seal(feed)).not.toBe(text);
    }),
  );
});

test('texts of one feed have nothing in common but the salt of their key', () => {
  const feed = {life: '0'.repeat(16), xid: '1', id: '00000000-0000-0000-0000-000000000000', filter: '0'.repeat(8)};
  const [one, other] = [seal(feed), seal(feed)].map(text => Buffer.from(text, 'base64url'));
  const same = [...(one ?? [])].filter((byte, index) => byte === other?.[index]).length;
  expect(same).toBeLessThan(8 + 8); // 8 of the salt; of the other 60, by chance a quarter of a byte
});

test('a key seals so many and no more, and what earlier ones have sealed still opens', () => {
  const feed = {life: '0'.repeat(16), xid: '1', id: '00000000-0000-0000-0000-000000000000', filter: '0'.repeat(8)};
  const few = createFeedSeal(secret('one'), 2);
  const texts = Array.from({length: 6}, () => few.seal(feed));
  const salts = texts.map(text => Buffer.from(text, 'base64url').toString('hex', 0, 8));
  expect(new Set(salts).size).toBe(3);
  expect([salts[0], salts[2], salts[4]]).toEqual([salts[1], salts[3], salts[5]]);
  for (const text of texts) expect(open(text)).toEqual(feed);
});

test.each(['', 'A', 'A'.repeat(90), 'A'.repeat(91), 'A'.repeat(92), 'é'.repeat(91)])('does not open %j', text => {
  expect(open(text)).toBeUndefined();
});

test('does not open what another secret has sealed', () => {
  fc.assert(fc.property(feedOf, feed => expect(createFeedSeal(secret('other')).open(seal(feed))).toBeUndefined()));
});
