// What storing an inquiry costs PostgreSQL, beside a row of a plain table: in instructions, the same on a busy machine, and
// in bytes of its log. Without protocol, commit and disk.
import {createRequire} from 'node:module';
import {realisticInquiries} from '../load/realistic-inquiries.mjs';
import {startCountedPostgres} from '../servers/single-user-postgres.mjs';

const require = createRequire(import.meta.url);
const {newId} = require('../../dist/platform/time-ordered-id.js');
const {insertStatement} = require('../../dist/repositories/inquiry/inquiry-insert.js');
const {searchedInquiry} = require('../../dist/repositories/inquiry/inquiry-search.js');

export const title = 'INSERT of an inquiry, what it costs PostgreSQL';
const PLAIN_ROW = 'row of six columns, two indexes';
const INQUIRY = 'inquiry';
const REALISTIC = 'inquiry, words of 500 people’s';
const REALISTIC_COUNT = 500;
const LOGGED = 2000;
// Measured in the same way, on PostgreSQL 15.18: the schema of sixteen migrations that the baseline has replaced.
const LOGGED_BEFORE = 5633;
const WARM = 1000; // after a checkpoint, a page is logged whole when it is written first

const PLAIN_TABLE = `
CREATE TABLE plain (
  id         uuid PRIMARY KEY,
  topic      text NOT NULL,
  name       text NOT NULL,
  email      text NOT NULL,
  message    text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX ON plain (created_at DESC, id DESC)`;
const SAMPLE = 'CREATE TABLE sample (n integer PRIMARY KEY, words tsvector NOT NULL, text text NOT NULL)';

// SQL of each column; k is the number of a row. The making of the words is the application's, and not counted.
const PLAIN_COLUMNS = {
  id: 'gen_random_uuid()',
  topic: `'sales'`,
  name: `'Ada Lovelace'`,
  email: `'ada' || k || '@example.org'`,
  message: `'We would like an offer for two hundred seats, please call me back on Monday. Ref ' || k`,
  created_at: 'clock_timestamp()',
};
const COLUMNS = {
  ...PLAIN_COLUMNS,
  updated_at: 'clock_timestamp()',
  search_words:
    `'ada lovelace example org we would like an offer for two hundred seats please call me back on monday ref ada1 1'` +
    '::tsvector',
  search_text: `'ada lovelace ada' || k || '@example.org'`,
};
const REALISTIC_COLUMNS = {
  ...COLUMNS,
  search_words: 'part_words[k - i * 1000]',
  search_text: 'part_texts[k - i * 1000]',
};

/** Counts; `quick` only what has targets. */
export async function run({quick, say}) {
  const postgres = await startCountedPostgres();
  let logged = {};
  await postgres.askLast(async client => {
    await prepare(client);
    if (!quick) logged = await measureLog(client);
    await client.query('TRUNCATE plain, inquiry CASCADE');
  });
  const count = (name, sizes, statement, without = 0) => {
    const instructions = perRow(postgres, sizes, statement) - without;
    say(
      `${name}, ${sizes.rows} in a statement: ${Math.round(instructions / 1000).toLocaleString('en-US')} k instructions`,
    );
    return instructions;
  };
  const plain = (loops, rows) => loop(insertRows('plain', PLAIN_COLUMNS, rows), {loops});
  const inquiry = (loops, rows) => loop(insertRows('inquiry', COLUMNS, rows), {loops});
  const lone = {few: 20, many: 120, rows: 1};
  const batch = {few: 5, many: 35, rows: 16};
  const figures = {
    lone: {[PLAIN_ROW]: count(PLAIN_ROW, lone, plain), [INQUIRY]: count(INQUIRY, lone, inquiry)},
    batch: {[PLAIN_ROW]: count(PLAIN_ROW, batch, plain), [INQUIRY]: count(INQUIRY, batch, inquiry)},
  };
  if (!quick) countRealistic(postgres, figures, {count, lone, batch});
  return summarize(figures, logged, postgres.version);
}

const MERGED = ['inquiry_search_words_idx', 'inquiry_search_text_idx'].map(
  index => `gin_clean_pending_list('${index}')`,
);
const MERGE = {select: `SELECT ${MERGED.join(', ')}`, perform: `PERFORM ${MERGED.join(', ')}`};

function insertRows(table, columns, rows) {
  const [names, values] = [Object.keys(columns), Object.values(columns)].map(parts => parts.join(', '));
  return `INSERT INTO ${table} (${names}) SELECT ${values} FROM generate_series(i * 1000 + 1, i * 1000 + ${rows}) k;`;
}

function loop(statements, {loops, declare = '', atEnd = ''}) {
  return `DO $$ ${declare} BEGIN FOR i IN 1..${loops} LOOP ${statements} END LOOP; ${atEnd} END $$;`;
}

// What it takes to fetch the words is counted apart, and taken off.
function countRealistic(postgres, figures, {count, lone, batch}) {
  postgres.execute(MERGE.select);
  for (const [kind, sizes] of Object.entries({lone: {...lone, many: 520}, batch: {...batch, many: 65}})) {
    const fetching = perRow(postgres, sizes, (loops, rows) => realisticLoop('', {loops, rows}));
    const insert = insertRows('inquiry', REALISTIC_COLUMNS, sizes.rows);
    figures[kind][REALISTIC] = count(REALISTIC, sizes, (loops, rows) => realisticLoop(insert, {loops, rows}), fetching);
  }
}

// With other people's words in each row, and at the end the merge of what is left in the lists of pending entries.
function realisticLoop(insert, {loops, rows}) {
  const first = `(i * ${rows}) % ${REALISTIC_COUNT - rows + 1}`;
  const fetch = `SELECT array_agg(words), array_agg(text) INTO part_words, part_texts
                 FROM sample WHERE n > ${first} AND n <= ${first} + ${rows};`;
  const declare = 'DECLARE part_words tsvector[]; part_texts text[];';
  return loop(fetch + insert, {loops, declare, atEnd: `${MERGE.perform};`});
}

// The start of the backend, the first execution of a statement and the like are in both counts.
function perRow(postgres, {few, many, rows}, statement) {
  const [fewer, more] = [few, many].map(loops => postgres.count(statement(loops, rows)));
  return (more - fewer) / ((many - few) * rows);
}

async function prepare(client) {
  await client.query(PLAIN_TABLE);
  await client.query(SAMPLE);
  const made = realisticInquiries(REALISTIC_COUNT).map(inquiry => searchedInquiry(inquiry));
  await client.query(
    `INSERT INTO sample (n, words, text)
     SELECT n, words::tsvector, text FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS made (words, text, n)`,
    [made.map(({words}) => words), made.map(({text}) => text)],
  );
}

// Bytes of the log for each row that is stored alone, with its commit, and with the merge of pending entries.
async function measureLog(client) {
  const inquiries = realisticInquiries(WARM + LOGGED);
  const plain = ({topic, name, email, message}) => ({
    name: 'insert_plain',
    text: 'INSERT INTO plain (id, topic, name, email, message, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [newId(), topic, name, email, message, new Date()],
  });
  const inquiry = submitted =>
    insertStatement([{inquiry: {...submitted, id: newId(), createdAt: new Date().toISOString()}}]);
  const bytes = {};
  for (const [name, statement] of Object.entries({[PLAIN_ROW]: plain, [INQUIRY]: inquiry})) {
    await client.query('CHECKPOINT');
    for (const each of inquiries.slice(0, WARM)) await client.query(statement(each));
    const before = await positionOfLog(client);
    for (const each of inquiries.slice(WARM)) await client.query(statement(each));
    bytes[name] = ((await positionOfLog(client)) - before) / LOGGED;
  }
  return bytes;
}

// Of what is logged, written out or not: the merge is no transaction that would write it.
async function positionOfLog(client) {
  await client.query(MERGE.select);
  const {rows} = await client.query(`SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS bytes`);
  return rows[0].bytes;
}

function summarize({lone, batch}, logged, version) {
  const ratios = {lone_of_plain: lone[INQUIRY] / lone[PLAIN_ROW], batch_of_plain: batch[INQUIRY] / batch[PLAIN_ROW]};
  if (INQUIRY in logged) ratios.log_of_before = logged[INQUIRY] / LOGGED_BEFORE;
  const table = (caption, column, figures) => ({
    caption,
    columns: {value: column},
    rows: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, {value}])),
    reference: {
      title: 'of the plain row',
      values: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value / figures[PLAIN_ROW]])),
    },
  });
  const thousands = figures => Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value / 1000]));
  return {
    isCounted: true,
    ratios,
    notes: [
      'Instructions of PostgreSQL’s own work, counted by callgrind: the same within 1 %, however busy the machine. Rows of the ' +
        'first two lines have the same words, which are left in the lists of pending entries of the two indexes; those ' +
        'of the third are different people’s, and their entries are merged into the indexes.',
    ],
    tables: [
      table('One row in a statement', 'k instructions', thousands(lone)),
      table('A row of sixteen in a statement', 'k instructions', thousands(batch)),
      ...(Object.keys(logged).length > 0
        ? [
            table(
              'Log of a row stored alone, commit and merges included, after the first write of its pages',
              'bytes',
              logged,
            ),
          ]
        : []),
    ],
    chart: undefined,
    versions: {PostgreSQL: version},
  };
}
