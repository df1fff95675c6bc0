// V8 does what is asked of its young generation: its flags are documented by nobody.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';

const MODULE = path.resolve(__dirname, '../../../dist/platform/v8-heap.js');

/** Runs it in a process of its own, with what the module exports as `heap`; resolves with what it writes, as a number. */
async function numberOf(script: string): Promise<number> {
  const program = `const heap = require(${JSON.stringify(MODULE)}); ${script}`;
  return Number((await promisify(execFile)(process.execPath, ['-e', program])).stdout);
}

// The largest size on the way: V8 makes it smaller again in a process that allocates slowly, as all do on a busy machine.
const largestAfter = (before: string) =>
  numberOf(`
    ${before}
    const kept = [];
    let largest = 0;
    for (let index = 0; index < 1e6; index += 1) {
      kept.push({index});
      if (index % 1e4 > 0) continue;
      const [space] = require('node:v8').getHeapSpaceStatistics().filter(({space_name: name}) => name === 'new_space');
      largest = Math.max(largest, space.space_size / 2 ** 20);
    }
    process.stdout.write(String(largest));
  `);

test('limited semi-spaces stay small, and grow otherwise', async () => {
  const [small, usual] = await Promise.all([largestAfter('heap.limitSemiSpace();'), largestAfter('')]);
  expect(small).toBeLessThanOrEqual(8);
  expect(usual).toBeGreaterThan(16);
});

test('a minor collection frees buffers that nobody holds', async () => {
  // A thread beside the process frees them: soon, not at once.
  const program = (collect: string) => `
    for (let index = 0; index < 100; index += 1) Buffer.alloc(64 * 1024);
    ${collect}
    const end = Date.now() + 2000;
    const check = () => {
      const left = process.memoryUsage().arrayBuffers / 2 ** 20;
      if (left < 1 || Date.now() > end) process.stdout.write(String(left));
      else setTimeout(check, 10);
    };
    check();
  `;
  const [left, kept] = await Promise.all([numberOf(program('heap.collectMinor();')), numberOf(program(''))]);
  expect(left).toBeLessThan(1);
  expect(kept).toBeGreaterThan(6);
});
