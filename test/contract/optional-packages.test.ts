// A clone without optional packages (npm ci --omit=optional) builds, as the image does.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../..');
const {optionalDependencies, license} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  optionalDependencies: Record<string, string>;
  license: string;
};
const HIDDEN = Object.keys(optionalDependencies).map(name => path.join(ROOT, 'node_modules', name));

test('the sources compile while no optional package is there', () => {
  const file = path.join(ROOT, 'tsconfig.build.json');
  const {fileNames, options} = ts.parseJsonConfigFileContent(ts.readConfigFile(file, read).config, ts.sys, ROOT);
  const noFiles = {...options, noEmit: true, incremental: false, tsBuildInfoFile: undefined};
  const host = ts.createCompilerHost(noFiles);
  const fileExists = host.fileExists.bind(host);
  const directoryExists = host.directoryExists?.bind(host);
  host.fileExists = name => !isHidden(name) && fileExists(name);
  host.directoryExists = name => !isHidden(name) && (directoryExists?.(name) ?? true);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, noFiles, host));
  expect(fileNames.length).toBeGreaterThan(100);
  expect(found.map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
}, 60_000);

test('the licence that package.json names lies beside it', () => {
  expect(read(path.join(ROOT, 'LICENSE'))?.startsWith(`${license} License\n`)).toBe(true);
});

function isHidden(name: string): boolean {
  return HIDDEN.some(directory => name === directory || name.startsWith(directory + path.sep));
}

function read(name: string): string | undefined {
  return ts.sys.readFile(name);
}
