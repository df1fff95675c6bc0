// `npm run check` runs every check, whatever fails before, and names all that failed at its end.
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const SCRIPT = path.resolve(__dirname, '../../scripts/check.mjs');

function runSteps(steps: object[]): {status: number | null; lines: string[]} {
  const program = `
    import {runSteps} from '${pathToFileURL(SCRIPT).href}';
    process.exitCode = await runSteps(${JSON.stringify(steps)});`;
  const {status, stdout} = spawnSync(process.execPath, ['--input-type=module', '-e', program], {encoding: 'utf8'});
  return {status, lines: stdout.trimEnd().split('\n')};
}

const failing = (name: string, more = {}) => ({name, command: ['sh', '-c', `echo said by ${name}; exit 3`], ...more});
const passing = (name: string) => ({name, command: ['sh', '-c', `echo said by ${name}`]});

test('a failure stops no other check, and the last lines name each failure', () => {
  const steps = [failing('one', {mend: 'npm run mend'}), passing('two'), failing('three'), passing('four')];
  const {status, lines} = runSteps(steps);
  expect(status).toBe(1);
  expect(lines.slice(-3)).toEqual([
    '2 of 4 failed:',
    expect.stringMatching(/^ {2}one {8}sh -c .* {3}\(npm run mend\)$/),
    expect.stringMatching(/^ {2}three {6}sh -c /),
  ]);
  expect(lines.filter(line => line.startsWith('said by ')).sort()).toEqual(['said by one', 'said by three']);
  expect(lines.filter(line => /^\d\/4 (ok|FAILED) /.test(line))).toHaveLength(4);
});

test('it succeeds when each check does', () => {
  const {status, lines} = runSteps([passing('one'), passing('two')]);
  expect([status, lines.length]).toEqual([0, 2]);
});

test('a check that does not exist is named', () => {
  const {status, stderr} = spawnSync(process.execPath, [SCRIPT, 'openapi', 'nothing'], {encoding: 'utf8'});
  expect([status, stderr]).toEqual([1, expect.stringContaining('There is no check nothing; there are lint, ')]);
});
