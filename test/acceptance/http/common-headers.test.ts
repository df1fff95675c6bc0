// What surrounds every answer: CORS from the allowed origins, security headers, and a log without personal data.
import {once} from 'node:events';
import {type IncomingMessage, request} from 'node:http';
import {connect} from 'node:net';
import {MAX_NAMED_ORIGINS} from '../../../src/rest/http/refused-origins';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const SITE = 'https://www.example.org';
let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestRest;

beforeAll(async () => {
  issuer = await givenTokenIssuer();
  database = await givenDatabase();
  rest = await givenRest({
    databaseUrl: database.url,
    issuer,
    env: {ALLOWED_ORIGINS: `${SITE},https://bo.example.org,https://*.preview.example.org`},
  });
});

function send(method: string, path: string, headers: Record<string, string>): Promise<Response> {
  return fetch(rest.url + path, {method, headers});
}

const PATHS = ['/live', '/inquiries', '/subscriptions', '/nothing', '/inquiries?limit=0'];
const STRANGERS = [
  'https://evil.test',
  'http://www.example.org',
  'https://www.example.org:444',
  'https://www.example.org.evil.test',
  'https://sub.www.example.org',
  'https://preview.example.org',
  'https://*.preview.example.org',
  'https://a.b.preview.example.org',
  'https://pr-7.preview.example.org.evil.test',
  'http://pr-7.preview.example.org',
  'https://WWW.example.org',
  `${SITE}/`,
  `${SITE},https://bo.example.org`,
  'null',
  '*',
];

describe('CORS', () => {
  test('an allowed origin may read every answer, errors too, without credentials', async () => {
    for (const origin of [SITE, 'https://bo.example.org', 'https://pr-7.preview.example.org']) {
      for (const path of PATHS) {
        const {headers} = await send('GET', path, {Origin: origin});
        expect([path, headers.get('access-control-allow-origin')]).toEqual([path, origin]);
        expect(headers.get('access-control-allow-credentials')).toBeNull();
        expect(headers.get('vary')).toMatch(/\bOrigin\b/);
        const exposed = headers.get('access-control-expose-headers')?.split(',');
        expect(exposed).toEqual(
          expect.arrayContaining([
            'Link',
            'Location',
            'X-Total-Count',
            'X-Total-Count-Exact',
            'X-Request-Id',
            'Retry-After',
          ]),
        );
      }
    }
  });

  test.each(STRANGERS)('the origin %s may read nothing', async origin => {
    for (const path of PATHS) {
      const {headers} = await send('GET', path, {Origin: origin});
      expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual([
        null,
        null,
      ]);
      expect(headers.get('vary')).toMatch(/\bOrigin\b/); // a shared cache must not mix the two answers up
    }
  });

  test('a preflight gets 204: what may be sent for an allowed origin, no permission for another', async () => {
    const ask = {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,idempotency-key',
    };
    const allowed = await send('OPTIONS', '/inquiries', {Origin: SITE, ...ask});
    expect([allowed.status, await allowed.text()]).toEqual([204, '']);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(SITE);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    const names = allowed.headers.get('access-control-allow-headers')?.toLowerCase().split(',');
    const libraries = ['traceparent', 'x-requested-with'];
    expect(names).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'x-request-id', ...libraries]),
    );
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await send('OPTIONS', '/inquiries', {Origin: 'https://evil.test', ...ask});
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });

  test('without ALLOWED_ORIGINS nobody may read from another origin', async () => {
    const closed = await givenRest({databaseUrl: database.url, issuer});
    const {headers} = await fetch(`${closed.url}/live`, {headers: {Origin: SITE}});
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('an origin that is not allowed', () => {
  const PAGE = {'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors'};
  const refusals = ({lines}: TestRest) => lines.filter(({msg}) => msg === 'cors.origin.refused');

  test('is logged once, with the variable that would allow it', async () => {
    const fresh = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: SITE}});
    for (const origin of [SITE, 'http://localhost:5500', 'null', 'http://localhost:5500', SITE, 'null']) {
      for (const method of ['OPTIONS', 'GET']) await sendFrom(fresh, method, {Origin: origin, ...PAGE});
    }
    expect(refusals(fresh)).toEqual(
      ['http://localhost:5500', 'null'].map(
        origin => expect.objectContaining({level: 'warn', variable: 'ALLOWED_ORIGINS', origin}) as unknown,
      ),
    );
  });

  test('is not logged where the browser needs no permission', async () => {
    const fresh = await givenRest({databaseUrl: database.url, issuer});
    const own = new URL(fresh.url);
    await sendFrom(fresh, 'POST', {Origin: own.origin});
    await sendFrom(fresh, 'POST', {Origin: 'https://behind-a-proxy.test', 'Sec-Fetch-Site': 'same-origin'});
    await sendFrom(fresh, 'POST', {Origin: 'https://other.test', 'Sec-Fetch-Mode': 'navigate'}); // a form
    expect(refusals(fresh)).toEqual([]);
  });

  test('is named only when a browser may have sent it', async () => {
    const fresh = await givenRest({databaseUrl: database.url, issuer});
    const texts = [
      'zqMark7',
      'https://zqMark7.test/a@b',
      'ada@zqmark7.test',
      `https://zqmark7.${'x'.repeat(600)}.test`,
    ];
    for (const origin of texts) await sendFrom(fresh, 'GET', {Origin: origin, ...PAGE});
    expect(refusals(fresh).map(({origin}) => origin)).toEqual(['malformed']);
    expect(fresh.text()).not.toMatch(/zqmark7/i);
  });

  test('fills neither memory nor log', async () => {
    const fresh = await givenRest({databaseUrl: database.url, issuer});
    for (let start = 0; start < 300; start += 50) {
      const origins = Array.from({length: 50}, (_, index) => `https://s${start + index}.test`);
      await Promise.all(origins.map(origin => sendFrom(fresh, 'GET', {Origin: origin, ...PAGE})));
    }
    expect(refusals(fresh)).toHaveLength(MAX_NAMED_ORIGINS);
    expect(refusals(fresh).filter(({isLast}) => isLast)).toEqual([refusals(fresh).at(-1)]);
  });

  // fetch() of Node says Sec-Fetch-Mode itself.
  async function sendFrom({url}: TestRest, method: string, headers: Record<string, string>): Promise<void> {
    const sent = request(`${url}/live`, {method, headers}).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage]; // node's own event
    await once(response.resume(), 'end');
  }
});

test('every answer has the security headers and does not name the framework', async () => {
  const token = await issuer.sign();
  const answers = await Promise.all([
    ...PATHS.map(path => send('GET', path, {Authorization: `Bearer ${token}`})),
    send('GET', '/%ff', {}),
    send('OPTIONS', '/inquiries', {}),
    rest.post('/inquiries', givenSubmission()),
    rest.post('/inquiries', {}),
  ]);
  for (const {headers, url} of answers) {
    const seen = (name: string) => headers.get(name);
    expect([url, seen('x-powered-by'), seen('server')]).toEqual([url, null, null]);
    expect([url, seen('x-content-type-options')]).toEqual([url, 'nosniff']);
    expect([url, seen('content-security-policy')]).toEqual([url, "default-src 'none';frame-ancestors 'none'"]);
    expect(seen('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(seen('referrer-policy')).toBe('no-referrer');
    expect(seen('x-frame-options')).toBe('SAMEORIGIN');
    expect(seen('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('what a token opened is not kept by caches', async () => {
  const answer = await rest.get('/inquiries', await issuer.sign());
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

describe('the log', () => {
  const personal = {
    name: 'zqName7',
    email: 'zqmail7@example.org',
    phone: 'zqPhone7',
    company: 'zqCompany7',
    subject: 'zqSubject7',
    message: 'zqMessage7',
    metadata: {note: 'zqMeta7'},
    sourceUrl: 'https://example.org/zqUrl7',
  };

  async function sendEverything(to: TestRest): Promise<string> {
    const token = await issuer.sign();
    const headers = {'Idempotency-Key': 'zqKey7zqKey7'};
    const consent = {consentVersion: 'zqConsent7', consentTextSha256: 'd'.repeat(64)};
    await to.post('/inquiries', givenSubmission(personal), headers);
    await to.post('/inquiries', givenSubmission({...personal, name: 'zqOther7'}), headers);
    await to.post('/inquiries', {...personal, topic: 'zqTopic7', email: 'zqBad7', zqField7: 1});
    await to.post('/subscriptions', {email: personal.email, ...consent});
    await to.get('/inquiries?assignee=zqQuery7&zqQuery7=1', token);
    await to.get('/inquiries?assignee=zqQuery7', token);
    await to.get('/inquiries/zqPath7', `${token}zqToken7`);
    await to.get('/zqPath7/%ff?zqQuery7');
    await fetch(`${to.url}/inquiries`, {
      method: 'POST',
      body: `{"zqRaw7`,
      headers: {'Content-Type': 'application/json'},
    });
    await new Promise(resolve => {
      const socket = connect(Number(new URL(to.url).port), '127.0.0.1');
      socket.once('close', resolve).resume();
      socket.end('POST /inquiries HTTP/1.1\r\nHost: zqHost7\r\nContent-Length: 99\r\n\r\n{"zqRaw7');
    });
    return token;
  }

  function expectNothingPersonal(of: TestRest, token: string): void {
    const text = of.text();
    expect(text).not.toMatch(/zq\w+7/i);
    expect(text).not.toContain(token.split('.')[2]);
    expect(text).not.toContain('ada@example.org');
  }

  test('of good and bad requests has no personal data and no error', async () => {
    rest.lines.splice(0); // what tests above logged about origins
    const token = await sendEverything(rest);
    expectNothingPersonal(rest, token);
    expect(rest.lines.filter(({level}) => level === 'error' || level === 'warn')).toEqual([]);
  });

  test('of requests that fail in PostgreSQL has the reason and no personal data', async () => {
    const broken = await givenDatabase();
    const failing = await givenRest({databaseUrl: broken.url, issuer});
    await broken.query(
      `CREATE FUNCTION tell_everything() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION USING MESSAGE = 'no ' || NEW.name, DETAIL = NEW.email, HINT = NEW.message,
                               ERRCODE = '23514', CONSTRAINT = 'inquiry_never_check';
       END $$;
       CREATE TRIGGER tell_everything BEFORE INSERT ON inquiry FOR EACH ROW EXECUTE FUNCTION tell_everything();
       ALTER TABLE subscription DROP COLUMN consent_version;`,
    );
    const token = await sendEverything(failing);
    expectNothingPersonal(failing, token);
    const errors = failing.lines.filter(({msg}) => msg === 'request.failed');
    expect(errors.length).toBeGreaterThanOrEqual(2);
    expect(errors[0]).toMatchObject({reason: '23514', err: {code: '23514', constraint: 'inquiry_never_check'}});
    expect(errors[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('of requests while PostgreSQL is away has a warning and no personal data', async () => {
    const failing = await givenRest({databaseUrl: 'postgres://zqUser7:zqSecret7@127.0.0.1:1/zqName7', issuer});
    const token = await sendEverything(failing);
    expectNothingPersonal(failing, token);
    expect(failing.lines.some(({msg}) => msg === 'request.unavailable')).toBe(true);
  });
});
