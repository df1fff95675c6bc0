// A table as it looks after two years: most inquiries old and resolved, few new, topics and words in long-tailed
// shares. Made by SQL, from a fixed seed, so that each run gets the same rows.
import {Client} from 'pg';
import type {TestDatabase} from './database';

/** Words that the rows hold, by how many have them. */
export const WORDS = {everywhere: 'hello', everyTenth: 'price', everyThousandth: 'zeppelin', oncePerTable: 'quokka'};

const GENERATE = `
INSERT INTO inquiry (id, topic, name, email, email_normalized, company, subject, message, status, assignee,
                     created_at, updated_at, created_xid, changed_xid)
SELECT (lpad(to_hex(floor(extract(epoch FROM created) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3)
         || '8' || substr(hash, 4, 15))::uuid,
       topic, name, email, email, company, subject, message, status,
       CASE WHEN status IN ('in_progress', 'resolved') THEN 'agent-' || floor(40 * pow(random(), 2))::int END,
       created,
       least(now(), created + CASE WHEN status = 'new' THEN interval '0' ELSE random() * interval '9 days' END),
       -- eight in each transaction, and half of them changed up to 500 transactions later
       (3 + n / 8)::text::xid8, (3 + n / 8 + greatest(0, ('x' || substr(hash, 20, 3))::bit(12)::int % 1000 - 500))::text::xid8
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
    await client.query(`SET max_parallel_maintenance_workers = 0; SET maintenance_work_mem = '128MB'`);
    for (const {definition} of indexes) await client.query(definition);
    await client.query('VACUUM (ANALYZE) inquiry');
  } finally {
    await client.end();
  }
}
