// The documents say what is there: every promise names a test, and every variable and metric is in its table.
import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {
  devEnvSchema,
  gatewayEnvSchema,
  migrateEnvSchema,
  restEnvSchema,
  retentionEnvSchema,
} from '../../src/config/env';

const ROOT = path.resolve(__dirname, '../..');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', {cwd: ROOT})];

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

test('README can be read in one sitting', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test.each(DOCUMENTS)('%s names a test in each row of a table of what is proved', file => {
  const tables = read(file).match(/^\|.*\| Proved by +\|\n(?:\|.*\n)+/gm) ?? [];
  const rows = tables.flatMap(table => table.trimEnd().split('\n').slice(2)); // below the head and its line
  expect(rows.filter(row => !/`test\/[\w*./-]+`/.test(row))).toEqual([]);
});

test.each(DOCUMENTS)('%s links only to files that exist', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  const isMissing = (link: string) => globSync(path.join(path.dirname(file), link), {cwd: ROOT}).length === 0;
  expect(links.filter(isMissing)).toEqual([]);
});

test('docs/operations.md has every metric in its table, and no other', () => {
  const sources = globSync('src/**/*.ts', {cwd: ROOT}).map(read).join('\n');
  const metrics = [...sources.matchAll(/'(outreach_[a-z_]+)'/g)].map(([, name]) => name);
  const rows = [...read('docs/operations.md').matchAll(/^\| `(outreach_[a-z_]+)/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(metrics.sort());
});

test("README's table of the environment has every variable of every process", () => {
  const table = read('README.md');
  const schemas = [restEnvSchema, gatewayEnvSchema, migrateEnvSchema, retentionEnvSchema, devEnvSchema];
  const variables = schemas.flatMap(({shape}) => Object.keys(shape));
  const written = [...table.matchAll(/`([A-Z_*]+)`/g)].map(
    ([, name = '']) => new RegExp(`^${name.replace('*', '\\w+')}$`),
  );
  const missing = variables.filter(name => !written.some(pattern => pattern.test(name)));
  expect(missing.filter(name => !['NODE_ENV', 'PATH'].includes(name))).toEqual([]); // not ours
});
