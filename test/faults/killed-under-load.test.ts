// REST or a connection dies in the middle of batches: what was acknowledged is there, whole batches or nothing.
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenSubmission} from '../helpers/inquiries';
import {acknowledged, submitMany} from '../helpers/load';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

/** Posts without end, many at a time, until the process is gone; resolves with the acknowledged ids. */
async function submitUntilGone(rest: TestProcess, killAfter: number): Promise<string[]> {
  const ids: string[] = [];
  let isGone = false;
  const visitor = async () => {
    while (!isGone) {
      try {
        const response = await rest.post('/inquiries', givenSubmission());
        const {id} = (await response.json()) as {id: string};
        if (response.status === 201) ids.push(id);
        if (ids.length === killAfter) rest.signal('SIGKILL');
      } catch {
        isGone = true; // the connection was reset: nothing was acknowledged
      }
    }
  };
  await Promise.all(Array.from({length: 64}, visitor));
  return ids;
}

test.each([1, 50, 333, 1000])('REST is killed after %i answers: every 201 is a row', async killAfter => {
  const rest = await givenRestProcess({databaseUrl: database.url, issuer});
  const ids = await submitUntilGone(rest, killAfter);
  expect(await rest.exited).toBe('SIGKILL');
  expect(ids.length).toBeGreaterThanOrEqual(killAfter);
  expect(await database.query('SELECT FROM inquiry WHERE id = ANY ($1::uuid[])', [ids])).toHaveLength(ids.length);
});

test('a process that starts after one that was killed stores as before', async () => {
  const rest = await givenRestProcess({databaseUrl: database.url, issuer});
  const ids = acknowledged(await submitMany(rest, 100));
  expect(await database.query('SELECT FROM inquiry WHERE id = ANY ($1::uuid[])', [ids])).toHaveLength(100);
  rest.expectHealthy();
});
