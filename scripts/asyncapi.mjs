// Validates docs/asyncapi.yaml with AsyncAPI's own parser; each finding is a line and fails, advice aside.
import {readFile} from 'node:fs/promises';
import {DiagnosticSeverity, Parser} from '@asyncapi/parser';

const file = new URL('../docs/asyncapi.yaml', import.meta.url);
const {diagnostics} = await new Parser().parse(await readFile(file, 'utf8'));
for (const {severity, message, path} of diagnostics) {
  if (severity > DiagnosticSeverity.Warning) continue;
  console.error(`docs/asyncapi.yaml ${path.join('.')}: ${message}`);
  process.exitCode = 1;
}
