// Whatever the locale of a database, the same is found, erased and subscribed: the acceptance tests of these, on databases
// whose lower(), blanks and letters differ.
import {randomUUID} from 'node:crypto';
import {pino} from 'pino';
import {Client} from 'pg';
import {migrate} from '../../../src/datasources/postgres/migrate';
import {fold, runsOf} from '../../../src/repositories/query/search-words';

const SUITES = ['lists/search', 'privacy/erasure', 'privacy/subject-export', 'intake/subscribe'];
const LOCALES = {
  C: "LOCALE 'C'",
  'C.UTF-8': "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'",
  'tr-TR': "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LC_COLLATE 'C' LC_CTYPE 'C'",
  'de-DE': "LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LC_COLLATE 'C' LC_CTYPE 'C'",
};
// Each is a word, or is not.
const EVERY = Array.from({length: 0xf0000}, (_, point) => String.fromCodePoint(point)).flatMap(character =>
  runsOf(fold(character)).map(run => run.text),
);

const {OUTREACH_TEST_DATABASE_URL: adminUrl = '', OUTREACH_TEST_TEMPLATE: usual} = process.env;

describe.each(Object.entries(LOCALES))('in a database of the locale %s', (_name, locale) => {
  const template = `test_locale_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;

  beforeAll(async () => {
    await run(adminUrl, `CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8' ${locale}`);
    await migrate(url.href, pino({level: 'silent'}));
    process.env.OUTREACH_TEST_TEMPLATE = template; // what test/helpers/database.ts clones
  });

  afterAll(async () => {
    process.env.OUTREACH_TEST_TEMPLATE = usual;
    await run(adminUrl, `DROP DATABASE ${template}`);
  });

  test('every word of the search is one word of a tsvector and of a tsquery', async () => {
    const rows = await run(
      url.href,
      `SELECT word FROM unnest($1::text[]) AS word
       WHERE NOT (word || 'x')::tsvector @@ ('''' || word || 'x''')::tsquery OR length(('x' || word || 'x')::tsvector) <> 1`,
      [[...new Set(EVERY)]],
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
