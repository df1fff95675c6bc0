// Captchas of other providers: who has solved one is stored as ever, who has not is set aside, and so is everybody while the
// provider cannot be asked; nobody is refused, nobody waits for somebody else's captcha, and no secret gets out.
import {randomUUID} from 'node:crypto';
import {createBindingFromClass, injectable} from '@loopback/core';
import {CAPTCHA_FIELDS, CAPTCHA_PROVIDERS, type CaptchaProviderName} from '../../../src/contract/captcha';
import {UnavailableError} from '../../../src/platform/errors';
import {asGuard, type Guard, type Signal} from '../../../src/services/guards/guard';
import {
  givenCaptchaProvider,
  type ProviderMode,
  SECRET,
  SITE_KEY,
  type TestProvider,
} from '../../helpers/captcha-provider';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type RestOptions, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;
let count = 0;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

interface Guarded {
  rest: TestRest;
  provider: TestProvider;
  field: string;
}
async function given(name: CaptchaProviderName, {env = {}, ...options}: Partial<RestOptions> = {}): Promise<Guarded> {
  const provider = await givenCaptchaProvider(name);
  const captcha = {
    CAPTCHA_PROVIDER: name,
    CAPTCHA_SECRET: SECRET,
    CAPTCHA_SITE_KEY: SITE_KEY,
    CAPTCHA_URL: provider.url,
  };
  const rest = await givenRest({databaseUrl: database.url, issuer, ...options, env: {...captcha, ...env}});
  return {rest, provider, field: CAPTCHA_FIELDS[name]};
}

/** One that the provider lets pass, once. */
const good = () => `good ${(count += 1)}`;

async function outcomeOf(answer: Response): Promise<unknown> {
  expect(answer.status).toBe(201);
  const {id} = (await answer.json()) as {id: string};
  const [row] = await database.query('SELECT status, spam_reasons AS reasons FROM inquiry WHERE id = $1', [id]);
  return row;
}
const NEW = {status: 'new', reasons: []};
const spam = (...reasons: string[]) => ({status: 'spam', reasons});
const UNAVAILABLE = spam('captcha_unavailable');

const textsOf = (fields: Record<string, unknown>) => givenSubmission(fields) as Record<string, string>;
type Send = (rest: TestRest, fields: Record<string, unknown>) => Promise<Response>;
const sendForm = ({url}: TestRest, body: URLSearchParams | FormData) =>
  fetch(`${url}/inquiries`, {method: 'POST', body});
function multipartOf(fields: Record<string, unknown>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(textsOf(fields))) form.append(name, value);
  return form;
}
const WAYS: [string, Send][] = [
  ['JSON', (rest, fields) => rest.post('/inquiries', givenSubmission(fields))],
  ['a form', (rest, fields) => sendForm(rest, new URLSearchParams(textsOf(fields)))],
  ['multipart', (rest, fields) => sendForm(rest, multipartOf(fields))],
];
const postJson = (rest: TestRest, fields: Record<string, unknown>, headers?: Record<string, string>) =>
  rest.post('/inquiries', givenSubmission(fields), headers);

describe.each(CAPTCHA_PROVIDERS)('%s', name => {
  test('lets a solved captcha pass, and sets aside a wrong one, a used one and none, of JSON and of forms', async () => {
    const {rest, provider, field} = await given(name);
    for (const [, send] of WAYS) {
      const response = good();
      expect(await outcomeOf(await send(rest, {[field]: response}))).toEqual(NEW);
      expect(await outcomeOf(await send(rest, {[field]: response}))).toEqual(spam('captcha_failed'));
      expect(await outcomeOf(await send(rest, {[field]: 'wrong'}))).toEqual(spam('captcha_failed'));
      expect(await outcomeOf(await send(rest, {[field]: ''}))).toEqual(spam('captcha_missing'));
      expect(await outcomeOf(await send(rest, {}))).toEqual(spam('captcha_missing'));
    }
    expect(provider.questions).toHaveLength(9); // and none of what has no response
    const line = rest.lines.find(({msg}) => msg === 'metrics.listening');
    const metrics = await (await fetch(`http://127.0.0.1:${String(line?.port)}/metrics`)).text();
    expect(metrics).toContain('outreach_guard_verdicts_total{verdict="quarantine",reason="captcha_failed"} 6\n');
    expect(metrics).toContain('outreach_guard_verdicts_total{verdict="quarantine",reason="captcha_missing"} 6\n');
  });

  test('is sent the response and the keys, and the address of the visitor where the operator wants it', async () => {
    const known = {
      turnstile: {secret: SECRET},
      hcaptcha: {secret: SECRET, sitekey: SITE_KEY},
      friendly: {sitekey: SITE_KEY},
    }[name];
    const takesAddress = name !== 'friendly';
    for (const [env, sent] of <[Record<string, string>, object][]>[
      [{}, {}],
      [{CAPTCHA_SENDS_ADDRESS: 'true'}, takesAddress ? {remoteip: '203.0.113.7'} : {}],
    ]) {
      const {rest, provider, field} = await given(name, {env: {TRUST_PROXY_HOPS: '1', ...env}});
      for (const address of ['203.0.113.7', '2001:db8:1:2::7']) {
        const posted = postJson(rest, {[field]: good()}, {'X-Forwarded-For': address});
        expect(await outcomeOf(await posted)).toEqual(NEW);
      }
      const {response} = provider.questions[0] ?? {};
      expect(provider.questions).toEqual([
        {...known, ...sent, response},
        {...known, response: expect.stringMatching(/^good/) as string}, // of IPv6 a network is known, and no address
      ]);
    }
  });

  test('that knows another secret or another site key sets aside, and an error names the variable', async () => {
    for (const variable of name === 'turnstile' ? ['CAPTCHA_SECRET'] : ['CAPTCHA_SECRET', 'CAPTCHA_SITE_KEY']) {
      const {rest, field} = await given(name, {env: {[variable]: 'zqWrong'}});
      expect(await outcomeOf(await postJson(rest, {[field]: good()}))).toEqual(UNAVAILABLE);
      expect(rest.lines.find(({msg}) => msg === 'captcha.misconfigured')).toMatchObject({level: 'error', variable});
      expect(rest.text()).not.toMatch(/zqWrong|zqSecret|zqSite|good/);
    }
  });

  test.each<[ProviderMode, string]>([
    ['hang', 'timeout'],
    ['drip', 'timeout'],
    ['huge', 'answer'],
    ['500', 'answer'],
    ['html', 'answer'],
    ['nothing', 'answer'],
    ['other', 'answer'],
    ['reset', 'connection'],
    ['redirect', 'connection'],
  ])('whose answer is %s costs no inquiry, and works again afterwards', async (mode, reason) => {
    const {rest, provider, field} = await given(name, {env: {LOG_LEVEL: 'trace'}});
    provider.mode = mode;
    expect(await outcomeOf(await postJson(rest, {[field]: good()}))).toEqual(UNAVAILABLE);
    expect(rest.lines.find(({msg}) => msg === 'captcha.unavailable')).toMatchObject({level: 'warn', reason});
    expect(provider.questions).toHaveLength(1); // a redirect is not followed
    provider.mode = 'answer';
    expect(await outcomeOf(await postJson(rest, {[field]: good()}))).toEqual(NEW);
    expect(rest.text()).not.toMatch(/zqSecret|zqSite|good/);
  });
});

test('a provider that is not there costs no inquiry', async () => {
  const {rest, field} = await given('turnstile', {env: {CAPTCHA_URL: 'http://127.0.0.1:1/'}});
  expect(await outcomeOf(await postJson(rest, {[field]: good()}))).toEqual(UNAVAILABLE);
});

test('what was set aside is released by a person', async () => {
  const {rest} = await given('turnstile');
  const {id} = (await (await postJson(rest, {})).json()) as {id: string};
  const released = await fetch(`${rest.url}/inquiries/${id}`, {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${await issuer.sign({scope: 'inquiries:triage'})}`,
      'Content-Type': 'application/json',
      'If-Match': '"1"',
    },
    body: JSON.stringify({status: 'new'}),
  });
  expect(released.status).toBe(200);
  expect(await released.json()).toMatchObject({status: 'new', spamReasons: ['captcha_missing']});
});

test('what cheaper guards have quarantined is not asked about', async () => {
  const {rest, provider, field} = await given('turnstile');
  expect(await outcomeOf(await postJson(rest, {[field]: good(), _remarks: 'x'}))).toEqual(spam('honeypot'));
  expect(provider.questions).toEqual([]);
});

describe('a repeat with the same key', () => {
  test('is stored once, and asked about once, also at the same time and by another replica', async () => {
    const {rest, provider, field} = await given('turnstile');
    const other = await givenRest({
      databaseUrl: database.url,
      issuer,
      env: {CAPTCHA_PROVIDER: 'turnstile', CAPTCHA_SECRET: SECRET, CAPTCHA_URL: provider.url},
    });
    const [fields, headers] = [textsOf({[field]: good()}), {'Idempotency-Key': randomUUID()}];
    const answers = await Promise.all([postJson(rest, fields, headers), postJson(rest, fields, headers)]);
    answers.push(await postJson(rest, fields, headers), await postJson(other, fields, headers));
    expect(await Promise.all(answers.map(answer => outcomeOf(answer.clone())))).toEqual([NEW, NEW, NEW, NEW]);
    const ids = await Promise.all(answers.map(async answer => ((await answer.json()) as {id: string}).id));
    expect(new Set(ids).size).toBe(1);
    expect(provider.questions).toHaveLength(1);
    expect(await outcomeOf(await postJson(rest, {...fields, name: 'Another'}, headers))).toEqual(
      spam('captcha_failed'),
    );
  });

  test('is accepted where the first one had passed and could not be stored', async () => {
    @injectable(asGuard)
    class LastGuard implements Guard {
      readonly cost = 1_000_000_000;
      private isAway = true;

      check(): readonly Signal[] {
        if (!this.isAway) return [];
        this.isAway = false;
        throw new UnavailableError('PostgreSQL', {cause: undefined});
      }
    }
    const extend = (app: TestRest['app']) => void app.add(createBindingFromClass(LastGuard));
    const {rest, provider, field} = await given('turnstile', {extend});
    const [fields, headers] = [textsOf({[field]: good()}), {'Idempotency-Key': randomUUID()}];
    expect((await postJson(rest, fields, headers)).status).toBe(503);
    expect(await outcomeOf(await postJson(rest, fields, headers))).toEqual(NEW);
    expect(provider.questions).toHaveLength(1);
  });
});

describe('a slow provider', () => {
  test('holds up nobody else', async () => {
    const one = {
      concurrency: 1,
      sharedConcurrency: 1,
      concurrentBytes: 1e6,
      turnBytes: 1e6,
      queueLimit: 10,
      maxWaitMs: 60_000,
    };
    const {rest, provider, field} = await given('turnstile', {submissionLimits: one});
    provider.mode = 'hold';
    const held = postJson(rest, {[field]: good()});
    await eventually(() => expect(provider.questions).toHaveLength(1));
    expect(await outcomeOf(await postJson(rest, {_remarks: 'x'}))).toEqual(spam('honeypot')); // in place of the one turn
    provider.release();
    expect(await outcomeOf(await held)).toEqual(NEW);
  });

  test('is asked by one client about so many at a time, and the others are set aside at once', async () => {
    const {rest, provider, field} = await given('turnstile');
    provider.mode = 'hold';
    const held = Array.from({length: 16}, () => postJson(rest, {[field]: good()}));
    await eventually(() => expect(provider.questions).toHaveLength(16));
    expect(await outcomeOf(await postJson(rest, {[field]: good()}))).toEqual(UNAVAILABLE);
    expect(rest.lines.find(({msg}) => msg === 'captcha.unavailable')).toMatchObject({reason: 'busy'});
    provider.release();
    expect(await Promise.all((await Promise.all(held)).map(outcomeOf))).toEqual(Array(16).fill(NEW));
  });

  test('that has run out of time is asked about one at a time', async () => {
    const {rest, provider, field} = await given('turnstile');
    provider.mode = 'hang';
    await postJson(rest, {[field]: good()});
    const answers = await Promise.all(Array.from({length: 5}, () => postJson(rest, {[field]: good()})));
    expect(await Promise.all(answers.map(outcomeOf))).toEqual(Array(5).fill(UNAVAILABLE));
    expect(provider.questions).toHaveLength(2);
    provider.mode = 'answer';
    expect(await outcomeOf(await postJson(rest, {[field]: good()}))).toEqual(NEW);
    const together = await Promise.all(Array.from({length: 5}, () => postJson(rest, {[field]: good()})));
    expect(await Promise.all(together.map(outcomeOf))).toEqual(Array(5).fill(NEW));
  });
});

test.each(WAYS)(
  'without a provider, and beside another one, the fields are taken out of %s and say nothing',
  async (_, send) => {
    const rest = await givenRest({databaseUrl: database.url, issuer});
    const fields = Object.fromEntries(Object.values(CAPTCHA_FIELDS).map(field => [field, 'zqMark7']));
    expect(await outcomeOf(await send(rest, fields))).toEqual(NEW);
    const guarded = await given('hcaptcha');
    expect(await outcomeOf(await send(guarded.rest, {...fields, [guarded.field]: good()}))).toEqual(NEW);
    expect(JSON.stringify(await database.query('SELECT i::text AS row FROM inquiry AS i'))).not.toContain('zqMark7');
  },
);
