// The cipher of cursor cursors: what goes in comes out, and nothing else is decrypted.
import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {createCursorCipher} from '../../../src/services/cursor-cipher';

const secret = (text: string) => createHash('sha256').update(text).digest();
const cursors = fc.record({
  epoch: fc.stringMatching(/^[0-9a-f]{16}$/),
  xid: fc.bigInt({min: 0n, max: 2n ** 63n - 1n}).map(String),
  id: fc.uuid(),
  filter: fc.stringMatching(/^[0-9a-f]{8}$/),
});
const {encrypt, decrypt} = createCursorCipher(secret('one'));

test('any cursor comes out as it went in, as 91 characters of base64url, never the same ones', () => {
  fc.assert(
    fc.property(cursors, cursor => {
      const text = encrypt(cursor);
      expect(text).toMatch(/^[A-Za-z0-9_-]{91}$/);
      expect(decrypt(text)).toEqual(cursor);
      const another = createCursorCipher(secret('one')); // another replica's
      expect(another.decrypt(text)).toEqual(cursor);
      expect(another.encrypt(cursor)).not.toBe(text);
    }),
  );
});

test('texts of one cursor have nothing in common but the salt of their key', () => {
  const cursor = {epoch: '0'.repeat(16), xid: '1', id: '00000000-0000-0000-0000-000000000000', filter: '0'.repeat(8)};
  const [one, other] = [encrypt(cursor), encrypt(cursor)].map(text => Buffer.from(text, 'base64url'));
  const same = [...(one ?? [])].filter((byte, index) => byte === other?.[index]).length;
  expect(same).toBeLessThan(8 + 8); // 8 of the salt; of the other 60, by chance a quarter of a byte
});

test('a key encrypts so many cursors and no more, and those of earlier keys are still decrypted', () => {
  const cursor = {epoch: '0'.repeat(16), xid: '1', id: '00000000-0000-0000-0000-000000000000', filter: '0'.repeat(8)};
  const few = createCursorCipher(secret('one'), 2);
  const texts = Array.from({length: 6}, () => few.encrypt(cursor));
  const salts = texts.map(text => Buffer.from(text, 'base64url').toString('hex', 0, 8));
  expect(new Set(salts).size).toBe(3);
  expect([salts[0], salts[2], salts[4]]).toEqual([salts[1], salts[3], salts[5]]);
  for (const text of texts) expect(decrypt(text)).toEqual(cursor);
});

test.each(['', 'A', 'A'.repeat(90), 'A'.repeat(91), 'A'.repeat(92), 'é'.repeat(91)])('does not decrypt %j', text => {
  expect(decrypt(text)).toBeUndefined();
});

test('does not decrypt what another secret has encrypted', () => {
  fc.assert(
    fc.property(cursors, cursor =>
      expect(createCursorCipher(secret('other')).decrypt(encrypt(cursor))).toBeUndefined(),
    ),
  );
});
