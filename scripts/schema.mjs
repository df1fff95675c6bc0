// The schema of a migrated database as SQL, read from PostgreSQL's catalogs: the same text for PostgreSQL 14 to 18. With the
// URL of a database it prints that one's. It stands for itself: run on an empty database it makes the same schema.
import {mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import pg from 'pg';
import {pino} from 'pino';

const HEAD = `-- The schema that the migrations make, by \`npm run generate\`; do not edit. The reasons are in migrations/.`;
const OURS = `relnamespace = 'public'::regnamespace AND relname <> 'pgmigrations'`;
// What an extension brings is the extension's.
const ownObjects = (catalog, oid) =>
  `NOT EXISTS (SELECT FROM pg_depend WHERE classid = '${catalog}'::regclass AND objid = ${oid} AND deptype = 'e')`;

const EXTENSIONS = `SELECT format('CREATE EXTENSION %I;', extname) AS sql
  FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname`;
// What does not hold for older rows yet (NOT VALID) holds for every row of a schema that is made anew.
const DOMAINS = `
  SELECT format('CREATE DOMAIN %I AS %s', typname, format_type(typbasetype, typtypmod)) ||
    CASE WHEN typnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || typdefault, '') ||
    coalesce((SELECT string_agg(format(E'\\n  CONSTRAINT %I %s', conname, replace(pg_get_constraintdef(oid, true), ' NOT VALID', '')), '' ORDER BY conname)
              FROM pg_constraint WHERE contypid = pg_type.oid AND contype = 'c'), '') || ';' AS sql
  FROM pg_type WHERE typtype = 'd' AND typnamespace = 'public'::regnamespace AND ${ownObjects('pg_type', 'pg_type.oid')}
  ORDER BY typname`;
const ENUMS = `
  SELECT format('CREATE TYPE %I AS ENUM (%s);', typname,
    (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid)) AS sql
  FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace ORDER BY typname`;
const FUNCTIONS = `SELECT regexp_replace(rtrim(pg_get_functiondef(oid), E'\\n'), '^CREATE OR REPLACE FUNCTION public.', 'CREATE FUNCTION ') || ';' AS sql
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND ${ownObjects('pg_proc', 'pg_proc.oid')}
  ORDER BY proname, pg_get_function_identity_arguments(oid)`;
const COLUMNS = `
  SELECT relname AS table, format('%I', attname) AS name, format_type(atttypid, atttypmod) ||
    CASE WHEN attcollation <> typcollation THEN format(' COLLATE %I', collname) ELSE '' END ||
    CASE WHEN attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', value)
         ELSE coalesce(' DEFAULT ' || value, '') END ||
    CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END AS sql,
    nullif(coalesce(attstattarget::int, -1), -1) AS statistics
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid JOIN pg_type ON pg_type.oid = atttypid
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    LEFT JOIN LATERAL (SELECT pg_get_expr(adbin, adrelid, true) AS value FROM pg_attrdef
                       WHERE adrelid = attrelid AND adnum = attnum) AS filled ON true
  WHERE relkind = 'r' AND ${OURS} AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum`;
// A NOT NULL is a constraint since PostgreSQL 18 only; the columns say it.
const CONSTRAINTS = `
  SELECT relname AS table, format('CONSTRAINT %I %s', conname, pg_get_constraintdef(pg_constraint.oid, true)) AS sql
  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
  WHERE ${OURS} AND contype IN ('p', 'u', 'f', 'c', 'x')
  ORDER BY relname, array_position(ARRAY['p', 'u', 'f', 'c', 'x'], contype::text), conname`;
const INDEXES = `
  SELECT relname AS table, replace(pg_get_indexdef(indexrelid), ' ON public.', ' ON ') || ';' AS sql
  FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
  WHERE ${OURS} AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
  ORDER BY relname, indexrelid::regclass::text COLLATE "C"`;
const TRIGGERS = `
  SELECT relname AS table, pg_get_triggerdef(pg_trigger.oid, true) || ';' AS sql
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE ${OURS} AND NOT tgisinternal ORDER BY relname, tgname`;

/** The schema of this database. */
export async function renderSchema(databaseUrl) {
  const client = new pg.Client({connectionString: databaseUrl});
  await client.connect();
  const read = async text => (await client.query(text)).rows;
  try {
    const parts = [];
    for (const text of [EXTENSIONS, DOMAINS, ENUMS, FUNCTIONS]) parts.push((await read(text)).map(({sql}) => sql));
    const [columns, constraints] = [await read(COLUMNS), await read(CONSTRAINTS)];
    const [indexes, triggers] = [await read(INDEXES), await read(TRIGGERS)];
    const tables = [...new Set(columns.map(({table}) => table))];
    const blocks = tables.map(table => {
      const of = rows => rows.filter(row => row.table === table);
      return [
        tableOf(table, of(columns), of(constraints)),
        ...of(indexes).map(({sql}) => sql),
        ...of(triggers).map(({sql}) => sql),
      ];
    });
    const [extensions, domains, enums, functions] = parts;
    const text = [HEAD, extensions, [...domains, ...enums], ...functions.map(sql => [sql]), ...blocks];
    return `${text.map(block => [block].flat().join('\n')).join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

function tableOf(table, columns, constraints) {
  const width = Math.max(...columns.map(({name}) => name.length));
  const lines = [...columns.map(({name, sql}) => `${name.padEnd(width)} ${sql}`), ...constraints.map(({sql}) => sql)];
  const statistics = columns
    .filter(column => column.statistics !== null)
    .map(({name, statistics}) => `ALTER COLUMN ${name} SET STATISTICS ${statistics}`);
  const create = `CREATE TABLE ${table} (\n${lines.map(line => `  ${line}`).join(',\n')}\n);`;
  if (statistics.length === 0) return create;
  return `${create}\nALTER TABLE ${table}\n${statistics.map(line => `  ${line}`).join(',\n')};`;
}

/** Runs `work` with the URL of a database that the migrations of this build have made, in a PostgreSQL of its own. */
export async function withMigratedDatabase(work) {
  const {default: embedded} = await import('../dist/dev/embedded-postgres.js');
  const {default: migrations} = await import('../dist/datasources/postgres/migrate.js');
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-schema-'));
  const server = await embedded.startEmbeddedPostgres({directory, durable: false});
  try {
    await migrations.migrate(server.url('postgres'), pino({level: 'silent'}));
    return await work(server.url('postgres'));
  } finally {
    await server.stop();
    await rm(directory, {recursive: true, force: true});
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(await renderSchema(process.argv[2]));
