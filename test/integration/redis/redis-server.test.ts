// The Redis that `npm start` runs by itself.
import {stat} from 'node:fs/promises';
import {Redis} from 'ioredis';
import {findRedisServer, startRedisServer} from '../../../src/dev/redis-server';
import {onTeardown} from '../../helpers/teardown';

test('it works where nobody else can put a dump.rdb, which it would read', async () => {
  const server = await startRedisServer(findRedisServer(process.env.PATH ?? '') ?? '');
  onTeardown(() => server.stop());
  const client = new Redis(server.url);
  onTeardown(async () => client.disconnect());
  const [, directory = ''] = await client.config('GET', 'dir'); // pairs of name and value
  expect((await stat(directory)).mode & 0o022).toBe(0);
});
