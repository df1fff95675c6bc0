// npm run fuzz [-- --seconds N] [--seed N] [--path P]: runs the fuzzer of test/fuzz; jest itself knows no such options.
import {spawn} from 'node:child_process';
import {parseArgs} from 'node:util';

const {values} = parseArgs({options: {seconds: {type: 'string'}, seed: {type: 'string'}, path: {type: 'string'}}});
const given = Object.entries(values).map(([name, value]) => [`FUZZ_${name.toUpperCase()}`, value]);
const jest = ['run', '--silent', 'jest', '--', '--selectProjects', 'fuzz'];
const child = spawn('npm', jest, {stdio: 'inherit', env: {...process.env, ...Object.fromEntries(given)}});
child.once('exit', code => (process.exitCode = code ?? 1));
