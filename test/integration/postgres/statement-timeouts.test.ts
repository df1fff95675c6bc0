// How long a statement may take: seconds, and longer in a transaction that says so.
import {PostgresDataSource} from '../../../src/datasources/postgres/postgres.datasource';
import {givenDatabase} from '../../helpers/database';
import {givenLogger} from '../../helpers/logger';
import {onTeardown} from '../../helpers/teardown';

const SLOW = {text: 'SELECT pg_sleep(5.5)'}; // longer than the connection's own time-outs

test('a statement may take longer in a transaction that says so, and in no other', async () => {
  const {url} = await givenDatabase();
  const dataSource = new PostgresDataSource({url, poolSize: 5, logger: givenLogger().logger});
  onTeardown(() => dataSource.stop());
  const [long, usual] = await Promise.allSettled([
    dataSource.transaction(query => query(SLOW), {statementTimeoutMs: 10_000}),
    dataSource.transaction(query => query(SLOW)),
  ]);
  expect(long.status).toBe('fulfilled');
  expect(usual).toMatchObject({status: 'rejected', reason: {name: 'UnavailableError'}});
});
