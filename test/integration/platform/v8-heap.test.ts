// V8 does what is asked of its young generation: its flags are documented by nobody.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';

const MODULE = path.resolve(__dirname, '../../../dist/platform/v8-heap.js');

/** Runs it in a process of its own, with what the module exports as `young`; resolves with what it writes, as a number. */
async function numberOf(script: string): Promise<number> {
  const program = `const young = require(${JSON.stringify(MODULE)}); ${script}`;
  return Number((await promisify(execFile)(process.execPath, ['-e', program])).stdout);
}

const sizeAfter = (before: string) =>
  numberOf(`
    ${before}
    const kept = [];
    for (let index = 0; index < 1e6; index += 1) kept.push({index});
    const [space] = require('node:v8').getHeapSpaceStatistics().filter(({space_name: name}) => name === 'new_space');
    process.stdout.write(String(space.space_size / 2 ** 20));
  `);

test('a young generation that is to stay small does, and grows otherwise', async () => {
  const [small, usual] = await Promise.all([sizeAfter('young.keepYoungGenerationSmall();'), sizeAfter('')]);
  expect(small).toBeLessThanOrEqual(2);
  expect(usual).toBeGreaterThan(8);
});

test('buffers that nobody holds are gone once young garbage was collected', async () => {
  const left = await numberOf(`
    for (let index = 0; index < 100; index += 1) Buffer.alloc(64 * 1024);
    young.collectYoungGarbage();
    setImmediate(() => process.stdout.write(String(process.memoryUsage().arrayBuffers / 2 ** 20)));
  `);
  expect(left).toBeLessThan(1);
});
