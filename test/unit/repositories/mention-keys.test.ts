// The keys of what texts mention: each way of writing an address has the key that an erasure looks for.
import {addressKeys, addressVector, mentionQuery, unicodeLabel} from '../../../src/repositories/privacy/mention-keys';

const isCandidate = (text: string, address: string) => {
  const asked = mentionQuery(address)
    .split(' | ')
    .map(term => term.slice(1, -1));
  return addressKeys([text]).some(key => asked.includes(key));
};

test.each([
  ['plain', 'Ask ann@example.org!', 'ann@example.org'],
  ['in capitals', 'ANN@EXAMPLE.ORG', 'ann@example.org'],
  ['percent-encoded', '?e=a%2Bn%40example%2Eorg', 'a+n@example.org'],
  ['behind an escape', '%3Cann%40example.org%3E', 'ann@example.org'],
  ['behind what may be an escape', '100%abe@example.org', 'abe@example.org'],
  ['behind what may be an escape, a shorter one', '100%abe@example.org', 'e@example.org'],
  ['with an escape for the apostrophe', 'o%27neil@example.org', "o'neil@example.org"],
  ['with a typographic apostrophe', 'o’neil@example.org', "o'neil@example.org"],
  ['with an apostrophe at the end of its local part', 'ann%27@example.org', "ann'@example.org"],
  ['with a percent sign of its own', 'x%3ca@example.org', 'x%3ca@example.org'],
  ['with a percent sign of its own, encoded', 'x%253ca@example.org', 'x%3ca@example.org'],
  ['after an ellipsis', 'her address...ann@example.org', 'ann@example.org'],
  ['in a numbered list', '1.ann@example.org', 'ann@example.org'],
  ['with something invisible in it', 'a\u200bn\u00adn@\u200bex\u{e0020}ample.org', 'ann@example.org'],
  ['behind something invisible', 'to\u200bann@example.org', 'ann@example.org'],
  ['behind something invisible, the longer one', 'to\u200bann@example.org', 'toann@example.org'],
  [
    'of long parts',
    'someone.verylongname@averyveryverylongdomain.org',
    'someone.verylongname@averyveryverylongdomain.org',
  ],
  ['of long parts, behind an escape', '%3Cverylongname@b.co', 'verylongname@b.co'],
  [
    'of long parts, with something invisible everywhere',
    Array.from('verylongname@averyverylongdomain.org').join('\u200b'),
    'verylongname@averyverylongdomain.org',
  ],
  ['of a domain in Unicode', 'zoe@bücher.example', 'zoe@xn--bcher-kva.example'],
  ['of a domain in Unicode, encoded', 'zoe%40b%C3%BCcher.example', 'zoe@xn--bcher-kva.example'],
  ['of a domain in ASCII', 'zoe@xn--bcher-kva.example', 'zoe@xn--bcher-kva.example'],
  ['of a domain in another script', 'zoe@ПРИМЕР.рф', 'zoe@xn--e1afmkfd.xn--p1ai'],
  ['of a domain in another script, encoded', 'zoe@%D0%BF%D1%80.рф', 'zoe@xn--e1ar.xn--p1ai'],
  ['that ends in a mark', 'a_@example.org', 'a_@example.org'],
])('an address %s is a candidate', (_how, text, address) => {
  expect(isCandidate(text, address)).toBe(true);
});

test.each([
  ['joann@example.org', 'ann@example.org'],
  ['ann@example.org', 'ann@another.org'],
  ['ann@example.org', 'jo@example.org'],
  ['ann at example.org', 'ann@example.org'],
  ['ann @example.org', 'ann@example.org'],
  ['ann@ example.org', 'ann@example.org'],
])('%j is no candidate for %s', (text, address) => {
  expect(isCandidate(text, address)).toBe(false);
});

test('no address, no key', () => {
  expect(addressKeys([undefined, null, '', 'a', '@', '@@@@ @', '%40', 'a @ b'])).toEqual([]);
  expect(addressVector([null, 'none'])).toBeNull();
});

test('a text of very many has a bounded number of keys, and is a candidate for every address', () => {
  const texts = Array.from({length: 20}, (_, text) =>
    Array.from({length: 200}, (_each, index) => `a${index}@b${text}.co`).join(' '),
  );
  expect(addressKeys(texts)).toHaveLength(101);
  expect(addressKeys([texts[0]?.split(' ').slice(0, 100).join(' ')])).toHaveLength(100);
  expect(isCandidate(texts.join(' '), 'a199@b19.co')).toBe(true);
  expect(isCandidate(`${'a\u200b'.repeat(2000)}@b.co`, 'a@b.co')).toBe(true);
});

test('a vector needs no quotes', () => {
  expect(addressVector(["it's \\o'neil@b-c.co: x@y.z", null])).toBe('@b@neil @y@x');
  expect(mentionQuery("o'neil@b-c.co")).toBe("'@b@neil' | '@'");
});

test.each([
  ['xn--bcher-kva', 'bücher'],
  ['example', undefined],
  ['xn--', undefined],
  ['xn--a', undefined],
])('%s in Unicode is %s', (label, expected) => {
  expect(unicodeLabel(label)).toBe(expected);
});
