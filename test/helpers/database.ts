// A database of the test file's own, cloned from the migrated template.
import {randomUUID} from 'node:crypto';
import {Client, Pool, type QueryResultRow} from 'pg';
import {onTeardown} from './teardown';

export interface TestDatabase {
  url: string;
  /** Asks the database itself, not through outreach. */
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** A migrated database. */
export function givenDatabase(): Promise<TestDatabase> {
  return create(required('OUTREACH_TEST_TEMPLATE'));
}

/** A database without any table. */
export function givenEmptyDatabase(options = ''): Promise<TestDatabase> {
  return create('template0', options);
}

async function create(template: string, options = ''): Promise<TestDatabase> {
  const adminUrl = required('OUTREACH_TEST_DATABASE_URL');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} ${options}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const pool = new Pool({connectionString: url.href, max: 2});
  pool.on('error', () => undefined); // dropped with the database below
  onTeardown(async () => {
    if (pool.ended) return;
    await pool.end();
    await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  return {
    url: url.href,
    query: async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<Row>(text, values)).rows,
  };
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({connectionString: adminUrl});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this test belongs to a project with a global set-up`);
  return value;
}
