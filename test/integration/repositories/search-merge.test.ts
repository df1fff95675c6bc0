// The search's indexes: what is pending in their lists is merged beside the INSERTs, and searches find it before and after.
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenSubmission} from '../../helpers/inquiries';
import {acknowledged, submitMany} from '../../helpers/load';
import {givenRest} from '../../helpers/rest';
import {givenTokenIssuer} from '../../helpers/tokens';
import {ROWS_PER_MERGE} from '../../../src/repositories/inquiry/search-merge';

const INDEXES = ['inquiry_search_words_idx', 'inquiry_search_text_idx'];

/** Rows that are pending in each index. */
async function pendingRows(database: TestDatabase): Promise<number[]> {
  const rows = await Promise.all(
    INDEXES.map(index =>
      database.query<{count: number}>(`SELECT pending_tuples::int AS count FROM pgstatginindex('${index}')`),
    ),
  );
  return rows.map(([row]) => row?.count ?? NaN);
}

test('are merged after some hundred rows, and found all along', async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  await database.query('CREATE EXTENSION pgstattuple');
  const rest = await givenRest({databaseUrl: database.url, issuer});
  const token = await issuer.sign();
  const found = async () => {
    const response = await rest.get('/inquiries/count?q=Rhinoceros', token);
    return ((await response.json()) as {count: number}).count;
  };
  await rest.post('/inquiries', givenSubmission({message: 'A rhinoceros'}));
  expect(await pendingRows(database)).toEqual([1, 1]);
  expect(await found()).toBe(1);
  acknowledged(await submitMany(rest, ROWS_PER_MERGE));
  await eventually(async () => {
    for (const pending of await pendingRows(database)) expect(pending).toBeLessThan(ROWS_PER_MERGE / 2);
  });
  expect(await found()).toBe(1);
});

test('submissions are stored when they cannot be merged', async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  await database.query('DROP FUNCTION outreach_merge_search()');
  const rest = await givenRest({databaseUrl: database.url, issuer});
  for (let time = 0; time < 2; time += 1) {
    expect(acknowledged(await submitMany(rest, ROWS_PER_MERGE))).toHaveLength(ROWS_PER_MERGE);
  }
});
