// What a user would write instead of outreach: one endpoint and one table of six columns, without search, triage, events,
// feed or erasure; validated as strictly, and as fast as fastify and pg can be made. A body's other fields are checked, and
// not stored.
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import Fastify from 'fastify';
import pg from 'pg';
import {uuidv7} from 'uuidv7';
import {clean, cleanLines} from '../fastify-pg/clean.mjs';
import {receipt, submission} from '../fastify-pg/schemas.mjs';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS inquiry (
  id         uuid PRIMARY KEY,
  topic      text NOT NULL,
  name       text NOT NULL,
  email      text NOT NULL,
  message    text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS inquiry_created_at_idx ON inquiry (created_at DESC, id DESC)`;
const INSERT = {
  name: 'insert_inquiry', // prepared once for each connection
  text: 'INSERT INTO inquiry (id, topic, name, email, message, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
};

const pool = new pg.Pool({connectionString: process.env.DATABASE_URL, max: 10});
await pool.query(SCHEMA);

const app = Fastify({logger: false, bodyLimit: 32 * 1024});
const bodies = addFormats.default(new Ajv.default());
app.setValidatorCompiler(({schema}) => bodies.compile(schema));

app.post('/inquiries', {schema: {body: submission, response: {201: receipt}}}, async ({body}, reply) => {
  const id = uuidv7();
  const createdAt = new Date();
  const values = [id, body.topic, clean(body.name), clean(body.email), cleanLines(body.message), createdAt];
  await pool.query({...INSERT, values});
  reply.code(201).header('Location', `/inquiries/${id}`);
  return {id, receivedAt: createdAt.toISOString()};
});

const url = await app.listen({port: Number(process.env.PORT), host: '127.0.0.1'});
console.log(`listening at ${url}`);
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await app.close();
    await pool.end();
    process.exit(0);
  });
}
