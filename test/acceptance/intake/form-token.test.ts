// Form tokens: what is sent too fast or with a used token is stored as spam; a second click stores nothing twice; and whoever
// has no token, an old one or a broken one is stored as ever.
import {FormTokens, MAX_AGE_MS} from '../../../src/services/guards/form-tokens';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {FORM_TOKEN_KEY, givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
const SECONDS = 1000;
let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestRest;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: SITE}});
});

/** A token that was made so long ago. */
const tokenOf = (age: number, key = FORM_TOKEN_KEY) => new FormTokens([key]).issue(Date.now() - age) ?? '';

interface Outcome {
  id: string;
  status: string;
  reasons: string[];
}
async function outcomeOf(answer: Response): Promise<Outcome> {
  expect(answer.status).toBe(201);
  const {id} = (await answer.json()) as {id: string};
  const [row] = await database.query('SELECT status, spam_reasons AS reasons FROM inquiry WHERE id = $1', [id]);
  return {id, ...(row as Omit<Outcome, 'id'>)};
}

const fieldsOf = (fields: Record<string, string>) => givenSubmission(fields) as Record<string, string>;
const postForm = (fields: Record<string, string>) =>
  fetch(`${rest.url}/inquiries`, {
    method: 'POST',
    body: new URLSearchParams(fieldsOf(fields)),
    redirect: 'manual',
  });
const WAYS: [string, (fields: Record<string, string>) => Promise<Response>][] = [
  ['JSON', fields => rest.post('/inquiries', givenSubmission(fields))],
  ['a form', postForm],
];

test('a page of an allowed origin gets a token of its own, which nobody keeps', async () => {
  const get = () => fetch(`${rest.url}/form-token?utm_source=x`, {headers: {Origin: SITE}});
  const [one, other] = [await get(), await get()];
  expect([one.status, one.headers.get('cache-control'), one.headers.get('access-control-allow-origin')]).toEqual([
    200,
    'no-store',
    SITE,
  ]);
  const answer = (await one.json()) as {token: string};
  expect(answer).toMatchObject({token: expect.any(String) as string, minAgeSeconds: 2, maxAgeSeconds: 86_400});
  expect(((await other.json()) as {token: string}).token).not.toBe(answer.token);
  const outcome = await outcomeOf(await rest.post('/inquiries', givenSubmission({_token: answer.token})));
  expect([outcome.status, outcome.reasons]).toEqual(['spam', ['token_too_fast']]); // it was sent at once
});

describe.each(WAYS)('%s', (_, post) => {
  test.each([
    ['three seconds old', () => tokenOf(3 * SECONDS), 'new', []],
    ['a second old', () => tokenOf(SECONDS), 'spam', ['token_too_fast']],
    ['of tomorrow, as no clock of ours says', () => tokenOf(-MAX_AGE_MS), 'spam', ['token_too_fast']],
    ['of yesterday', () => tokenOf(MAX_AGE_MS + SECONDS), 'new', []],
    ['of another key', () => tokenOf(3 * SECONDS, 'another-key-of-at-least-32-letters'), 'new', []],
    ['no token', () => 'zqMark7', 'new', []],
    ['blank', () => '', 'new', []],
  ])('with a token that is %s', async (__, token, status, reasons) => {
    expect(await outcomeOf(await post({_token: token()}))).toMatchObject({status, reasons});
  });

  test('without a token is stored as ever', async () => {
    expect(await outcomeOf(await post({}))).toMatchObject({status: 'new', reasons: []});
  });

  test('that comes twice with its token is stored once, also at once, and gets the same answer', async () => {
    const fields = fieldsOf({_token: tokenOf(3 * SECONDS)});
    const outcomes = await Promise.all(Array.from({length: 5}, async () => outcomeOf(await post(fields))));
    outcomes.push(await outcomeOf(await post(fields)));
    const {id} = outcomes[0] ?? {};
    for (const outcome of outcomes) expect(outcome).toEqual({id, status: 'new', reasons: []});
    expect(await database.query('SELECT id FROM inquiry WHERE email = $1', [fields.email])).toEqual([{id}]);
  });

  test('with another text and the same token is a program’s, however many come at once', async () => {
    const token = tokenOf(3 * SECONDS);
    const texts = ['one', 'two', 'three', 'four'];
    const outcomes = await Promise.all(texts.map(async message => outcomeOf(await post({_token: token, message}))));
    expect(new Set(outcomes.map(({id}) => id)).size).toBe(4);
    expect(outcomes.map(({reasons}) => reasons).sort()).toEqual([
      [],
      ...Array.from({length: 3}, () => ['token_reused']),
    ]);
  });
});

test('an Idempotency-Key goes before the token, whose use counts all the same', async () => {
  const token = tokenOf(3 * SECONDS);
  const body = givenSubmission({_token: token});
  const first = await outcomeOf(await rest.post('/inquiries', body, {'Idempotency-Key': 'first-key'}));
  const again = await outcomeOf(await rest.post('/inquiries', body, {'Idempotency-Key': 'first-key'}));
  expect(again).toEqual(first);
  expect(first.status).toBe('new');
  const reused = await rest.post('/inquiries', givenSubmission({_token: token}), {'Idempotency-Key': 'other-key'});
  expect((await outcomeOf(reused)).reasons).toEqual(['token_reused']);
});

test('a form that goes on to a page of its site does so after the second click too', async () => {
  const fields = fieldsOf({_token: tokenOf(3 * SECONDS), _next: `${SITE}/thanks`});
  for (let click = 0; click < 2; click += 1) {
    const answer = await postForm(fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${SITE}/thanks`]);
  }
  expect(await database.query('SELECT 1 FROM inquiry WHERE email = $1', [fields.email])).toHaveLength(1);
});

test('both keys are alive', async () => {
  const keys = ['a-new-key-of-at-least-32-letters-1', FORM_TOKEN_KEY];
  const rotated = await givenRest({databaseUrl: database.url, issuer, env: {FORM_TOKEN_KEYS: keys.join(', ')}});
  for (const key of keys) {
    const body = givenSubmission({_token: tokenOf(SECONDS, key)});
    expect((await outcomeOf(await rotated.post('/inquiries', body))).reasons).toEqual(['token_too_fast']);
  }
});

test('without keys there are no tokens, and what a form still sends says nothing', async () => {
  const off = await givenRest({databaseUrl: database.url, issuer, env: {FORM_TOKEN_KEYS: ''}});
  await expectProblem(await fetch(`${off.url}/form-token`), 'not-found');
  const body = givenSubmission({_token: tokenOf(SECONDS)});
  expect(await outcomeOf(await off.post('/inquiries', body))).toMatchObject({status: 'new', reasons: []});
});

test('a token leaves nothing of a visitor, and none of it is logged', async () => {
  const token = tokenOf(3 * SECONDS);
  const {id} = await outcomeOf(await rest.post('/inquiries', givenSubmission({_token: token})));
  const rows = await database.query('SELECT row_to_json(inquiry)::text AS text FROM inquiry WHERE id = $1', [id]);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(rest.text()).not.toContain(token);
});
