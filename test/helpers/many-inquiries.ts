// A table as it looks after two years: most inquiries old and resolved, few new, topics and words in long-tailed
// shares. Their texts are made by SQL, from a fixed seed, so that each run gets the same rows.
import {Client} from 'pg';
import {searchedInquiry, type SearchedInquiry} from '../../src/repositories/inquiry/inquiry-search';
import type {TestDatabase} from './database';
import {idOf} from './ids';

/** Words that the rows hold, by how many have them. */
export const WORDS = {everywhere: 'hello', everyTenth: 'price', everyThousandth: 'zeppelin', oncePerTable: 'quokka'};

const GENERATE = `
CREATE TEMPORARY TABLE generated AS
SELECT n, ${idOf('created', 'hash')} AS id,
       topic, name, email, company, subject, message, status,
       CASE WHEN status IN ('in_progress', 'resolved') THEN 'agent-' || floor(40 * pow(random(), 2))::int END AS assignee,
       created AS created_at,
       least(now(), created + CASE WHEN status = 'new' THEN interval '0' ELSE random() * interval '9 days' END) AS updated_at,
       -- eight in each transaction, and half of them changed up to 500 transactions later
       3 + n / 8 AS created_xid,
       3 + n / 8 + greatest(0, ('x' || substr(hash, 20, 3))::bit(12)::int % 1000 - 500) AS changed_xid
FROM (
  SELECT n, md5(n::text) AS hash, created,
         -- general 50 %, sales 25 %, ... careers 3 %
         (ARRAY['general', 'sales', 'support', 'partnership', 'press', 'careers'])[least(6, 1 + floor(-ln(1 - random()) / ln(2))::int)] AS topic,
         (ARRAY['Ana', 'Jürgen', 'Zoë', 'Ivan', 'Olga', 'Łukasz', 'Mia', 'Noah'])[1 + floor(8 * random())::int]
           || ' ' || initcap(translate(substr(md5('name' || n), 1, 7), '0123456789', 'ghijklmnop')) AS name,
         'u' || n || '@' || translate(substr(md5('mail' || n % 5000), 1, 8), '0123456789', 'qrstuvwxyz') || '.example' AS email,
         CASE WHEN random() < 0.4 THEN initcap(substr(md5('firm' || n % 9000), 1, 9)) || ' Ltd' END AS company,
         CASE WHEN random() < 0.6 THEN 'About order ' || n END AS subject,
         'Hello, I write about '
           || CASE WHEN n % 10 = 0 THEN 'the price ' ELSE '' END
           || CASE WHEN n % 1000 = 500 THEN 'a zeppelin ' ELSE '' END
           || CASE WHEN n = 7777 THEN 'the quokka ' ELSE '' END
           || a.phrase || ' ' || b.phrase AS message,
         CASE WHEN age < 0.02 AND random() < 0.6 THEN 'new'
              WHEN age < 0.05 AND random() < 0.5 THEN 'in_progress'
              WHEN random() < 0.06 THEN 'spam' ELSE 'resolved' END AS status
  FROM (SELECT n, 1 - n::float / $1 AS age, now() - interval '2 years' * (1 - n::float / $1) AS created
        FROM generate_series(1, $1) AS n) AS numbered
  JOIN phrase AS a ON a.id = n % 2003 JOIN phrase AS b ON b.id = n % 2503
) AS generated`;

// What the application makes of the texts, for a part of the rows: $1 to $3 are ids, words and texts.
const STORE = `
INSERT INTO inquiry (id, topic, name, email, company, subject, message, status, assignee, created_at, updated_at,
                     created_xid, changed_xid, search_words, search_text)
SELECT id, topic, name, email, company, subject, message, status::inquiry_status, assignee, created_at, updated_at,
       nullif(created_xid, changed_xid)::text::xid8, changed_xid::text::xid8, words::tsvector, text
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS made (id, words, text) JOIN generated USING (id)`;
const PART = 5000;

// Ten words each, few of them frequent and many rare.
const PHRASES = `
CREATE TEMPORARY TABLE phrase AS
SELECT n AS id, string_agg(substr(md5(floor(20000 * pow(random(), 4))::int::text), 1, 6), ' ') AS phrase
FROM generate_series(0, 3000) AS n, generate_series(1, 10) GROUP BY n`;

/** Fills an empty table with this many rows and gives the planner its statistics. */
export async function givenManyInquiries({url}: TestDatabase, count: number): Promise<void> {
  const client = new Client({connectionString: url}); // one session for the seed and the settings
  await client.connect();
  try {
    // The indexes are built after the rows: in a third of the time, and as tidy as vacuum leaves them. By one
    // process, since the shared memory of a container may be too small for several.
    const {rows: indexes} = await client.query<{name: string; definition: string}>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE tablename = 'inquiry' AND indexdef !~ 'UNIQUE'`,
    );
    for (const {name} of indexes) await client.query(`DROP INDEX ${name}`);
    await client.query('SELECT setseed(0.5)');
    await client.query(PHRASES);
    await client.query('ANALYZE phrase');
    await client.query(GENERATE, [count]);
    await client.query('CREATE INDEX ON generated (n); CREATE INDEX ON generated (id); ANALYZE generated');
    for (let first = 1; first <= count; first += PART) await storePart(client, first);
    await client.query(`SET max_parallel_maintenance_workers = 0; SET maintenance_work_mem = '128MB'`);
    for (const {definition} of indexes) await client.query(definition);
    await client.query('VACUUM (ANALYZE) inquiry');
  } finally {
    await client.end();
  }
}

async function storePart(client: Client, first: number): Promise<void> {
  const {rows} = await client.query<SearchedInquiry & {id: string}>(
    'SELECT id, name, email, company, subject, message FROM generated WHERE n BETWEEN $1 AND $2 ORDER BY n',
    [first, first + PART - 1],
  );
  const made = rows.map(row => searchedInquiry(row));
  await client.query(STORE, [rows.map(({id}) => id), made.map(({words}) => words), made.map(({text}) => text)]);
}
