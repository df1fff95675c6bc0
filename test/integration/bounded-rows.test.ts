// What an inquiry takes in PostgreSQL is bounded by its size, whatever it holds: no index multiplies it.
import {givenDatabase, type TestDatabase} from '../helpers/database';

const ROWS = 200;
const MOST_INDEX_BYTES = 40_000;
const MOST_WORDS = 500;

// Texts of 5,000 code points, other ones for each row; `random` is a code point of Chinese.
const random = 'chr(19968 + floor(random() * 20000)::int)';
const letter = `substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + floor(random() * 36)::int, 1)`;
const TEXTS = [
  {title: 'Chinese without a blank, and an @', part: random, times: 4999},
  {title: 'Chinese with an @ at every other place', part: `${random} || '@'`, times: 2500},
  {title: 'words of one Chinese character', part: `${random} || ' '`, times: 2500},
  {
    title: '700 addresses',
    part: `${letter} || ${letter} || '@' || ${letter} || '.' || ${letter} || ' '`,
    times: 714,
  },
  {title: 'letters without a blank, and an @', part: letter, times: 4999},
];

let database: TestDatabase;

beforeAll(async () => {
  database = await givenDatabase();
});

async function indexBytes(): Promise<number> {
  await database.query(`SELECT gin_clean_pending_list(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE indrelid = 'inquiry'::regclass AND amname = 'gin'`);
  await database.query('VACUUM inquiry');
  const [row] = await database.query<{bytes: number}>(`SELECT pg_indexes_size('inquiry')::int AS bytes`);
  return row?.bytes ?? NaN;
}

test.each(TEXTS)('$title: at most 40 KB of indexes a row', async ({part, times}) => {
  const before = await indexBytes();
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, email_normalized, message, created_at, updated_at)
     SELECT gen_random_uuid(), 'sales', 'Ada', 'a@example.org', 'a@example.org', text || '@', now(), now()
     FROM generate_series(1, $1::int) AS n,
       LATERAL (SELECT left(string_agg(${part}, ''), 4999) AS text FROM generate_series(1, $2::int) WHERE n > 0) AS made`,
    [ROWS, times],
  );
  expect(((await indexBytes()) - before) / ROWS).toBeLessThan(MOST_INDEX_BYTES);
});

test('the first 500 different words are found by a search, and the short fields come first', async () => {
  const words = Array.from({length: 800}, (_, index) => `w${index}`);
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, email_normalized, subject, message, created_at, updated_at)
     VALUES (gen_random_uuid(), 'sales', 'Zenobia', 'z@example.org', 'z@example.org', 'Palmyra', $1, now(), now())`,
    [['the the the', ...words].join(' ')],
  );
  const found = async (word: string) =>
    (
      await database.query(`SELECT FROM inquiry WHERE name = 'Zenobia' AND search_words @@ outreach_words_query($1)`, [
        word,
      ])
    ).length;
  const [row] = await database.query<{words: number}>(
    `SELECT length(search_words) AS words FROM inquiry WHERE name = 'Zenobia'`,
  );
  expect(row?.words).toBe(MOST_WORDS);
  expect([await found('zenobia'), await found('palmyra'), await found('w490'), await found('w799')]).toEqual([
    1, 1, 1, 0,
  ]);
});
