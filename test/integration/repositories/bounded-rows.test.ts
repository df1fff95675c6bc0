// What an inquiry takes in PostgreSQL is bounded by its size, whatever it holds: no index multiplies it.
import {newId} from '../../../src/platform/time-ordered-id';
import {searchedInquiry} from '../../../src/repositories/inquiry/inquiry-search';
import {givenDatabase, type TestDatabase} from '../../helpers/database';

const ROWS = 200;
const MOST_INDEX_BYTES = 50_000;
const MOST_WORDS = 1000;

const random = (below: number) => Math.floor(Math.random() * below);
const chinese = () => String.fromCodePoint(0x4e00 + random(20_000));
const letter = () => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(random(36));
// Texts of 5,000 code points, other ones for each row.
const TEXTS = [
  {title: 'Chinese without a blank, and an @', part: chinese, times: 4999},
  {title: 'Chinese with an @ at every other place', part: () => `${chinese()}@`, times: 2499},
  {title: 'words of one Chinese character', part: () => `${chinese()} `, times: 2499},
  {title: '700 addresses', part: () => `${letter()}${letter()}@${letter()}.${letter()} `, times: 714},
  {title: 'as many addresses as there is room for', part: () => `${letter()}@${letter()}${letter()} `, times: 999},
  {title: 'as many emoji as there is room for', part: () => String.fromCodePoint(0x1f300 + random(600)), times: 4999},
  {title: 'as many phone numbers as there is room for', part: () => `0${10_000 + random(90_000)} `, times: 714},
  {title: 'letters without a blank, and an @', part: letter, times: 4999},
];

let database: TestDatabase;

beforeAll(async () => {
  database = await givenDatabase();
});

async function insert(texts: {name: string; subject?: string; message: string}[]): Promise<void> {
  const rows = texts.map(text => {
    const {words: search_words, text: search_text} = searchedInquiry({email: 'a@example.org', ...text});
    return {id: newId(), ...text, search_words, search_text};
  });
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, subject, message, created_at, updated_at, search_words, search_text)
     SELECT id, 'sales', name, 'a@example.org', subject, message, now(), now(), search_words, search_text
     FROM json_to_recordset($1) AS row
       (id uuid, name text, subject text, message text, search_words tsvector, search_text text)`,
    [JSON.stringify(rows)],
  );
}

async function indexBytes(): Promise<number> {
  await database.query(`SELECT gin_clean_pending_list(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE indrelid = 'inquiry'::regclass AND amname = 'gin'`);
  await database.query('VACUUM inquiry');
  const [row] = await database.query<{bytes: number}>(`SELECT pg_indexes_size('inquiry')::int AS bytes`);
  return row?.bytes ?? NaN;
}

test.each(TEXTS)('$title: at most 50 KB of indexes a row', async ({part, times}) => {
  const messages = () => Array.from({length: ROWS}, () => `${Array.from({length: times}, part).join('')}@`);
  expect(Math.max(...messages().map(message => Array.from(message).length))).toBeLessThanOrEqual(5000);
  const insertAll = () => insert(messages().map(message => ({name: 'Ada', message})));
  await insertAll(); // the list of pending entries, at most 4 MB, keeps its pages for the next ones
  const before = await indexBytes();
  await insertAll();
  expect(((await indexBytes()) - before) / ROWS).toBeLessThan(MOST_INDEX_BYTES);
});

test('the first 1,000 different words of a message are found by a search, and all of the short fields', async () => {
  const word = (index: number) => `w${index.toString(36)}`;
  const words = Array.from({length: 1100}, (_, index) => word(index));
  const message = ['the the the', ...words].join(' ');
  await insert([{name: 'Zenobia', subject: 'Palmyra', message}]);
  const [row] = await database.query<{words: string[]; text: string}>(
    `SELECT tsvector_to_array(search_words) AS words, search_text AS text FROM inquiry WHERE name = 'Zenobia'`,
  );
  expect(row?.words.filter(word => !word.includes('@'))).toHaveLength(MOST_WORDS);
  expect(row?.words).toEqual(expect.arrayContaining(['the', word(0), word(998)]));
  expect(row?.words).not.toContain(word(999));
  expect(row?.text).toContain(' zenobia a example org palmyra');
});
