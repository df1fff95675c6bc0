// npm run check [-- name …]: every check but the tests, or those with these names. A failure stops no other check; the last
// lines name each that failed, and how to run it alone.
import {spawn} from 'node:child_process';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const AT_ONCE = 2; // more would need more memory than a small machine has

// The slowest first, so that none of them is left alone at the end.
const STEPS = [
  {name: 'lint', command: ['eslint', '.']},
  {name: 'types', command: ['tsc', '-p', '.']},
  {name: 'web-types', command: ['tsc', '-p', 'web']},
  {name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'], mend: 'npm run format'},
  {name: 'words', command: ['node', 'scripts/refused-words.mjs']},
  {name: 'imports', command: ['depcruise', 'src', 'web', 'test', 'bench', 'scripts', 'packages']},
  {name: 'generated', command: ['node', 'scripts/generate.mjs', '--check'], mend: 'npm run generate'},
  {name: 'openapi', command: ['redocly', 'lint', 'docs/openapi.json']},
  {name: 'asyncapi', command: ['node', 'scripts/asyncapi.mjs']},
];

/** Runs the steps, reports each as it ends, and resolves with the exit code of all of them. */
export async function runSteps(steps) {
  const waiting = steps.map((step, index) => ({...step, index}));
  const failed = [];
  let done = 0;
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAt = performance.now();
      const {code, output} = await run(step.command);
      done += 1;
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const outcome = code === 0 ? 'ok    ' : 'FAILED';
      console.log(`${done}/${steps.length} ${outcome} ${step.name.padEnd(10)} ${seconds} s`);
      if (code === 0) continue;
      failed.push(step);
      console.log(output.trimEnd());
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  if (failed.length === 0) return 0;
  console.log(`\n${failed.length} of ${steps.length} failed:`);
  for (const {name, command, mend} of failed.sort((one, other) => one.index - other.index)) {
    console.log(`  ${name.padEnd(10)} ${command.join(' ')}${mend ? `   (${mend})` : ''}`);
  }
  return 1;
}

async function run([program, ...args]) {
  const env = {
    ...process.env,
    PATH: [path.join(ROOT, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
  const child = spawn(program, args, {cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe']});
  const exited = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [code, ...output] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return {code, output: output.join('')};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  const unknown = names.filter(name => !STEPS.some(step => step.name === name));
  if (unknown.length > 0) {
    console.error(`There is no check ${unknown.join(', ')}; there are ${STEPS.map(({name}) => name).join(', ')}.`);
    process.exitCode = 1;
  } else {
    process.exitCode = await runSteps(STEPS.filter(({name}) => names.length === 0 || names.includes(name)));
  }
}
