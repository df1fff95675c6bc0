// Waiting with a deadline: an answer that is there when the deadline passes is in time.
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {DeadlineError, withDeadline} from '../../../src/platform/within';
import {standStill} from '../../helpers/stand-still';
import {onTeardown} from '../../helpers/teardown';

const DEADLINE_MS = 100;

test('settles as the work does when that is in time', async () => {
  expect(await withDeadline(10_000, Promise.resolve(7))).toBe(7);
  await expect(withDeadline(10_000, Promise.reject(new TypeError('no')))).rejects.toThrow(TypeError);
});

test('rejects once the time is over, and what the work does later changes nothing', async () => {
  const startedAt = performance.now();
  let fail: (error: Error) => void = () => undefined;
  const late = withDeadline(DEADLINE_MS, new Promise((_resolve, reject) => (fail = reject)));
  await expect(late).rejects.toThrow(DeadlineError);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(DEADLINE_MS - 1);
  fail(new Error('an unhandled rejection would fail this file'));
  await new Promise(setImmediate);
  await expect(late).rejects.toMatchObject({code: 'answer_timeout'});
});

test('an answer that arrived while the process stood still is in time', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [server] = (await once(listener, 'connection')) as [Socket];
  onTeardown(async () => {
    [client, server].forEach(socket => socket.destroy());
    listener.close();
  });
  const answer = withDeadline(DEADLINE_MS, once(client, 'data'));
  server.write('answer'); // the kernel has it for the client from now on
  standStill(2 * DEADLINE_MS);
  expect(String(await answer)).toBe('answer');
});
