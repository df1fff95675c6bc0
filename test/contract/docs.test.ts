// The documents say what is there: every promise names a test that exists, and every variable is in the table.
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
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', {cwd: ROOT})];

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

test('README can be read in one sitting', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test.each(DOCUMENTS)('%s names only tests that exist', file => {
  const named = [...read(file).matchAll(/`(test\/[\w*./-]+\.ts)`/g)].map(([, name]) => name ?? '');
  expect(named.filter(name => globSync(name, {cwd: ROOT}).length === 0)).toEqual([]);
});

test.each(DOCUMENTS)('%s links only to files that exist', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  const isMissing = (link: string) => globSync(path.join(path.dirname(file), link), {cwd: ROOT}).length === 0;
  expect(links.filter(isMissing)).toEqual([]);
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
