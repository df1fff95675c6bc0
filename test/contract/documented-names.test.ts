// What the documents name is there: files, npm scripts and environment variables.
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', {cwd: ROOT})];
const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>};
const WEB_SCRIPTS = (JSON.parse(read('web/package.json')) as {scripts: Record<string, string>}).scripts;
const TOP = globSync('{src,test,web,bench,scripts,deploy,migrations,docs}', {cwd: ROOT}).join('|');
const SOURCES = globSync('{src,test,web/src,scripts,deploy,bench}/**/*.{ts,tsx,mjs,sql,cfg,conf}', {cwd: ROOT}).filter(
  file => !file.includes('node_modules') && !__filename.endsWith(file),
);
const KNOWN = new Set(
  [...SOURCES, '.env.example', 'docker-compose.yml'].flatMap(
    file => read(file).match(/\b[A-Z]+(?:_[A-Z\d]+)+\b/g) ?? [],
  ),
);
const GENERATED = /^(web\/dist|bench\/results)\//; // made by a command that the document names

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The names of what a text claims that there is, and is not. */
function missingNames(text: string): string[] {
  const files = [...text.matchAll(new RegExp(`\`((?:${TOP})/[\\w@.*/-]+)\``, 'g'))].map(([, name = '']) => name);
  const variables = [...text.matchAll(/`([A-Z]+(?:_[A-Z\d]+)+)(?:=[^`]*)?`/g)].map(([, name = '']) => name);
  const commands = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)([^\n`]*)/g)];
  const isMissingFile = (name: string) =>
    !GENERATED.test(name) &&
    !name.includes('00000N') && // a placeholder
    (name.includes('*') ? globSync(name, {cwd: ROOT}).length === 0 : !existsSync(path.join(ROOT, name)));
  const isMissingScript = ([, name = '', rest = '']: RegExpExecArray) =>
    !(name in (rest.includes('--workspace web') ? WEB_SCRIPTS : scripts));
  return [
    ...files.filter(isMissingFile),
    ...variables.filter(name => !KNOWN.has(name)),
    ...commands.filter(isMissingScript).map(([, name = '']) => `npm run ${name}`),
  ];
}

test.each(DOCUMENTS)('%s names only files and npm scripts that exist', file => {
  expect(missingNames(read(file))).toEqual([]);
});

test('an invented name is found', () => {
  const text =
    'Run `npm run nothing`, `npm run build` and set `NO_SUCH_VARIABLE` and `REDIS_URL`, read `src/nothing.ts`, `test/nothing-*.test.ts` and `src/bin`.';
  expect(missingNames(text)).toEqual([
    'src/nothing.ts',
    'test/nothing-*.test.ts',
    'NO_SUCH_VARIABLE',
    'npm run nothing',
  ]);
});
