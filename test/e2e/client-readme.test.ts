// Whoever has README alone: `npm start`, its script as it stands, and a live list in bare Node.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {givenConsumer} from '../helpers/consumer';
import {givenStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';
import {givenSubmission} from '../helpers/inquiries';

const README = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const [, script = ''] = /```js\n([^`]*createInquiryFeed[^]*?)```/.exec(README) ?? [];

test("README's script has at most ten lines", () => {
  expect(script).toContain("from 'outreach/client'");
  expect(script.trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
});

test("README's script shows a new inquiry as one toast and one row", async () => {
  const consumer = await givenConsumer();
  const {restUrl} = await givenStack(path.join(consumer.directory, '.outreach'));
  await consumer.write('live.mjs', script);
  const live = consumer.node('live.mjs');
  await eventually(() => expect(live.output()).toMatch(/^live/m));
  const response = await fetch(`${restUrl}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(givenSubmission({name: 'Grace Hopper'})),
  });
  const {id} = (await response.json()) as {id: string};
  await eventually(() => expect(live.output()).toMatch(/^live Grace Hopper$/m));
  expect(live.output().split(`new: sales ${id}`)).toHaveLength(2);
  live.signal('SIGINT');
  expect(await live.exited).toBeNull();
}, 90_000);
