// Words that the project does not use, where it does not, and what to say instead. `npm run check -- words` finds them in
// names of files and folders, in names that code declares, and in prose: comments, messages, titles of tests, pages.
import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';

const ALL = 'src|web|test|bench|scripts';

/**
 * `name` is refused as part of a name, in any spelling: `is-held-up` is also isHeldUp and IS_HELD_UP. `only` is refused as a
 * whole name, and a file's or folder's without its ending; with `files`, as theirs alone; a
 * parameter may be named as a library names it. `text` is refused in every line, less `but`. `in`: below which
 * folders, ALL when left out; `not`: but for these.
 */
const REFUSED = [
  {name: 'manager', in: 'src', say: 'what it does: a pool, a registry, a limiter'},
  {name: 'util', in: 'src', say: 'what it does'},
  {name: 'utils', in: 'src', say: 'what it does'},
  {name: 'misc', in: 'src', say: 'what it does'},
  {name: 'helper', in: 'src', say: 'what it does'},
  {name: 'helpers', in: 'src', say: 'what it does'},
  {only: 'common', in: 'src', files: true, say: 'what is in it'},
  {only: 'data', in: 'src', say: 'what it is: rows, a payload, a body'},
  {only: 'info', in: 'src', say: 'what it is'},

  {name: 'exchange', in: 'src', say: 'HandlerContext'},
  {name: 'endpoint', in: 'src/rest|src/controllers', say: 'operation'},
  {name: 'found-route', say: 'MatchedRoute'},
  {name: 'edge', in: 'src', say: 'common headers, or request limits'},
  {name: 'edge', in: 'test', say: 'common headers, or request limits'},
  {name: 'asked-page', say: 'PageRequest'},
  {name: 'page-start', say: 'seek bound'},
  {name: 'one-start', say: 'seek bound'},
  {name: 'merged-streams', say: 'index ranges, or merge append'},
  {name: 'searched-rows', say: 'adaptive search'},
  {
    name: 'unseen',
    in: 'src/repositories/query/conditions.ts|src/repositories/query/keyset-list.ts',
    say: 'generic-plan parameter',
  },
  {name: 'is-usual', say: 'cacheable shape'},
  {only: 'life', in: 'src', say: 'epoch'},
  {name: 'feed-seal', say: 'cursor cipher'},
  {name: 'visibility', in: 'src', not: 'src/client', say: 'topic scope'},
  {name: 'visible-to', say: 'topic scope'},
  {name: 'admission', in: 'src', say: 'concurrency limiter'},
  {only: 'places', in: 'src/platform|src/services', say: 'permits'},
  {name: 'patience', in: 'src', say: 'max queue wait'},
  {name: 'quoted-address', say: 'e-mail mention'},
  {name: 'quotable', say: 'mention, or redaction'},
  {name: 'goodbye', say: 'close timeout'},
  {only: 'look', in: 'src/datasources', say: 'checkTimeouts'},
  {only: 'give-up', in: 'src/datasources', say: 'fail'},
  {only: 'leave', in: 'src/datasources', say: 'detach'},
  {name: 'is-held-up', say: 'isBlocked'},
  {name: 'young-garbage', say: 'V8 heap'},
  {name: 'desk', say: 'subscription management'},
  {name: 'access-log', say: 'audit log'},
  {only: 'page', in: 'src/client', say: 'page visibility'},
  {name: 'watch-sleep', say: 'sleep detector'},
  {name: 'shared-observer', say: 'tab leader'},
  {name: 'sharing-observer', say: 'observer factory'},
  {name: 'scene', say: 'full system'},
  {name: 'naughty', say: 'hostile input'},

  {
    text: /\b(told|tell(s|ing)?)\b/i,
    // To discern, what a person says to a person, and sentences of docs/openapi.json.
    but: /\bapart\b|\btell (us|me|whoever|the owner)\b|\bunless told\b|\banswer never tells\b|\/changes` tells\b/i,
    in: 'src|web|test|bench|scripts|docs|README.md|CONTRIBUTING.md|CHANGELOG.md|.env.example',
    not: 'docs/adr|docs/openapi.json|src/client/rest/rest-api.ts', // decisions stay as they were; the others are generated
    say: 'notify, emit, return, log or say',
  },
  {text: /\bnaughty\b/i, say: 'hostile'},
];

const FILES = [
  `{${ALL.replaceAll('|', ',')},docs}/**/*.{ts,tsx,js,mjs,cjs,html,css,md,yaml,json,sql}`,
  '*.md',
  '.env.example',
];
const CODE = /\.(ts|tsx|js|mjs|cjs)$/;
const OF_THE_LIST = /\/refused-words\./;
const FOREIGN = new Set(['node_modules', 'dist', 'results']);

/** What of the project below `root` is refused: `{file, line, word, say}`. */
export function findRefused(root) {
  const files = globSync(FILES, {cwd: root, exclude: name => FOREIGN.has(path.basename(String(name)))});
  return [...new Set(files)].sort().flatMap(file => {
    const rows = REFUSED.filter(row => isBelow(file, row.in ?? ALL) && !(row.not && isBelow(file, row.not)));
    if (rows.length === 0 || OF_THE_LIST.test(file)) return [];
    const text = readFileSync(path.join(root, file), 'utf8');
    const found = [...inPath(file, rows), ...(CODE.test(file) ? inNames(file, text, rows) : []), ...inText(text, rows)];
    return found.map(each => ({file, ...each}));
  });
}

const isBelow = (file, folders) => folders.split('|').some(folder => file === folder || file.startsWith(`${folder}/`));

function inPath(file, rows) {
  return file
    .split('/')
    .flatMap(part => refusedName(part.split('.')[0], rows).map(({say}) => ({line: 1, word: part, say})));
}

/** Of the names that are declared here: what a library calls its members is its own business. */
function inNames(file, text, rows) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = node => {
    const {name} = node;
    if (name && ts.isIdentifier(name) && !isTakenOver(node)) {
      const line = source.getLineAndCharacterOfPosition(name.getStart()).line + 1;
      const compared = rows.filter(row => !row.files && !(row.only && ts.isParameter(node)));
      found.push(...refusedName(name.text, compared).map(({say}) => ({line, word: name.text, say})));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

// `{data} = socket`, `import {Edge}` and `socket.data` use a name that is declared elsewhere; a field may be the wire's.
function isTakenOver(node) {
  return (
    ((ts.isBindingElement(node) || ts.isImportSpecifier(node)) && !node.propertyName) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isMetaProperty(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertySignature(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

function refusedName(name, rows) {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  return rows.filter(row => (row.only ? words === row.only : row.name && `-${words}-`.includes(`-${row.name}-`)));
}

function inText(text, rows) {
  const refused = rows.filter(row => row.text);
  return text
    .split('\n')
    .flatMap((line, index) =>
      refused
        .filter(row => row.text.test(line) && !row.but?.test(line))
        .map(({text: word, say}) => ({line: index + 1, word: word.exec(line)[0], say})),
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findRefused(process.argv[2] ?? path.resolve(import.meta.dirname, '..'));
  for (const {file, line, word, say} of found) console.log(`${file}:${line}: "${word}" is refused; say ${say}`);
  if (found.length > 0) process.exitCode = 1;
}
