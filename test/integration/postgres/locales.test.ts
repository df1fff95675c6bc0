// Whatever the locale of a database, the same is found, erased and subscribed: the acceptance tests of these, on databases
// whose lower(), blanks and letters differ.
import {randomUUID} from 'node:crypto';
import {pino} from 'pino';
import {Client} from 'pg';
import {migrate} from '../../../src/datasources/postgres/migrate';
import {fold, runsOf} from '../../../src/repositories/query/search-words';
import {givenDatabase} from '../../helpers/database';

const SUITES = ['lists/search', 'privacy/erasure', 'privacy/subject-export', 'intake/subscribe'];
/** What PostgreSQL makes of letters in each. */
interface Letters {
  lowerI: string;
  lowerCyrillic: string;
  /** Does ä come before b? */
  isSorted: boolean;
}
const LOCALES: Readonly<Record<string, [options: string, letters: Letters]>> = {
  C: ["LOCALE 'C'", {lowerI: 'i', lowerCyrillic: 'Ж', isSorted: false}],
  'C.UTF-8': [
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'",
    {lowerI: 'i', lowerCyrillic: 'ж', isSorted: false},
  ],
  'tr-TR': [
    "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LC_COLLATE 'C' LC_CTYPE 'C'",
    {lowerI: 'ı', lowerCyrillic: 'ж', isSorted: true},
  ],
  'de-DE': [
    "LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LC_COLLATE 'C' LC_CTYPE 'C'",
    {lowerI: 'i', lowerCyrillic: 'ж', isSorted: true},
  ],
};
// Each is a word, or is not. Of planes 4 to 13 Unicode has assigned nothing.
const EVERY = [[0, 0x40000] as const, [0xe0000, 0xf0000] as const].flatMap(([first, end]) =>
  Array.from({length: end - first}, (_, index) => String.fromCodePoint(first + index)),
);
const WORDS = [...new Set(EVERY.flatMap(character => runsOf(fold(character)).map(run => run.text)))];

const {OUTREACH_TEST_DATABASE_URL: adminUrl = '', OUTREACH_TEST_TEMPLATE: usual} = process.env;

const TEMPLATES = Object.entries(LOCALES).map(([name, [options, letters]]) => {
  const template = `test_locale_${randomUUID().replaceAll('-', '')}`;
  return {name, options, letters, template, url: Object.assign(new URL(adminUrl), {pathname: `/${template}`}).href};
});

beforeAll(() =>
  Promise.all(
    TEMPLATES.map(async ({template, options, url}) => {
      await run(adminUrl, `CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8' ${options}`);
      await migrate(url, pino({level: 'silent'}));
    }),
  ),
);

afterAll(async () => {
  for (const {template} of TEMPLATES) await run(adminUrl, `DROP DATABASE IF EXISTS ${template}`);
});

describe.each(TEMPLATES)('in a database of the locale $name', ({template, letters, url}) => {
  beforeAll(() => void (process.env.OUTREACH_TEST_TEMPLATE = template)); // what test/helpers/database.ts clones
  afterAll(() => void (process.env.OUTREACH_TEST_TEMPLATE = usual));

  test('PostgreSQL takes letters as in that locale', async () => {
    const database = await givenDatabase();
    const rows = await database.query(
      `SELECT lower('I') AS "lowerI", lower('Ж') AS "lowerCyrillic", 'ä' < 'b' AS "isSorted"`,
    );
    expect(rows).toEqual([letters]);
  });

  test('every word of the search is one word of a tsvector and of a tsquery', async () => {
    const rows = await run(
      url,
      `SELECT word FROM unnest($1::text[]) AS word
       WHERE NOT (word || 'x')::tsvector @@ ('''' || word || 'x''')::tsquery OR length(('x' || word || 'x')::tsvector) <> 1`,
      [WORDS],
    );
    expect(rows).toEqual([]);
  });

  // Their tests and hooks become this block's, with variables of their own.
  jest.isolateModules(() => {
    load('../../helpers/teardown'); // for all of them
    for (const suite of SUITES) describe(suite, () => load(`../../acceptance/${suite}.test`));
  });
});

function load(module: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import is evaluated once, and too late for jest
  require(module);
}

async function run(databaseUrl: string, text: string, values?: unknown[]): Promise<unknown[]> {
  const client = new Client({connectionString: databaseUrl});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}
