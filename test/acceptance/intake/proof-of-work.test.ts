// Proof of work: whoever solves the challenge of a form token may send more than the rate limit lets in, once for each; and who
// sends no proof, an old one or somebody else's is treated as ever. The challenges are solved by ALTCHA's own library.
import {FormTokens} from '../../../src/services/guards/form-tokens';
import {type Challenge, PROOF_MAX_AGE_MS, ProofOfWork} from '../../../src/services/guards/proof-of-work';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {prove, solve} from '../../helpers/proof-of-work';
import {FORM_TOKEN_KEY, givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const OTHER_KEY = 'another-key-of-at-least-32-letters';
const CLIENT = '203.0.113.7';
const LIMITS = {
  RATE_LIMIT: 'on',
  RATE_LIMIT_PER_CLIENT: '1',
  RATE_LIMIT_FLOOD_PER_CLIENT: '100',
  TRUST_PROXY_HOPS: '1',
};
let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: {...LIMITS, LOG_LEVEL: 'trace'}});
  expect((await outcomeOf(await post({}))).status).toBe('new'); // from now on the client is above its limit
});

const post = (fields: Record<string, unknown>, {to = rest, headers = {}} = {}) =>
  to.post('/inquiries', givenSubmission(fields), {'X-Forwarded-For': CLIENT, ...headers});
const postForm = (fields: Record<string, string>) =>
  fetch(`${rest.url}/inquiries`, {
    method: 'POST',
    headers: {'X-Forwarded-For': CLIENT},
    body: new URLSearchParams({...(givenSubmission() as Record<string, string>), ...fields}),
  });
const metricsOf = async ({lines}: TestRest) => {
  const line = lines.find(({msg}) => msg === 'metrics.listening');
  return (await fetch(`http://127.0.0.1:${String(line?.port)}/metrics`)).text();
};

async function outcomeOf(answer: Response): Promise<{id: string; status: string; reasons: string[]}> {
  expect(answer.status).toBe(201);
  const {id} = (await answer.json()) as {id: string};
  const [row] = await database.query('SELECT status, spam_reasons AS reasons FROM inquiry WHERE id = $1', [id]);
  return {id, ...(row as {status: string; reasons: string[]})};
}

interface Given {
  /** Milliseconds since the challenge was made. */
  age?: number;
  key?: string;
}
/** What a form sends whose visitor took three seconds at least. */
async function givenProof({age = 3000, key = FORM_TOKEN_KEY}: Given = {}): Promise<{_token: string; altcha: string}> {
  const now = Date.now() - age;
  const token = new FormTokens([key]).issue(now) ?? '';
  const challenge = new ProofOfWork({keys: [key]}).challenge(token, {client: CLIENT, now});
  return {_token: token, altcha: await prove(challenge)};
}

const NEW = {status: 'new', reasons: []};
const spam = (...reasons: string[]) => ({status: 'spam', reasons});

test('a client above its rate is set aside without a proof, and accepted with one, by JSON and by forms', async () => {
  expect(await outcomeOf(await post({}))).toMatchObject(spam('rate'));
  expect(await outcomeOf(await post(await givenProof()))).toMatchObject(NEW);
  expect(await outcomeOf(await postForm({}))).toMatchObject(spam('rate'));
  expect(await outcomeOf(await postForm(await givenProof()))).toMatchObject(NEW);
});

interface FormToken {
  token: string;
  challenge?: Challenge;
}
const getToken = async (from: TestRest, client = CLIENT) => {
  const answer = await fetch(`${from.url}/form-token`, {headers: {'X-Forwarded-For': client}});
  expect(answer.status).toBe(200);
  return (await answer.json()) as FormToken & {challenge: Challenge};
};

test('GET /form-token has a challenge for its own token', async () => {
  const [{token, challenge}, other] = [await getToken(rest), await getToken(rest)];
  const altcha = await prove(challenge);
  // Too fast all the same; `rate` is no reason any more.
  expect(await outcomeOf(await post({_token: token, altcha}))).toMatchObject(spam('token_too_fast'));
  expect(await outcomeOf(await post({_token: other.token, altcha}))).toMatchObject(
    spam('rate', 'proof_invalid', 'token_too_fast'),
  );
});

test('a proof counts once, however many come at once: another text, and the same with another key, are set aside', async () => {
  const proof = await givenProof();
  const posts = Array.from({length: 5}, async () => outcomeOf(await post({...proof})));
  const outcomes = (await Promise.all(posts)).map(({status, reasons}) => ({status, reasons}));
  expect(outcomes.filter(({status}) => status === 'new')).toEqual([NEW]);
  expect(outcomes.filter(({status}) => status === 'spam')).toEqual(Array(4).fill(spam('token_reused')));

  const same = givenSubmission(await givenProof());
  const send = async (key: string) =>
    outcomeOf(await rest.post('/inquiries', same, {'X-Forwarded-For': CLIENT, 'Idempotency-Key': key}));
  const first = await send('the-first-key');
  expect(first).toMatchObject(NEW);
  expect(await send('the-first-key')).toEqual(first); // a retry
  expect(await send('the-second-key')).toMatchObject(spam('token_reused'));
});

test('of another token, of an hour ago, of another key, without a token or without sense, it lets nobody in', async () => {
  const [one, other] = [await givenProof(), await givenProof()];
  const old = await givenProof({age: PROOF_MAX_AGE_MS + 2000});
  const cases: [Record<string, string>, string[]][] = [
    [{...one, _token: other._token}, ['rate', 'proof_invalid']],
    [old, ['rate', 'proof_expired']],
    [await givenProof({key: OTHER_KEY}), ['rate', 'proof_invalid', 'token_invalid']],
    [{altcha: one.altcha}, ['rate', 'proof_invalid']],
    [{_token: (await givenProof())._token, altcha: 'zqMark7'}, ['rate', 'proof_invalid']],
    [{_token: (await givenProof())._token, altcha: 'A'.repeat(8000)}, ['rate', 'proof_invalid']],
  ];
  for (const [fields, reasons] of cases) expect(await outcomeOf(await post(fields))).toMatchObject(spam(...reasons));
});

test('a proof that is wrong or late is no reason alone, as a key is replaced and pages stay open', async () => {
  const calm = await givenRest({databaseUrl: database.url, issuer});
  for (const proof of [await givenProof({key: OTHER_KEY}), await givenProof({age: PROOF_MAX_AGE_MS + 2000})]) {
    expect(await outcomeOf(await post(proof, {to: calm}))).toMatchObject(NEW);
  }
  const metrics = await metricsOf(calm);
  for (const reason of ['proof_invalid', 'proof_expired']) {
    expect(metrics).toContain(`outreach_guard_verdicts_total{verdict="accept",reason="${reason}"} 1\n`);
  }
});

test('it makes good for the rates of a client and of everybody, and for nothing else', async () => {
  const env = {...LIMITS, RATE_LIMIT_PER_MINUTE: '1', RATE_LIMIT_PER_EMAIL: '2'};
  const busy = await givenRest({databaseUrl: database.url, issuer, env});
  await post({}, {to: busy});
  const send = async (fields: Record<string, string>) =>
    outcomeOf(await post({...(await givenProof()), ...fields}, {to: busy}));
  expect(await outcomeOf(await post({}, {to: busy}))).toMatchObject(spam('rate', 'burst'));
  expect(await send({})).toMatchObject(NEW);
  expect(await send({_remarks: 'x'})).toMatchObject(spam('honeypot'));
  expect(await send({name: 'www.spam.example'})).toMatchObject(spam('link_in_name'));
  const email = 'ada.at.her.limit@example.org';
  for (let count = 0; count < 2; count += 1) expect(await send({email})).toMatchObject(NEW);
  expect(await send({email})).toMatchObject(spam('rate_email'));
  const metrics = await metricsOf(busy);
  expect(metrics).toContain('outreach_guard_verdicts_total{verdict="accept",reason="proof"} 3\n');
  expect(metrics).toContain('outreach_guard_verdicts_total{verdict="quarantine",reason="honeypot"} 1\n');
});

test('replicas take each other’s challenges while a key is replaced', async () => {
  const keys = [OTHER_KEY, FORM_TOKEN_KEY];
  const replicas = await Promise.all(
    [keys, keys.toReversed()].map(order =>
      givenRest({databaseUrl: database.url, issuer, env: {...LIMITS, FORM_TOKEN_KEYS: order.join(',')}}),
    ),
  );
  for (const replica of replicas) await post({}, {to: replica}); // the client is above its limit everywhere
  for (const [from, to] of [replicas, replicas.toReversed()] as [TestRest, TestRest][]) {
    const {token, challenge} = await getToken(from);
    const altcha = await prove(challenge);
    expect(await outcomeOf(await post({_token: token, altcha}, {to}))).toMatchObject(spam('token_too_fast'));
  }
  for (const to of replicas) {
    for (const key of keys) expect(await outcomeOf(await post(await givenProof({key}), {to}))).toMatchObject(NEW);
  }
});

test('a proof that one replica has taken is used for the other, too', async () => {
  const other = await givenRest({databaseUrl: database.url, issuer, env: LIMITS});
  await post({}, {to: other});
  const proof = await givenProof();
  const [here, there] = await Promise.all([post(proof), post(proof, {to: other})]);
  const outcomes = [await outcomeOf(here), await outcomeOf(there)];
  expect(outcomes.map(({status}) => status).sort()).toEqual(['new', 'spam']);
});

test('it takes longer for a client that has sent much, and no longer for others', async () => {
  const loaded = await givenRest({databaseUrl: database.url, issuer, env: {...LIMITS, RATE_LIMIT_PER_CLIENT: '2'}});
  for (let count = 0; count < 4; count += 1) await post({}, {to: loaded});
  const triesOf = async (client?: string) => (await solve((await getToken(loaded, client)).challenge)).counter;
  const [calm, busy] = [await triesOf('203.0.113.8'), await triesOf()];
  expect([calm >= 600, calm < 1200]).toEqual([true, true]);
  expect([busy >= 4800, busy < 9600]).toEqual([true, true]);
});

test('PROOF_OF_WORK=off gives no challenges, and what a page still sends says nothing', async () => {
  const off = await givenRest({databaseUrl: database.url, issuer, env: {...LIMITS, PROOF_OF_WORK: 'off'}});
  expect(await getToken(off)).toEqual({token: expect.any(String) as string, minAgeSeconds: 2, maxAgeSeconds: 86_400});
  expect(await outcomeOf(await post(await givenProof(), {to: off}))).toMatchObject(NEW);
  expect(await outcomeOf(await post(await givenProof(), {to: off}))).toMatchObject(spam('rate'));
  expect(await outcomeOf(await post({altcha: 'zqMark7'}, {to: off}))).toMatchObject(spam('rate'));
});

test.each<[string, unknown]>([
  ['a number', 7],
  ['an object', {challenge: 1}],
  ['longer than any', 'zqMark7'.repeat(2000)],
])('what is %s is refused by its name', async (_, altcha) => {
  const problem = await expectProblem(await post({altcha}), 'invalid-body');
  expect(problem.errors).toEqual([expect.objectContaining({pointer: '/altcha'})]);
  expect(JSON.stringify(problem)).not.toContain('zqMark7');
});

test('neither proof nor token is logged or stored with the inquiry', async () => {
  const proof = await givenProof();
  const {id} = await outcomeOf(await post(proof));
  const rows = await database.query('SELECT row_to_json(inquiry)::text AS text FROM inquiry WHERE id = $1', [id]);
  for (const text of [JSON.stringify(rows), rest.text()]) {
    for (const value of Object.values(proof)) expect(text).not.toContain(value);
  }
});
