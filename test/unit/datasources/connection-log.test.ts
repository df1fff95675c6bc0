// ConnectionLog: an outage of PostgreSQL is one line when it begins and one when it ends, and what it refuses until a
// person acts is one line a minute.
import {DatabaseError} from 'pg';
import {ConnectionLog} from '../../../src/datasources/postgres/connection-log';
import {UnavailableError} from '../../../src/platform/errors';
import {givenLogger} from '../../helpers/logger';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const refused = () => Object.assign(new Error('connect'), {code: 'ECONNREFUSED', syscall: 'connect', address: '::1'});
const sqlError = (code: string) => Object.assign(new DatabaseError('x', 1, 'error'), {code});

function given() {
  const {logger, lines} = givenLogger();
  return {log: new ConnectionLog(logger), lines, said: () => lines.map(({level, msg}) => [level, msg])};
}

test('an outage is one line, and its end is one', () => {
  const {log, said} = given();
  log.restored();
  for (let i = 0; i < 100; i += 1) log.lost(sqlError('57P01'));
  for (let i = 0; i < 100; i += 1) log.failed(refused());
  expect(said()).toEqual([['warn', 'postgres.connection.lost']]);
  log.restored(); // sent before the connection broke
  expect(said()).toHaveLength(1);
  jest.advanceTimersByTime(1000);
  log.restored();
  log.restored();
  expect(said().slice(1)).toEqual([['info', 'postgres.connection.restored']]);
});

test('a server that has never answered is unavailable, not lost', () => {
  const {log, said} = given();
  log.failed(refused());
  expect(said()).toEqual([['warn', 'postgres.unavailable']]);
});

test.each(['28P01', '28000', '3D000', '42501', '53100', '58030'])('%s needs a person: error, once a minute', code => {
  const {log, said} = given();
  log.restored();
  for (let i = 0; i < 100; i += 1) log.failed(sqlError(code));
  expect(said()).toEqual([['error', 'postgres.refused']]);
  jest.advanceTimersByTime(60_000);
  expect(said()).toHaveLength(2);
  log.flush();
  expect(jest.getTimerCount()).toBe(0);
});

test('each table that is closed to the user has lines of its own', () => {
  const {log, lines} = given();
  for (const table of ['inquiry', 'inquiry', 'subscription']) {
    log.failed(Object.assign(new DatabaseError(`permission denied for table ${table}`, 1, 'error'), {code: '42501'}));
  }
  expect(lines.map(({reason}) => reason)).toEqual(['42501 table inquiry', '42501 table subscription']);
  log.flush();
});

test('errors of a single statement leave no line', () => {
  const {log, said} = given();
  for (const code of ['23505', '22P02', '40001', '40P01', '55P03', '57014']) log.failed(sqlError(code));
  log.failed(new Error('Query read timeout'));
  log.failed(new Error('Cannot use a pool after calling end on the pool'));
  log.failed(new TypeError('x is not a function'));
  log.failed(new UnavailableError('PostgreSQL', {cause: refused()}));
  expect(said()).toEqual([]);
});
