// The compiler of `npm run dev`, in a thread of its own. After a change it writes what is affected to dist/ and posts
// {written, errors}; it checks the types when it is asked to, so that a restart does not wait for them, and posts {types}.
import {parentPort} from 'node:worker_threads';
import ts from 'typescript';

const FILE_CHANGE_DETECTED = 6032; // TypeScript's code of the message
let written = 0;
let current; // the program as it was last compiled
const system = {
  ...ts.sys,
  writeFile: (...file) => {
    if (file[0].endsWith('.js')) written += 1;
    ts.sys.writeFile(...file);
  },
};
const host = ts.createWatchCompilerHost(
  'tsconfig.build.json',
  {},
  system,
  ts.createEmitAndSemanticDiagnosticsBuilderProgram,
  () => undefined,
  ({code}) => code === FILE_CHANGE_DETECTED && parentPort.postMessage({changed: true}),
);
host.afterProgramCreate = program => {
  const errors = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
  ];
  if (errors.length === 0) program.emit();
  parentPort.postMessage({written, errors: describe(errors)});
  written = 0;
  current = program;
};
parentPort.on('message', () => parentPort.postMessage({types: describe(current.getSemanticDiagnostics())}));

function describe(diagnostics) {
  const format = {
    getCurrentDirectory: system.getCurrentDirectory,
    getCanonicalFileName: name => name,
    getNewLine: () => '\n',
  };
  return ts.formatDiagnostics(diagnostics, format).trimEnd();
}

ts.createWatchProgram(host);
