// The fuzzer: `npm run fuzz [-- --seconds N --seed N --path P]`. Random requests over docs/openapi.json against a REST
// process on a real PostgreSQL; fails on a 5xx, on an answer that the document does not describe, and when the process
// ends or logs an error. What it finds is shrunk, printed with its seed, and becomes a test of fuzz-findings.test.ts.
import {Agent, request} from 'node:http';
import fc from 'fast-check';
import {ALL_SCOPES} from '../../src/access/policy';
import {givenDatabase} from '../helpers/database';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {givenTokenIssuer} from '../helpers/tokens';
import {type Answer, readDocument} from './document';
import {KNOWN_IDS} from './loopback-filter';
import {anyRequest, type FuzzRequest, TOKENS} from './requests';

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 600);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const LONGEST_HEAD = 15_000; // node answers 431 above 16 KB, before a route is looked at
const agent = new Agent({keepAlive: true, maxSockets: 4});

let rest: TestProcess;
let authorization: Record<(typeof TOKENS)[number], string | undefined>;

beforeAll(async () => {
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  // Addresses that no example has, so that no erasure takes the rows away.
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, message, created_at, updated_at, search_words, search_text)
     SELECT id, (ARRAY['sales', 'press'])[1 + n % 2], 'Ada ' || n, email, 'Hello', now() - n * interval '1 day', now(), '', 'ada'
     FROM unnest($1::uuid[]) WITH ORDINALITY AS known (id, n), concat(n, '@kept.test') AS email`,
    [KNOWN_IDS],
  );
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, list, consent_version, consent_text_sha256, consented_at,
                               created_at, updated_at)
     SELECT id, email, email, 'newsletter', '2026-11', repeat('a', 64), now(), now() - n * interval '1 day', now()
     FROM unnest($1::uuid[]) WITH ORDINALITY AS known (id, n), concat(n, '@kept.test') AS email`,
    [KNOWN_IDS],
  );
  rest = await givenRestProcess({databaseUrl: database.url, issuer});
  const scope = ALL_SCOPES.join(' ');
  const bearer = async (claims: Parameters<typeof issuer.sign>[0]) => `Bearer ${await issuer.sign(claims)}`;
  authorization = {
    all: await bearer({scope, expiresIn: SECONDS + 3600}),
    none: undefined,
    narrow: await bearer({scope, topics: ['press'], expiresIn: SECONDS + 3600}),
    nothing: await bearer({scope: '', expiresIn: SECONDS + 3600}),
    expired: await bearer({scope, expiresIn: -60}),
    broken: 'Bearer broken',
  };
});

afterAll(() => agent.destroy());

test(
  `answers ${SECONDS} seconds of requests as the document says (seed ${SEED})`,
  async () => {
    const {operations, objection} = readDocument();
    const seen = new Map<string, number>();
    process.stderr.write(`Fuzzing for ${SECONDS} s. To repeat: npm run fuzz -- --seconds ${SECONDS} --seed ${SEED}\n`);
    await fc.assert(
      fc.asyncProperty(anyRequest(operations), async fuzzed => {
        const answer = await send(fuzzed);
        const key = `${fuzzed.operation ? `${fuzzed.operation.method} ${fuzzed.operation.path}` : 'nowhere'} ${answer.status}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
        if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.body.toString().slice(0, 500)}`);
        if (answer.status === 431 && headLength(fuzzed) > LONGEST_HEAD) return;
        const objected = objection(fuzzed.operation, fuzzed.method, answer);
        if (objected !== undefined) throw new Error(objected);
      }),
      {
        seed: SEED,
        ...(process.env.FUZZ_PATH !== undefined && {path: process.env.FUZZ_PATH}),
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: SECONDS * 1000,
        markInterruptAsFailure: false,
      },
    );
    rest.expectHealthy();
    const table = [...seen].sort().map(([key, count]) => `${String(count).padStart(8)}  ${key}`);
    process.stderr.write(`${table.join('\n')}\n`);
    for (const {method, path} of operations) {
      const answered = [...seen.keys()].some(key => key.startsWith(`${method} ${path} 2`));
      if (!answered && SECONDS >= 60)
        throw new Error(`${method} ${path} never answered 2xx: the fuzzer does not reach it`);
    }
  },
  SECONDS * 1000 + 60_000,
);

function headLength({target, headers}: FuzzRequest): number {
  return target.length + JSON.stringify(headers).length;
}

function send({method, target, headers, body, token}: FuzzRequest): Promise<Answer> {
  const sent = {...headers, ...(authorization[token] !== undefined && {authorization: authorization[token]})};
  return new Promise((resolve, reject) => {
    const outgoing = request(rest.url, {agent, method, path: target, headers: sent}, incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('end', () =>
        resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks)}),
      );
      incoming.once('error', reject);
    });
    outgoing.once('error', reject);
    outgoing.setTimeout(10_000, () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.end(body);
  });
}
