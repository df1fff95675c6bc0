// A port that was free may be taken before a server listens on it: PostgreSQL and Redis then start on another one.
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import path from 'node:path';
import {Client} from 'pg';
import {startEmbeddedPostgres} from '../../../src/dev/embedded-postgres';
import * as ports from '../../../src/dev/free-port';
import {findRedisServer, startRedisServer} from '../../../src/dev/redis-server';
import {onTeardown} from '../../helpers/teardown';

jest.mock<typeof ports>('../../../src/dev/free-port', () => ({
  freePort: jest.fn(jest.requireActual<typeof ports>('../../../src/dev/free-port').freePort),
}));

/** The next port that is called free is somebody else's by then. */
async function givenTakenPort(): Promise<number> {
  const somebody = createServer().listen(0, '127.0.0.1');
  await once(somebody, 'listening');
  onTeardown(async () => {
    const closed = once(somebody, 'close');
    somebody.close();
    await closed;
  });
  const {port} = somebody.address() as AddressInfo; // it listens on a port
  jest.mocked(ports.freePort).mockResolvedValueOnce(port);
  return port;
}

test('PostgreSQL', async () => {
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-taken-port-'));
  onTeardown(() => rm(directory, {recursive: true, force: true}));
  const taken = await givenTakenPort();
  const server = await startEmbeddedPostgres({directory, durable: false});
  onTeardown(() => server.stop());
  const client = new Client({connectionString: server.url('postgres')});
  await client.connect();
  onTeardown(() => client.end());
  expect(Number(new URL(server.url('postgres')).port)).not.toBe(taken);
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
}, 60_000);

test('Redis', async () => {
  const program = findRedisServer(process.env.PATH ?? '') ?? '';
  const taken = await givenTakenPort();
  const server = await startRedisServer(program);
  onTeardown(() => server.stop());
  expect(server.port).not.toBe(taken);
  await expect(startRedisServer(program, taken)).rejects.toThrow('Address already in use'); // one that was asked for
});
