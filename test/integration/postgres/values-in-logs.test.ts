// PostgreSQL logs the text of a statement that fails: no value may be in it, whoever was searched for.
import {chmod, mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {Client, type QueryResultRow} from 'pg';
import {pino} from 'pino';
import {migrate} from '../../../src/datasources/postgres/migrate';
import {freePort} from '../../../src/dev/free-port';
import {DATABASE_USER, serverOptions} from '../../../src/dev/postgres-options';
import {importEmbeddedPostgres} from '../../../src/dev/postgres-package';
import {eventually} from '../../helpers/eventually';
import {givenManyInquiries, givenPausedReader} from '../../helpers/exports';
import {givenRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

const MARK = 'markedvalue';
const ROWS = 40_000; // with messages of 1,000 bytes more than any socket holds

test('an export that breaks off leaves nothing of its search in the log of PostgreSQL', async () => {
  const server = await givenServer();
  await migrate(server.url, pino({level: 'silent'}));
  const client = new Client({connectionString: server.url});
  await client.connect();
  onTeardown(() => client.end());
  const query = async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
    (await client.query<Row>(text, values)).rows;
  await givenManyInquiries({url: server.url, query}, ROWS, 1000);
  const mark = `'${MARK.slice(0, 6)}' || '${MARK.slice(6)}'`;
  await client.query(`UPDATE inquiry SET subject = ${mark}, search_text = search_text || ' ' || ${mark}`);
  const issuer = await givenTokenIssuer();
  const rest = await givenRest({databaseUrl: server.url, issuer});
  const token = await issuer.sign({scope: 'inquiries:export', topics: ['sales', MARK]});

  const reader = await givenPausedReader(`${rest.url}/inquiries/export.csv?q=${MARK}&topic=sales`, token);
  expect([reader.status, reader.headers['x-total-count']]).toEqual([200, String(ROWS)]);
  reader.abort();
  await eventually(() => expect(server.log()).toMatch(/STATEMENT: {2}COPY/));
  expect(server.log()).not.toContain(MARK);
  expect(server.log()).toContain('outreach_value(');
}, 120_000);

/** A PostgreSQL of the test's own, whose log it can read. */
async function givenServer(): Promise<{url: string; log(): string}> {
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-test-postgres-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  await chmod(directory, 0o755);
  const [port, log] = [await freePort(), [] as string[]];
  const password = 'of-this-test';
  const cluster = path.join(directory, 'cluster');
  const server = new EmbeddedPostgres(serverOptions({cluster, port, password, durable: false, log}));
  await server.initialise();
  await server.start();
  onTeardown(() => server.stop());
  return {url: `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`, log: () => log.join('\n')};
}
