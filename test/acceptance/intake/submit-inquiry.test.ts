// POST /inquiries as the public site uses it: JSON and plain HTML forms, the redirect after a form, and repeats that an
// Idempotency-Key makes harmless.
import type {PageLanguage} from '../../../src/rest/messages/catalogue';
import {createHash, randomUUID} from 'node:crypto';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenGateway, givenObserver, givenRedisKey, sharedRedisUrl, type TestObserver} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {expectProblem} from '../../helpers/problem-details';
import {givenRest, type TestRest} from '../../helpers/rest';
import {columnsThatHold} from '../../helpers/text-columns';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
interface Receipt {
  id: string;
  receivedAt: string;
}

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;
let observer: TestObserver;
let token: string;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  const env = {ALLOWED_ORIGINS: `${SITE}, https://other.example.org:8443, https://*.preview.example.org`};
  rest = await givenRest({databaseUrl: database.url, issuer, ...redis, env});
  token = await issuer.sign();
  observer = await givenObserver((await givenGateway({issuer, ...redis})).url, token);
});

async function countOf(email: unknown): Promise<number> {
  return (await database.query('SELECT 1 FROM inquiry WHERE email = $1', [email])).length;
}

const COMPLETE = {
  topic: ' press ',
  name: '  Ada Lovelace ',
  phone: '+44 20 7946 0018',
  company: 'Analytical Engines',
  subject: 'An interview',
  message: ' First line\r\nSecond\tline\n',
  locale: 'en-GB',
  sourceUrl: 'https://ada:secret@www.example.org/contact?email=ada@example.org#form',
  metadata: {utm_source: 'newsletter', empty: ''},
  privacyNoticeVersion: '2026-01',
};

test('answers 201 with the id, the time and a Location that leads to the inquiry', async () => {
  const response = await rest.post('/inquiries', givenSubmission({...COMPLETE, email: ' Ada@Example.org '}));
  expect(response.status).toBe(201);
  const {id, receivedAt, ...others} = (await response.json()) as Receipt;
  expect(others).toEqual({});
  expect(Math.abs(Date.parse(receivedAt) - Date.now())).toBeLessThan(60_000);
  expect(response.headers.get('location')).toBe(`/inquiries/${id}`);
  const read = await rest.get(response.headers.get('location') ?? '', token);
  expect(await read.json()).toEqual({
    id,
    ...COMPLETE,
    topic: 'press',
    name: 'Ada Lovelace',
    email: 'Ada@Example.org',
    message: 'First line\nSecond\tline',
    sourceUrl: 'https://www.example.org/contact',
    status: 'new',
    assignee: null,
    spamReasons: [],
    version: 1,
    createdAt: receivedAt,
    updatedAt: receivedAt,
  });
});

test('what was left out is null', async () => {
  const response = await rest.post('/inquiries', givenSubmission());
  const {id} = (await response.json()) as Receipt;
  const optional = {phone: null, company: null, subject: null, locale: null, sourceUrl: null, metadata: null};
  expect(await (await rest.get(`/inquiries/${id}`, token)).json()).toMatchObject({...optional, assignee: null});
});

describe('a form', () => {
  const fieldsOf = (fields: Record<string, string>) =>
    new URLSearchParams({...(givenSubmission() as Record<string, string>), ...fields});
  const postForm = (body: URLSearchParams) =>
    fetch(`${rest.url}/inquiries`, {method: 'POST', body, redirect: 'manual'});

  test('is stored like JSON, with fields that were left empty as null', async () => {
    const body = fieldsOf({name: 'Zoë & Co+', phone: '', message: 'a\r\nb'});
    const response = await postForm(body);
    expect(response.status).toBe(201);
    const {id} = (await response.json()) as Receipt;
    expect(await database.query('SELECT name, phone, message FROM inquiry WHERE id = $1', [id])).toEqual([
      {name: 'Zoë & Co+', phone: null, message: 'a\nb'},
    ]);
  });

  const PREVIEW = 'https://pr-7.preview.example.org/thanks';
  test.each([`${SITE}/thanks?a=1#b`, SITE, 'https://other.example.org:8443/', PREVIEW])(
    'goes on to %s with 303, once it is stored',
    async next => {
      const body = fieldsOf({_next: next});
      const response = await postForm(body);
      expect([response.status, response.headers.get('location')]).toEqual([303, new URL(next).href]);
      expect(await response.text()).toBe('');
      expect(await countOf(body.get('email'))).toBe(1);
    },
  );

  test.each([
    'https://evil.example.org/',
    'https://preview.example.org/',
    'https://a.b.preview.example.org/',
    'https://pr-7.preview.example.org:444/',
    'https://ada:secret@www.example.org/',
    'https://ada@www.example.org/',
    'http://www.example.org/',
    'https://www.example.org:444/',
    'https://www.example.org.evil.test/',
    'https://www.example.org@evil.test/',
    'https://evil.test/https://www.example.org/',
    '//www.example.org/',
    '//evil.test',
    '/thanks',
    'thanks',
    '\\\\evil.test',
    'https:evil.test',
    'https:///evil.test',
    'javascript:alert(1)//https://www.example.org',
    'data:text/html,x',
    'blob:https://www.example.org/8f9c',
    'null',
    `${SITE}/${'x'.repeat(2048)}`,
  ])('does not go on to %s, and is stored all the same', async next => {
    const body = fieldsOf({_next: next});
    const response = await postForm(body);
    expect([response.status, response.headers.get('location')]).toEqual([
      201,
      expect.stringMatching(/^\/inquiries\/[0-9a-f-]{36}$/),
    ]);
    expect(Object.keys((await response.json()) as Receipt)).toEqual(['id', 'receivedAt']);
    expect(await countOf(body.get('email'))).toBe(1);
  });

  test('that may not go on leaves one line a second and reason, without a value', async () => {
    const quiet = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: SITE}});
    const post = (next: string) =>
      fetch(`${quiet.url}/inquiries`, {method: 'POST', body: fieldsOf({_next: next}), redirect: 'manual'});
    const requests: (string | null)[] = [];
    for (const next of ['https://zqMark7.test/', '/zqMark7', 'https://zqMark7.test/2', `https://ada:zqMark7@${SITE}`]) {
      requests.push((await post(next)).headers.get('x-request-id'));
    }
    await quiet.stop(); // writes what is held back
    const lines = quiet.lines.filter(({msg}) => msg === 'form.next.refused');
    expect(lines).toEqual([
      expect.objectContaining({level: 'warn', reason: 'origin', variable: 'ALLOWED_ORIGINS', requestId: requests[0]}),
      expect.objectContaining({level: 'warn', reason: 'not_absolute', requestId: requests[1], count: 1}),
      expect.objectContaining({level: 'warn', reason: 'origin', requestId: requests[3], count: 2}),
    ]);
    expect(quiet.text()).not.toMatch(/zqMark7/i);
  });

  // As browsers send it.
  const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
  const postAsBrowser = (body: URLSearchParams, accept = BROWSER, headers = {}) =>
    fetch(`${rest.url}/inquiries`, {method: 'POST', body, headers: {Accept: accept, ...headers}, redirect: 'manual'});

  test.each([undefined, 'https://evil.example.org/', '/thanks', `${SITE}/${'x'.repeat(2048)}`])(
    'that a browser has sent without a _next to follow ends on a page that thanks (%#)',
    async next => {
      const body = fieldsOf(next === undefined ? {} : {_next: next});
      const response = await postAsBrowser(body);
      expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/html; charset=utf-8']);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const page = await response.text();
      expect(page).toContain('<h1>Thank you</h1>');
      const id = response.headers.get('location')?.slice('/inquiries/'.length);
      expect(page).toContain(`Reference: ${id}`);
      expect(page).not.toMatch(/evil|<a /);
      expect(await countOf(body.get('email'))).toBe(1);
    },
  );

  const THANKS = {
    en: ['Thank you', 'Back to'],
    de: ['Vielen Dank', 'Zurück zu'],
    fr: ['Merci', 'Retour à'],
    es: ['Gracias', 'Volver a'],
    it: ['Grazie', 'Torna a'],
    nl: ['Dank u wel', 'Terug naar'],
    pl: ['Dziękujemy', 'Powrót do'],
    pt: ['Obrigado', 'Voltar a'],
    cs: ['Děkujeme', 'Zpět na'],
    ru: ['Спасибо', 'Вернуться на'],
    ar: ['شكرًا لك', 'العودة إلى'],
  } as const satisfies Record<PageLanguage, readonly [heading: string, back: string]>;

  test.each<[accepted: string, language: keyof typeof THANKS]>([
    ['de', 'de'],
    ['de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7', 'de'],
    ['tlh, de;q=0.5', 'de'], // Klingon, in which there are no texts
    ['en-GB,en;q=0.9,de;q=0.8', 'en'],
    ['fr-CA, en;q=0.9', 'fr'],
    ['es-419', 'es'],
    ['it', 'it'],
    ['nl-BE,nl;q=0.9', 'nl'],
    ['pl', 'pl'],
    ['pt-BR', 'pt'],
    ['cs', 'cs'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['ar-EG', 'ar'],
    ['tlh', 'en'],
    ['*', 'en'],
    ['de;q=0', 'en'],
    [`${'x-y,'.repeat(3000)}de`, 'en'],
  ])('is thanked in the language that its visitor prefers of those there are (%#)', async (accepted, language) => {
    const headers = {'Accept-Language': accepted, Origin: 'https://other.example.org:8443'};
    const page = await (await postAsBrowser(fieldsOf({}), BROWSER, headers)).text();
    const [heading, back] = THANKS[language];
    expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(page).toContain(`<h1>${heading}</h1>`);
    expect(page).toContain(`>${back} other.example.org:8443</a>`);
  });

  test('leads back to an allowed origin only', async () => {
    const pageFrom = async (origin: string) =>
      (await (await postAsBrowser(fieldsOf({}), BROWSER, {Origin: origin})).text()).match(/<a [^]*<\/a>/)?.[0];
    expect(await pageFrom('https://other.example.org:8443')).toBe(
      '<a href="https://other.example.org:8443/">Back to other.example.org:8443</a>',
    );
    for (const origin of ['https://evil.test', 'null', `${SITE}"><b>`]) expect(await pageFrom(origin)).toBeUndefined();
  });

  test.each(['*/*', 'application/json', 'application/json, text/html', 'text/html;q=0.5, */*'])(
    'that is stored gets its receipt as JSON when it is sent with Accept: %s',
    async accept => {
      const response = await postAsBrowser(fieldsOf({}), accept);
      expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
    },
  );

  test('JSON gets its receipt as JSON, whatever it accepts', async () => {
    const response = await rest.post('/inquiries', givenSubmission(), {Accept: BROWSER});
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
  });

  test('may have fields of its own in metadata, ticked boxes of a group among them', async () => {
    const body = fieldsOf({'metadata[budget]': '1000', 'metadata[note]': ''});
    for (const interest of ['engines', 'looms']) body.append('metadata[interest]', interest);
    const {id} = (await (await postForm(body)).json()) as Receipt;
    expect(await (await rest.get(`/inquiries/${id}`, token)).json()).toMatchObject({
      metadata: {budget: '1000', interest: ['engines', 'looms']},
    });
  });

  const withFields = (...fields: [string, string][]) => {
    const body = fieldsOf({});
    for (const [name, value] of fields) body.append(name, value);
    return body;
  };
  test.each<[string, URLSearchParams, string]>([
    ['a name with a blank', withFields(['your budget', 'zqMark7']), 'The field “your?budget” has a name that is not'],
    [
      'beside one of the visitor',
      fieldsOf({phone: '1'.repeat(33), 'a b': '1'}),
      'The field “a?b” has a name that is not',
    ],
    ['a field twice', withFields(['name', 'zqMark7']), 'The field “name” must be there once.'],
    ['a topic of control characters', fieldsOf({topic: 'zq\u0007mark7'}), 'The field “topic” must be one line without'],
    ['text for an object', withFields(['metadata', 'zqMark7']), 'The field “metadata” must be a'],
    ['a bad key', withFields(['metadata[a b]', '1']), 'The field “metadata” has a key that is not allowed'],
    ['a wrong hidden field', withFields(['sourceUrl', '/contact']), 'The field “sourceUrl” must be an absolute http'],
  ])('with a mistake of its developer, %s, does not blame the visitor', async (_, body, sentence) => {
    const response = await postAsBrowser(body);
    expect([response.status, response.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    const page = await response.text();
    expect(page).toContain('<h1>The form was not sent</h1>');
    expect(page).toContain('which is not yours');
    expect(page).toContain(`<li>${sentence}`);
    expect(page).not.toMatch(/Please check what you typed|<li>Phone|zq-?mark7/i);
  });

  test.each([
    ['multipart/form-data; boundary=x', '--x\r\n\r\nzqMark7\r\n--x--', 400, 'The form is cut off, or is not multipart'],
    ['text/plain', 'name=zqMark7', 415, 'Send application/json or application/x-www-form-urlencoded or multipart'],
    ['application/x-www-form-urlencoded', 'name=Zo%EB', 400, 'The form is not UTF-8.'],
    ['application/x-www-form-urlencoded', `message=${'x'.repeat(40_000)}`, 413, undefined],
  ])('that is sent as %s and cannot be read gets a page too (%#)', async (type, body, status, sentence) => {
    const headers = {Accept: BROWSER, 'Content-Type': type};
    const response = await fetch(`${rest.url}/inquiries`, {method: 'POST', headers, body});
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    const page = await response.text();
    expect(page).toContain(sentence ? `<li>${sentence}` : '<h1>Your message is too long</h1>');
    expect(page).not.toContain('zqMark7');
  });

  test('that is sent to a wrong path is a mistake of its developer', async () => {
    const response = await fetch(`${rest.url}/inquiry`, {
      method: 'POST',
      body: fieldsOf({}),
      headers: {Accept: BROWSER},
    });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('<h1>The form was not sent</h1>');
  });

  test('that is refused is answered with a page for whoever reads pages, with the same status and without values', async () => {
    const response = await postAsBrowser(
      fieldsOf({name: '', email: '<b>nobody', 'metadata[jobTitle]': 'x'.repeat(1001)}),
    );
    expect([response.status, response.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.text();
    expect(page).toContain('<h1>Please check what you typed</h1>');
    expect(page).toContain('<li>Name is required.</li>');
    expect(page).toContain('<li>E-mail must be an e-mail address.</li>');
    expect(page).toContain('<li>Job title is too long (at most 1000).</li>');
    expect(page).toContain(`Reference: ${response.headers.get('x-request-id')}`);
    expect(page).not.toMatch(/nobody|<b>|xxx/);
  });

  test('that is refused says in German what a visitor can mend', async () => {
    const body = fieldsOf({
      name: '',
      email: '<b>nobody',
      phone: '1'.repeat(33),
      'metadata[jobTitle]': 'x'.repeat(1001),
    });
    const page = await (await postAsBrowser(body, BROWSER, {'Accept-Language': 'de'})).text();
    expect(page).toContain('<html lang="de" dir="ltr">');
    expect(page).toContain('<h1>Bitte prüfen Sie Ihre Angaben</h1>');
    expect(page.match(/<li>.*?<\/li>/g)).toEqual([
      '<li>Name fehlt.</li>',
      '<li>E-Mail muss eine E-Mail-Adresse sein.</li>',
      '<li>Telefon ist zu lang (höchstens 32).</li>',
      '<li>Job title ist zu lang (höchstens 1000).</li>',
    ]);
    expect(page).not.toMatch(/Reference|Back button|nobody/);
  });

  test('with a mistake of its developer says so in German, and what it is in English', async () => {
    const page = await (await postAsBrowser(withFields(['a b', 'Send']), BROWSER, {'Accept-Language': 'de'})).text();
    expect(page).toContain('<html lang="de" dir="ltr">');
    expect(page).toContain('<h1>Das Formular wurde nicht gesendet</h1>');
    expect(page).toContain('für den Sie nichts können');
    expect(page).toContain('<ul lang="en" dir="ltr"><li>The field “a?b” has a name that is not allowed');
  });

  test('shows names of fields as text', async () => {
    const page = await (await postAsBrowser(fieldsOf({'<img src=x>': 'secret'}))).text();
    expect(page).toContain('The field “?img?src?x?” has a name that is not allowed');
    expect(page).not.toMatch(/secret|<img/);
  });

  test('lets its page run no script, load nothing and be framed by nobody', async () => {
    const response = await postAsBrowser(fieldsOf({email: ''}));
    const policy = response.headers.get('content-security-policy') ?? '';
    const [, style] = /<style>([^<]*)<\/style>/.exec(await response.text()) ?? [];
    const hash = createHash('sha256')
      .update(style ?? '')
      .digest('base64');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['*/*', 'application/json', 'application/problem+json, text/html;q=0.9', 'image/png'])(
    'gets a problem when it is sent with Accept: %s',
    async accept => {
      await expectProblem(await postAsBrowser(fieldsOf({email: ''}), accept), 'invalid-body');
    },
  );

  test('JSON gets a problem, whatever it accepts', async () => {
    const response = await rest.post('/inquiries', {}, {Accept: BROWSER});
    await expectProblem(response, 'invalid-body');
  });

  test('splits no header with _next', async () => {
    const response = await postForm(fieldsOf({_next: `${SITE}/a\r\nX-Injected: 1`}));
    expect(response.headers.get('x-injected')).toBeNull();
    expect(response.headers.get('location') ?? '').not.toMatch(/[\r\n]/);
  });

  test('may have no _next in JSON', async () => {
    const {errors} = await expectProblem(await rest.post('/inquiries', givenSubmission({_next: SITE})), 'invalid-body');
    expect(errors?.map(({pointer}) => pointer)).toEqual(['/_next']);
  });
});

describe('an Idempotency-Key', () => {
  const post = (body: unknown, key: string) => rest.post('/inquiries', body, {'Idempotency-Key': key});

  test('gives a repeat the first answer: one row, one event', async () => {
    const key = randomUUID();
    const body = givenSubmission();
    const receipts: Receipt[] = [];
    const announced = await announcedDuring(async () => {
      for (const sent of [body, body, {...body, name: `  ${String(body.name)} `}]) {
        const response = await post(sent, key); // what differs only before cleaning is the same
        const receipt = (await response.json()) as Receipt;
        expect([response.status, response.headers.get('location')]).toEqual([201, `/inquiries/${receipt.id}`]);
        receipts.push(receipt);
      }
    });
    expect(receipts).toEqual(Array(3).fill(receipts[0]));
    expect(await countOf(body.email)).toBe(1);
    expect(announced).toEqual([receipts[0]?.id]);
  });

  test('of somebody else loses nothing, and nobody learns that it was used', async () => {
    const key = 'contact-form';
    const body = givenSubmission();
    const others = [givenSubmission(), {...body, phone: '1'}, {...body, message: `${String(body.message)}!`}];
    const answers = await Promise.all([body, ...others].map(each => post(each, key)));
    const fresh = await post(givenSubmission(), randomUUID());
    const namesOf = ({headers}: Response) => [...headers.keys()].sort();
    for (const answer of answers) {
      expect([answer.status, namesOf(answer)]).toEqual([201, namesOf(fresh)]);
    }
    const ids = await Promise.all(answers.map(async answer => ((await answer.json()) as Receipt).id));
    expect(new Set(ids).size).toBe(4);
    expect(await countOf(body.email)).toBe(3);
    const again = (await (await post(others[1], key)).json()) as Receipt;
    expect(again.id).toBe(ids[2]);
  });

  test('stores one row of twenty posts at once, and all get its id', async () => {
    const key = randomUUID();
    const body = givenSubmission();
    const receipts: string[] = [];
    const announced = await announcedDuring(async () => {
      const responses = await Promise.all(Array.from({length: 20}, () => post(body, key)));
      expect(responses.map(({status}) => status)).toEqual(Array(20).fill(201));
      receipts.push(...(await Promise.all(responses.map(response => response.text()))));
    });
    expect(new Set(receipts).size).toBe(1);
    expect(await countOf(body.email)).toBe(1);
    expect(announced).toEqual([(JSON.parse(receipts[0] ?? '') as Receipt).id]);
  });

  test('stores each of twenty different bodies at once, and each once, on two replicas', async () => {
    const key = randomUUID();
    const other = await givenRest({databaseUrl: database.url, issuer});
    const bodies = Array.from({length: 20}, () => givenSubmission());
    const posts = [rest, other, rest].flatMap(replica =>
      bodies.map(async body => {
        const response = await replica.post('/inquiries', body, {'Idempotency-Key': key});
        return [response.status, ((await response.json()) as Receipt).id];
      }),
    );
    const answers = await Promise.all(posts);
    expect(answers.map(([status]) => status)).toEqual(Array(60).fill(201));
    expect(answers.slice(20, 40)).toEqual(answers.slice(0, 20));
    expect(answers.slice(40)).toEqual(answers.slice(0, 20));
    const stored = await database.query('SELECT 1 FROM inquiry WHERE email = ANY ($1)', [
      bodies.map(({email}) => email),
    ]);
    expect(stored).toHaveLength(20);
  });

  test('outlives the inquiry: a late repeat gets the first answer', async () => {
    const [key, body] = [randomUUID(), givenSubmission()];
    const first = await (await post(body, key)).text();
    await database.query('DELETE FROM inquiry WHERE email = $1', [body.email]);
    expect(await (await post(body, key)).text()).toBe(first);
    expect(await countOf(body.email)).toBe(0);
  });

  test('is in no column, and no body can be read out of what is kept of it', async () => {
    const [key, body] = [randomUUID(), givenSubmission()];
    await post(body, key);
    expect(await columnsThatHold(database, key)).toEqual([]);
    const records = await database.query(
      'SELECT digest FROM idempotency_record JOIN inquiry USING (id) WHERE email = $1',
      [body.email],
    );
    expect(records).toEqual([{digest: expect.any(Buffer) as Buffer}]);
  });

  test('is not taken by a body that was refused', async () => {
    const key = randomUUID();
    await expectProblem(await post(givenSubmission({name: ''}), key), 'invalid-body');
    expect((await post(givenSubmission(), key)).status).toBe(201);
  });
});

test('without an Idempotency-Key each post is an inquiry of its own', async () => {
  const body = givenSubmission();
  await Promise.all([rest.post('/inquiries', body), rest.post('/inquiries', body)]);
  expect(await countOf(body.email)).toBe(2);
});

/** The inquiries that were announced while `action` ran, once each time that they were. */
async function announcedDuring(action: () => Promise<unknown>): Promise<string[]> {
  const barrier = async () => {
    const {id} = (await (await rest.post('/inquiries', givenSubmission())).json()) as Receipt;
    await observer.receives(id); // whatever was sent before has come before, on the same channel
    return observer.events.findIndex(({data}) => data.inquiryId === id);
  };
  const start = await barrier();
  await action();
  const end = await barrier();
  return observer.events.slice(start + 1, end).map(({data}) => data.inquiryId);
}
