// The characters that nobody sees are the same ones in Unicode, in TypeScript and in PostgreSQL: a word or an address with one
// of them in it is found by its key, which TypeScript makes, and redacted by the pattern, which PostgreSQL reads.
import {INVISIBLE} from '../../../src/contract/safe-text';
import {addressKeys, mentionQuery} from '../../../src/repositories/privacy/mention-keys';
import {addressPattern} from '../../../src/repositories/privacy/address-pattern';
import {fold} from '../../../src/repositories/query/search-words';
import {givenDatabase, type TestDatabase} from '../../helpers/database';

// But for NUL, which PostgreSQL has not, and surrogates.
const EVERY = Array.from({length: 0x10ffff}, (_, index) => index + 1)
  .filter(point => point < 0xd800 || point > 0xdfff)
  .map(point => String.fromCodePoint(point));
const IGNORABLE = EVERY.filter(character => /\p{Default_Ignorable_Code_Point}/u.test(character));

let database: TestDatabase;

beforeAll(async () => {
  database = await givenDatabase();
});

async function valueOf(expression: string, values: string[]): Promise<string> {
  const [row] = await database.query<{value: string}>(`SELECT (${expression})::text AS value`, values);
  return row?.value ?? '';
}

function missingIn(text: string): string[] {
  const kept = new Set(text);
  return EVERY.filter(character => !kept.has(character));
}

test('TypeScript lists those of Unicode', () => {
  expect(IGNORABLE.length).toBeGreaterThan(4000);
  expect(missingIn(EVERY.join('').replaceAll(new RegExp(`[${INVISIBLE}]`, 'gu'), ''))).toEqual(IGNORABLE);
});

test('PostgreSQL takes the same ones out of a text by that list', async () => {
  const every = EVERY.join('');
  expect(missingIn(await valueOf(`regexp_replace($1, $2, '', 'g')`, [every, `[${INVISIBLE}]`]))).toEqual(IGNORABLE);
});

test('an address with any of them in it has the same key as without, and is redacted', async () => {
  const quotes = IGNORABLE.map(character => `a${character}b@c${character}d.org`).join(' ');
  for (const quote of quotes.split(' ')) {
    const asked = [addressKeys([quote]).join(' '), mentionQuery('ab@cd.org')];
    expect([quote, await valueOf('$1::tsvector @@ $2::tsquery', asked)]).toEqual([quote, 'true']);
  }
  const redacted = await valueOf(`regexp_replace($1, $2, '\\1-', 'g')`, [quotes, addressPattern('ab@cd.org')]);
  expect(redacted).toBe(IGNORABLE.map(() => '-').join(' '));
});

test('a word with any of them in it is the same word', () => {
  for (const character of IGNORABLE) expect([character, fold(`A${character}b`)]).toEqual([character, 'ab']);
});
