// docs/internals.md lists what is used of dependencies beyond their documented interfaces. Whatever looks like such a use in
// `src` must be in the list, and whatever is in the list must still be in `src`.
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../..');
/** Only ever lowered. */
const MOST_ROWS = 9;

/** Members that look internal and are documented. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  code: 'of the errors of Node, pg and ioredis',
  syscall: 'of the errors of Node',
  errors: 'of AggregateError',
  cause: 'of Error',
  default: 'of a module',
  rawPacket: 'of the error of `clientError`',
  ReplyError: 'the class of ioredis, by its name',
};

/** Members that look internal and are ours, or are there for TypeScript alone. */
const OURS: readonly Use[] = [
  {file: 'src/client/observation/observer-factory.ts', member: 'BrowserGlobals'}, // the types of Node lack them
  {file: 'src/client/live-list/feed.ts', member: 'topics'},
  {file: 'src/client/observation/observation-connection.ts', member: 'data'},
  {file: 'src/controllers/export.controller.ts', member: 'rows'},
  {file: 'src/rest/http/form-redirect.ts', member: '_next'}, // a field of our forms
  {file: 'src/models/column.ts', member: 'prototype'},
  {file: 'src/repositories/crud/derived-crud.repository.ts', member: 'id'},
  {file: 'src/repositories/crud/derived-crud.repository.ts', member: 'prototype'},
  {file: 'src/repositories/crud/listed-crud.repository.ts', member: 'prototype'},
  {file: 'src/repositories/crud/listed-crud.repository.ts', member: 'status'},
  {file: 'src/repositories/privacy/privacy.repository.ts', member: 'id'},
  {file: 'src/repositories/crud/versioned-crud.repository.ts', member: 'prototype'},
  {file: 'src/rest/problems/http-errors.ts', member: 'parameterName'}, // of LoopBack's documented errors
  {file: 'src/rest/problems/problem-details.ts', member: 'headers'},
  {file: 'src/rest/problems/input-errors.ts', member: 'message'}, // what our own schemas say
];

interface Use {
  file: string;
  member: string;
}

interface Row {
  dependency: string;
  members: string[];
  files: string[];
  tests: string[];
}

const SOURCES = new Map(
  globSync('src/**/*.ts', {cwd: ROOT})
    .filter(file => file !== 'src/client/rest/rest-api.ts') // generated
    .map(file => [file, read(file)] as const),
);

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function rowsOf(document: string): Row[] {
  const table = document.split(/^## /m).find(section => section.startsWith('The list')) ?? '';
  const lines = table.split('\n').filter(line => line.startsWith('|'));
  return lines.slice(2).map(line => {
    const [dependency = '', members = '', files = '', , tests = ''] = line.slice(1, -1).split('|');
    return {
      dependency: dependency.trim(),
      members: quoted(members),
      files: quoted(files),
      tests: quoted(tests),
    };
  });
}

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

/** What of this file looks like an internal of a dependency; by its syntax alone, so that it is fast. */
function usesIn(file: string, text: string): Use[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const own = new Set<string>(); // names of types that are ours
  const functions = new Set<string>();
  const members: string[] = [];

  const isFunction = (node: ts.Node | undefined): boolean =>
    node !== undefined &&
    (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || (ts.isIdentifier(node) && functions.has(node.text)));
  const literalOf = (type: ts.TypeNode): ts.TypeLiteralNode[] => {
    if (ts.isTypeLiteralNode(type)) return [type];
    return ts.isIntersectionTypeNode(type) ? type.types.filter(ts.isTypeLiteralNode) : [];
  };
  const isOwn = (type: ts.TypeNode): boolean =>
    ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && own.has(type.typeName.text);
  const addMembers = (literal: ts.TypeLiteralNode) =>
    literal.members.forEach(member => member.name && members.push(member.name.getText(source)));

  const declare = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name) own.add(node.name.text);
    }
    if (ts.isImportDeclaration(node) && node.moduleSpecifier.getText(source).startsWith("'.")) {
      const bindings = node.importClause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings)) bindings.elements.forEach(({name}) => own.add(name.text));
    }
    if (ts.isFunctionDeclaration(node) && node.name) functions.add(node.name.text);
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isFunction(node.initializer)) {
      functions.add(node.name.text);
    }
    ts.forEachChild(node, declare);
  };
  declare(source);

  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node)) {
      const {expression, type} = node;
      // A cast through unknown, and one to a type that is written where it is used.
      if (ts.isAsExpression(expression) && expression.type.kind === ts.SyntaxKind.UnknownKeyword) {
        members.push(ts.isTypeReferenceNode(type) ? type.typeName.getText(source) : type.getText(source));
      }
      const isParsed = /^JSON\.parse\(/.test(expression.getText(source));
      if (!isParsed) literalOf(type).forEach(addMembers);
    }
    // More members for a type of somebody else's.
    if (ts.isIntersectionTypeNode(node) && !ts.isAsExpression(node.parent) && !node.types.some(isOwn)) {
      node.types.filter(ts.isTypeLiteralNode).forEach(addMembers);
    }
    if (ts.isPropertyAccessExpression(node)) {
      if (node.name.text.startsWith('_')) members.push(node.name.text);
      // The text of an error is asked for something.
      if (node.name.text === 'message' && isCompared(node)) members.push('message');
    }
    if (ts.isElementAccessExpression(node) && /^['"]_/.test(node.argumentExpression.getText(source))) {
      members.push(node.argumentExpression.getText(source).slice(1, -1));
    }
    if (ts.isBindingElement(node)) {
      const name = (node.propertyName ?? node.name).getText(source);
      if (name.startsWith('_') && ts.isObjectBindingPattern(node.parent)) members.push(name);
    }
    if (ts.isBinaryExpression(node)) {
      const {left, right, operatorToken} = node;
      if (operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken && ts.isStringLiteral(right) && right.text) {
        const isNameOf = ts.isPropertyAccessExpression(left) && left.name.text === 'name';
        const isTakenName = ts.isIdentifier(left) && left.text === 'name' && isTakenApart(left);
        if (isNameOf || isTakenName) members.push(right.text);
      }
      // A function of another's object is replaced.
      const isOthers =
        ts.isPropertyAccessExpression(left) && left.expression.kind !== ts.SyntaxKind.ThisKeyword && isFunction(right);
      if (operatorToken.kind === ts.SyntaxKind.EqualsToken && isOthers && !/^on[a-z]/.test(left.name.text)) {
        members.push(left.name.text); // not `onmessage`, which is there to be set
      }
    }
    if (ts.isCallExpression(node)) {
      const [, argument] = node.arguments;
      const called = node.expression.getText(source);
      if (called === 'Object.setPrototypeOf') members.push('setPrototypeOf');
      if (called === 'Reflect.deleteProperty' && argument) members.push(argument.getText(source).slice(1, -1));
      if (called === 'setFlagsFromString') members.push(node.arguments[0]?.getText(source).slice(1, -1) ?? '');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...new Set(members)].filter(member => !(member in DOCUMENTED)).map(member => ({file, member}));
}

// A `name` that the function around it takes of its argument: `({name}) => …`.
function isTakenApart(name: ts.Identifier): boolean {
  const around = ts.findAncestor(name, ts.isArrowFunction);
  return around?.parameters.some(parameter => /^\{.*\bname\b/.test(parameter.getText())) ?? false;
}

// `….message` is compared, searched, or given to a regular expression.
function isCompared({parent}: ts.PropertyAccessExpression): boolean {
  if (ts.isBinaryExpression(parent)) return /^[!=]==$/.test(parent.operatorToken.getText());
  if (ts.isPropertyAccessExpression(parent))
    return /^(startsWith|endsWith|includes|match|search)$/.test(parent.name.text);
  return ts.isCallExpression(parent) && /\.(exec|test)$/.test(parent.expression.getText());
}

const ROWS = rowsOf(read('docs/internals.md'));

/** Uses that no row names. */
function unlisted(sources: ReadonlyMap<string, string>, rows: readonly Row[]): Use[] {
  const isListed = ({file, member}: Use) =>
    rows.some(({files, members}) => files.includes(file) && members.includes(member)) ||
    OURS.some(use => use.file === file && use.member === member);
  return [...sources].flatMap(([file, text]) => usesIn(file, text)).filter(use => !isListed(use));
}

/** Members that are in none of the files of their row, and files that have none of the members. */
function stale(sources: ReadonlyMap<string, string>, rows: readonly Row[]): string[] {
  const has = (file: string, member: string) => sources.get(file)?.includes(member) ?? false;
  return rows.flatMap(({files, members}) => [
    ...members.filter(member => !files.some(file => has(file, member))),
    ...files.filter(file => !members.some(member => has(file, member))),
  ]);
}

test('what looks like an internal of a dependency is in the list', () => {
  expect(unlisted(SOURCES, ROWS)).toEqual([]);
});

test('what is in the list is still used', () => {
  expect(ROWS.length).toBeGreaterThan(0);
  expect(stale(SOURCES, ROWS)).toEqual([]);
  expect(OURS.filter(({file, member}) => !SOURCES.get(file)?.includes(member))).toEqual([]);
});

test('the list does not grow; each row has the version that is installed and a test that is there', () => {
  expect(ROWS.length).toBeLessThanOrEqual(MOST_ROWS);
  for (const {dependency, members, files, tests} of ROWS) {
    expect([members.length, files.length, tests.length]).not.toContain(0);
    expect(tests.filter(file => !existsSync(path.join(ROOT, file)))).toEqual([]);
    const packages = [...dependency.matchAll(/([@\w/.-]+) (\d+\.\d+\.\d+)/g)];
    const installed = packages.map(([, name = '']) => {
      const {version} = JSON.parse(read(`node_modules/${name}/package.json`)) as {version: string};
      return `${name} ${version}`;
    });
    expect(packages.map(([text]) => text)).toEqual(installed);
  }
});

describe('a new use is noticed', () => {
  test.each([
    ['a private member', 'socket._httpMessage;', '_httpMessage'],
    ['a private member by its name', "socket['_handle'];", '_handle'],
    ['a private member that is taken apart', 'const {_events: events} = emitter;', '_events'],
    ['a cast through unknown', 'handle(server as unknown as Inner);', 'Inner'],
    ['a cast to a type that is written on the spot', 'const {queue} = client as {queue: unknown[]};', 'queue'],
    ['a type with another member', 'function end(socket: Socket & {parser?: Parser}) {}', 'parser'],
    ['a method that is replaced', 'connection.write = () => true;', 'write'],
    ['the same by a function’s name', 'const own = () => true; connection.write = own;', 'write'],
    ['the text of an error', "if (error.message.startsWith('Connection')) return;", 'message'],
    ['the text of an error by an expression', 'if (/^Connection/.test(error.message)) return;', 'message'],
    ['the text of an error as it is', "if (error.message === 'gone') return;", 'message'],
    ['a listener by its name', "emitter.listeners('x').find(({name}) => name === 'inner');", 'inner'],
    ['a flag of V8', "setFlagsFromString('--expose-gc');", '--expose-gc'],
    ['a prototype', 'Object.setPrototypeOf(request, other);', 'setPrototypeOf'],
  ])('%s', (_name, text, member) => {
    const file = 'src/platform/new.ts';
    expect(unlisted(new Map([[file, text]]), ROWS)).toEqual([{file, member}]);
  });
});

test('a row that is used no more is noticed', () => {
  const row = {dependency: 'pg', members: ['_queryQueue'], files: ['src/platform/redis.ts'], tests: []};
  expect(stale(SOURCES, [row])).toEqual(['_queryQueue', 'src/platform/redis.ts']);
});

test('each text of an error that is compared is in the sources of a driver', () => {
  const drivers = globSync('node_modules/{pg,pg-pool,ioredis}/**/*.js', {
    cwd: ROOT,
    exclude: name => name === 'native',
  });
  const sources = drivers.map(read).join('\n');
  const compared = [...read('src/platform/error-reasons.ts').matchAll(/^ {2}\['([^']+)', '\w+'\],$/gm)];
  expect(compared.length).toBeGreaterThan(10);
  expect(compared.map(([, text = '']) => text).filter(text => !sources.includes(text))).toEqual([]);
});
