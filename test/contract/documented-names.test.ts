// What the documents name is there: files, tests and their titles, npm scripts and environment variables.
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'packages/client/README.md'],
  ...globSync('docs/**/*.md', {cwd: ROOT}),
];
const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>};
const WEB_SCRIPTS = (JSON.parse(read('web/package.json')) as {scripts: Record<string, string>}).scripts;
const TOP = globSync('{src,test,web,bench,scripts,deploy,migrations,docs}', {cwd: ROOT}).join('|');
const SOURCES = globSync('{src,test,web/src,scripts,deploy,bench}/**/*.{ts,tsx,mjs,sql,cfg,conf}', {cwd: ROOT}).filter(
  file => !file.includes('node_modules') && !__filename.endsWith(file),
);
const TESTS = SOURCES.filter(file => file.endsWith('.test.ts'));
const KNOWN = new Set(
  [...SOURCES, '.env.example', 'docker-compose.yml'].flatMap(
    file => read(file).match(/\b[A-Z]+(?:_[A-Z\d]+)+\b/g) ?? [],
  ),
);
const TITLES = new Map(TESTS.map(file => [file, titlesOf(read(file))]));
const GENERATED = /^(web\/dist|bench\/results)\//; // made by a command that the document names

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

// A text right before a function: the title of a test, or a little more than these.
function titlesOf(source: string): string[] {
  return [...source.matchAll(/\((['"`])(.+?)\1, (?:async |\(|\w+ =>)/g)].map(([, , title = '']) => title);
}

/** The names of what a text claims that there is, and is not. */
function missingNames(text: string): string[] {
  const files = [...text.matchAll(new RegExp(`\`((?:${TOP})/[\\w@.*/-]+)\``, 'g'))].map(([, name = '']) => name);
  // Within a folder that the text speaks of, so a name is often only the end of a path; the others are above.
  const sources = [...text.matchAll(/`([\w./-]+\.(?:tsx?|sql|cfg|conf))`/g)]
    .map(([, name = '']) => name)
    .filter(name => !files.includes(name));
  const variables = [...text.matchAll(/`([A-Z]+(?:_[A-Z\d]+)+)(?:=[^`]*)?`/g)].map(([, name = '']) => name);
  const titles = [...text.matchAll(/`(test\/[\w/-]+\.test\.ts)`\s\("([^"]+)"\)/g)];
  const commands = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)([^\n`]*)/g)];
  const testRuns = [...text.matchAll(/npm test -- ([\w/-]+)(?: -t '([^']+)')?/g)];
  const isMissingFile = (name: string) =>
    !GENERATED.test(name) &&
    !name.includes('00000N') && // a placeholder
    (name.includes('*') ? globSync(name, {cwd: ROOT}).length === 0 : !existsSync(path.join(ROOT, name)));
  const isMissingSource = (name: string) => !SOURCES.some(file => file === name || file.endsWith(`/${name}`));
  const isMissingTest = ([, pattern = '', title]: RegExpExecArray) => {
    const matching = TESTS.filter(test => test.includes(pattern));
    return !matching.some(test => title === undefined || TITLES.get(test)?.some(known => known.includes(title)));
  };
  const isMissingScript = ([, name = '', rest = '']: RegExpExecArray) =>
    !(name in (rest.includes('--workspace web') ? WEB_SCRIPTS : scripts));
  return [
    ...files.filter(isMissingFile),
    ...sources.filter(isMissingSource),
    ...titles
      .filter(([, file = '', title = '']) => !TITLES.get(file)?.includes(title))
      .map(([, , title = '']) => title),
    ...variables.filter(name => !KNOWN.has(name)),
    ...commands.filter(isMissingScript).map(([, name = '']) => `npm run ${name}`),
    ...testRuns.filter(isMissingTest).map(([command]) => command),
  ];
}

test.each(DOCUMENTS)('%s names only what exists', file => {
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

test('an invented test is found, by its file, its title or in a command', () => {
  const text = `Proved by \`nothing.test.ts\`, \`docs.test.ts\`, \`test/contract/docs.test.ts\` ("no such title") and
    \`test/contract/docs.test.ts\` ("README can be read in one sitting"). Run \`npm test -- no-such-file\`,
    \`npm test -- contract/docs\`, \`npm test -- contract/docs -t 'no such title'\` and
    \`npm test -- contract/docs -t 'in one sitting'\`.`;
  expect(missingNames(text)).toEqual([
    'nothing.test.ts',
    'no such title',
    'npm test -- no-such-file',
    "npm test -- contract/docs -t 'no such title'",
  ]);
});

test('a file that a comment of the code names is there', () => {
  const names = new Set(SOURCES.map(file => path.basename(file)));
  const missing = SOURCES.filter(file => /^(src|web\/src)\/.*\.tsx?$/.test(file)).flatMap(file =>
    [...read(file).matchAll(/^\s*(?:\/\/|\/?\*).*$/gm)]
      .flatMap(([comment]) => [...comment.matchAll(/(?<![\w/.-])[\w/-]+(?:\.[\w-]+)*\.(?:tsx?|mjs|cjs)\b/g)])
      .map(([name]) => name)
      .filter(name => !names.has(path.basename(name)))
      .map(name => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});
