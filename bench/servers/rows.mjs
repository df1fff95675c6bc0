// Databases that look as after two years of use, from the generator of the tests: the same rows on each run.
import {givenManyInquiries} from './test-helpers.mjs';

/** A clone of the migrated template with this many inquiries. */
export async function databaseOfMany(postgres, name, count, say) {
  say(`making ${count.toLocaleString('en-US')} rows …`);
  const database = await postgres.database(name);
  await givenManyInquiries(database, count);
  await postgres.checkpoint();
  return database;
}
