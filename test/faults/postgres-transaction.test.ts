// A connection that is lost while a transaction holds it: the work in it fails, and nothing else does.
import type {PostgresDataSource} from '../../src/datasources/postgres/postgres.datasource';
import {InquiryRepository} from '../../src/repositories/inquiry/inquiry.repository';
import {givenDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {acknowledged, submitMany} from '../helpers/load';
import {givenRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

test('a transaction whose connection is terminated fails, and the process serves on', async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const postgres = await rest.app.get<PostgresDataSource>('datasources.postgres');
  const inquiries = await rest.app.getRepository(InquiryRepository);
  await postgres.connect();
  const transaction = await postgres.beginTransaction({});
  expect(await inquiries.count({}, {transaction})).toEqual({count: 0});

  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'outreach' AND state = 'idle in transaction'`,
  );
  // The listener is all that stands between this event and the end of the process.
  await eventually(() => expect(rest.text()).toContain('postgres.connection.lost'));
  await expect(inquiries.count({}, {transaction})).rejects.toThrow();
  await expect(transaction.rollback()).rejects.toThrow(); // and gives the connection back

  const ids = acknowledged(await submitMany(rest, 40));
  expect((await database.query('SELECT id FROM inquiry')).length).toBe(ids.length);
});
