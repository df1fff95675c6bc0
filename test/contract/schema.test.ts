// docs/schema.sql is the schema that the migrations make, and stands for itself.
import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {givenDatabase, givenEmptyDatabase, type TestDatabase} from '../helpers/database';

const ROOT = path.resolve(__dirname, '../..');
const file = readFileSync(path.join(ROOT, 'docs/schema.sql'), 'utf8');

async function schemaOf({url}: TestDatabase): Promise<string> {
  const script = path.join(ROOT, 'scripts/schema.mjs');
  return (await promisify(execFile)(process.execPath, [script, url])).stdout;
}

test('docs/schema.sql is what the migrations make; `npm run generate` writes it', async () => {
  expect(await schemaOf(await givenDatabase())).toBe(file);
});

test('each index has, in its migration, a comment above it that says what reads it', () => {
  const directory = path.join(ROOT, 'migrations');
  const lines = readdirSync(directory).flatMap(name => readFileSync(path.join(directory, name), 'utf8').split('\n'));
  const isIndex = (line: string | undefined) =>
    line?.startsWith('CREATE INDEX') || line?.startsWith('CREATE UNIQUE INDEX');
  const groups = lines.flatMap((line, at) => (isIndex(line) && !isIndex(lines[at - 1]) ? [[lines[at - 1], line]] : []));
  expect(groups.length).toBeGreaterThan(10);
  expect(groups.filter(([above]) => !above?.startsWith('-- '))).toEqual([]);
});

test('run on an empty database it makes the same schema', async () => {
  const database = await givenEmptyDatabase();
  await database.query(file);
  expect(await schemaOf(database)).toBe(file);
});
