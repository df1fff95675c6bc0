// The environment of `npm run retention`.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {ConfigurationError, readEnv, retentionDays, retentionEnvSchema} from '../../../src/config/env';

const DATABASE_URL = 'postgres://localhost/none';
const DAYS = Object.keys(retentionEnvSchema.shape).filter(name => name.endsWith('_DAYS'));

test('keeps everything for ever by default; empty is the default', () => {
  const empty = Object.fromEntries(DAYS.map(name => [name, '']));
  for (const env of [{}, empty]) {
    const {inquiry, subscription} = retentionDays(readEnv(retentionEnvSchema, {DATABASE_URL, ...env}));
    expect(Object.values({...inquiry, ...subscription}).filter(value => value !== undefined)).toEqual([]);
  }
});

test.each(DAYS)('%s is one status of its own', name => {
  const {inquiry, subscription} = retentionDays(readEnv(retentionEnvSchema, {DATABASE_URL, [name]: '90'}));
  const set = Object.entries({...inquiry, ...subscription}).filter(([, value]) => value === 90);
  expect(set.map(([status]) => `RETENTION_${status.toUpperCase()}_DAYS`)).toEqual([name]);
});

test.each(DAYS.flatMap(name => ['0', '-1', '1.5', '30d', '1e3', '36501', ' 7'].map(value => [name, value] as const)))(
  '%s refuses %j by name, without the value',
  (name, value) => {
    const read = () => readEnv(retentionEnvSchema, {DATABASE_URL, [name]: value});
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(new RegExp(`\n${name}: must be (a whole number|from 1 to 36500)\n`));
  },
);

test('no status of an active subscription can be configured away', () => {
  expect(DAYS).not.toContain('RETENTION_ACTIVE_DAYS');
});

test('.env.example has each variable, empty', () => {
  const example = readFileSync(path.resolve(__dirname, '../../../.env.example'), 'utf8').split('\n');
  for (const name of DAYS) expect(example).toContain(`${name}=`);
});
