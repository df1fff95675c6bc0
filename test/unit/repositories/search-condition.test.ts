// What somebody looks for, in SQL: values are parameters, and nothing of the text has a meaning in them.
import {Parameters} from '../../../src/repositories/query/conditions';
import {domainSpellings} from '../../../src/repositories/privacy/domain-spellings';
import {searchCondition} from '../../../src/repositories/query/search-condition';

function conditionOf(text: string): {sql: string; values: unknown[]} {
  const parameters = new Parameters();
  return {sql: searchCondition({text}, parameters), values: parameters.values};
}

test.each([
  ['Zoë', "('zoe':*, %zoe%)"],
  ['zo', "('zo':*, % zo%)"],
  ['\u{10330}\u{10331}', "('\u{10330}\u{10331}':*, % \u{10330}\u{10331}%)"], // two characters of two units each
  ["O'Br%_\\", "('o':*, % o%, 'br':*, % br%)"],
  ['a & a | A', "('a':*, % a%)"],
  ['山', "('山':*)"],
  ['山田太', "('山田' & '田太')"],
  ['🚀', "('🚀':*)"],
  ['x'.repeat(70), `('${'x'.repeat(64)}':*, %${'x'.repeat(64)}%)`],
  ['… %_', '()'],
])('%j asks for %s', (text, expected) => {
  expect(`(${conditionOf(text).values.join(', ')})`).toBe(expected);
});

test('a text without any word finds nothing', () => {
  expect(conditionOf('%_ \\ … ()').sql).toBe('false');
});

test('a phone number is looked for by its words, or by its key and the other words', () => {
  const {sql, values} = conditionOf('Ada 030 1234567');
  expect(values).toEqual([
    ...["'ada':*", '%ada%', "'030':*", '%030%', "'1234567':*", '%1234567%'],
    ...["'+765432103':*", "'ada':*", '%ada%'],
  ]);
  expect(sql).toMatch(/^\(\(.* AND .* AND .*\) OR \(search_words @@ .* AND .*\)\)$/);
  expect(conditionOf('۰۳۰ ۱۲۳۴۵۶۷').values).toContain("'+765432103':*");
});

test.each([
  ['bücher.example', ['bücher.example', 'xn--bcher-kva.example']],
  ['XN--BCHER-KVA.example', ['XN--BCHER-KVA.example', 'bücher.example']],
  ['zoe@BÜCHER.example now', ['zoe@BÜCHER.example now', 'zoe@xn--bcher-kva.example now']],
  [
    'bücher.example xn--e1afmkfd.xn--p1ai',
    ['bücher.example xn--e1afmkfd.xn--p1ai', 'xn--bcher-kva.example xn--e1afmkfd.xn--p1ai', 'bücher.example пример.рф'],
  ],
  ['example.org', ['example.org']],
  ['bücher', ['bücher']],
  ['xn--ü.example', ['xn--ü.example']],
  ['…', ['…']],
])('%j has the spellings %j', (text, expected) => {
  expect(domainSpellings(text)).toEqual(expected);
});

test('200 code points of any kind are a condition within milliseconds', () => {
  const worst = ['\ufdfa', 'İ', 'a.', 'ü.', 'xn--', '山', '0 ', '😀', 'a\u0301', '-'];
  for (const text of worst.map(part => Array.from(part.repeat(200)).slice(0, 200).join(''))) {
    const times = Array.from({length: 5}, () => {
      const start = performance.now();
      conditionOf(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(10);
  }
});
