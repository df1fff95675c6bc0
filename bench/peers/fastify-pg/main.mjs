// The peer to beat: fastify and pg, tuned by hand. Named prepared statements, a pool of ten, compiled validation and
// serialization, no logging, nothing else.
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import Fastify from 'fastify';
import {createLocalJWKSet, jwtVerify} from 'jose';
import pg from 'pg';
import {insert} from './insert.mjs';
import {list, nextPage} from './list.mjs';
import * as schemas from './schemas.mjs';

const {DATABASE_URL, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS} = process.env;
const pool = new pg.Pool({connectionString: DATABASE_URL, max: 10});
const keys = createLocalJWKSet(JSON.parse(AUTH_JWKS));

const app = Fastify({logger: false, bodyLimit: 32 * 1024});
// A query string holds text, so its numbers are coerced; a body's types are the sender's own.
const bodies = addFormats.default(new Ajv.default());
const queries = addFormats.default(new Ajv.default({coerceTypes: true, useDefaults: true}));
app.setValidatorCompiler(({schema, httpPart}) => (httpPart === 'querystring' ? queries : bodies).compile(schema));

app.post(
  '/inquiries',
  {schema: {body: schemas.submission, response: {201: schemas.receipt}}},
  async (request, reply) => {
    const receipt = await insert(pool, request.body);
    reply.code(201).header('Location', `/inquiries/${receipt.id}`);
    return receipt;
  },
);

// A token that was verified once is good until it expires: a signature costs more than reading a page.
const verified = new Map();

async function verify(token) {
  const known = verified.get(token);
  if (known && known.exp * 1000 > Date.now()) return known;
  const {payload} = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'sub'],
  });
  if (verified.size >= 2000) verified.clear();
  verified.set(token, payload);
  return payload;
}

async function authenticate(request, reply) {
  const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
  try {
    if (scheme.toLowerCase() !== 'bearer') throw new Error('no token');
    const {scope} = await verify(token);
    if (!String(scope).split(' ').includes('inquiries:read')) return reply.code(403).send();
  } catch {
    return reply.code(401).send();
  }
}

app.get(
  '/inquiries',
  {onRequest: authenticate, schema: {querystring: schemas.listQuery, response: {200: schemas.list}}},
  async (request, reply) => {
    const rows = await list(pool, request.query);
    const hasNext = rows.length > request.query.limit;
    if (hasNext) {
      reply.header('Link', nextPage(rows, request.query));
      rows.pop();
    }
    reply.header('Feed-Cursor', rows[0]?.horizon ?? '').header('Cache-Control', 'no-store');
    return rows;
  },
);

const url = await app.listen({port: Number(process.env.PORT), host: '127.0.0.1'});
console.log(`listening at ${url}`);
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await app.close();
    await pool.end();
    process.exit(0);
  });
}
