// Jest's global teardown: drops the template of a database that is not ours, and stops the servers that are.
import {Client} from 'pg';

export default async function stopServices(): Promise<void> {
  const {OUTREACH_TEST_DATABASE_URL: url, OUTREACH_TEST_TEMPLATE: template} = process.env;
  if (process.env.TEST_DATABASE_URL && url && template) {
    const client = new Client({connectionString: url});
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS ${template}`);
    await client.end();
  }
  for (const service of globalThis.outreachTestServices ?? []) await service.stop();
}
