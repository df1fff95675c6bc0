// The script for forms, in a real browser, on pages of another origin and under the policy of docs/public-site.md: what the
// visitor sees, what is sent, and what is stored.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import type {Browser, Page, Request} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenStack, givenStackDirectory, type RunningStack} from '../helpers/development-stack';
import {eventually} from '../helpers/eventually';
import {givenSite, loseNextAnswer, type Site} from '../helpers/public-site';

const ROOT = path.resolve(__dirname, '../..');
const EMBED = readFileSync(path.join(ROOT, 'packages/client/dist/embed.js'), 'utf8');
const FORM_MODULE = readFileSync(path.join(ROOT, 'packages/client/dist/form.mjs'), 'utf8');
const POLICY = /^Content-Security-Policy: (.*)$/m.exec(
  readFileSync(path.join(ROOT, 'docs/public-site.md'), 'utf8'),
)?.[1];

let site: Site;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  site = await givenSite();
  const env = {ALLOWED_ORIGINS: site.origin};
  [stack, browser] = await Promise.all([givenStack(await givenStackDirectory(), env), givenBrowser()]);
  const script = (content: string) => ({type: 'text/javascript', content});
  site.files.set('/embed.js', script(EMBED));
  site.files.set('/form.mjs', script(FORM_MODULE));
}, 120_000);

const FIELDS = `
  <input type="hidden" name="topic" value="sales">
  <p><label>Name <input name="name" required></label></p>
  <p><label for="email">E-mail</label> <input id="email" name="email" type="email" aria-describedby="hint" required></p>
  <p id="hint">We answer there.</p>
  <p><label>Message <textarea name="message"></textarea></label></p>
  <fieldset><legend>Interests</legend>
    <label><input type="checkbox" name="interests[]" value="engines"> Engines</label>
    <label><input type="checkbox" name="interests[]" value="looms"> Looms</label>
  </fieldset>
  <button>Send</button>`;

/** Each way of taking a form over, as the body of a page. */
const WAYS: Record<string, () => string> = {
  'the attribute data-outreach': () => `<form data-outreach="${stack.restUrl}">${FIELDS}</form>`,
  'the element outreach-form': () =>
    `<outreach-form rest-url="${stack.restUrl}"><form>${FIELDS}</form></outreach-form>`,
  attachForm: () => `<form>${FIELDS}</form><script type="module" src="/attach.js"></script>`,
};

/** A page with this body, whose log keeps what the browser refused and the events of its forms. */
async function openPage(body: string): Promise<Page> {
  if (POLICY === undefined) throw new Error('docs/public-site.md has no policy');
  const policy = POLICY.replaceAll('https://api.example.org', stack.restUrl);
  site.files.set('/attach.js', {
    type: 'text/javascript',
    content: `import {attachForm} from '/form.mjs';
      attachForm(document.querySelector('form'), {restUrl: '${stack.restUrl}/'});`,
  });
  site.files.set('/log.js', {
    type: 'text/javascript',
    content: `window.log = [];
      document.addEventListener('securitypolicyviolation', event => log.push(event.violatedDirective + ' ' + event.blockedURI));
      for (const name of ['submit', 'waiting', 'success', 'error']) {
        document.addEventListener('outreach:' + name, ({detail}) => log.push([name, detail]));
      }`,
  });
  site.files.set('/', {
    type: 'text/html',
    headers: {'Content-Security-Policy': policy},
    content: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact</title>
      <script src="/log.js"></script><script src="/embed.js" defer></script>${body}</html>`,
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.origin}/`);
  return page;
}

const logOf = (page: Page) => page.evaluate<unknown[]>('window.log');
const send = (page: Page) => page.getByRole('button', {name: 'Send'}).click();
const status = (page: Page) => page.getByRole('status');
const said = (page: Page, state: string) => page.locator(`[role=status][data-state=${state}]`).waitFor();

async function fillIn(page: Page, {name, email = 'ada@example.org'}: {name: string; email?: string}): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Message').fill('What would ten of them cost?');
}

interface Stored {
  id: string;
  topic: string;
  metadata: unknown;
  status: string;
  spamReasons: string[];
}
async function stored(name: string): Promise<Stored[]> {
  const response = await fetch(`${stack.restUrl}/inquiries?q=${encodeURIComponent(name)}`, {
    headers: {Authorization: `Bearer ${stack.token}`},
  });
  return (await response.json()) as Stored[];
}

/** The submissions that the page sends from now on. */
function givenPosts(page: Page): Request[] {
  const posts: Request[] = [];
  page.on('request', request => {
    if (request.method() === 'POST') posts.push(request);
  });
  return posts;
}

const answerOnce = (page: Page, answer: {status: number; headers?: Record<string, string>}) =>
  page.route(
    `${stack.restUrl}/inquiries`,
    route =>
      route.fulfill({
        ...answer,
        headers: {
          'Access-Control-Allow-Origin': site.origin,
          'Access-Control-Expose-Headers': 'Retry-After',
          ...answer.headers,
        },
      }),
    {times: 1},
  );

describe.each(Object.entries(WAYS))('a form with %s', (way, form) => {
  test('is sent without leaving the page, with what it holds, and against no policy', async () => {
    const page = await openPage(form());
    const name = `Embedded ${way}`;
    await fillIn(page, {name});
    for (const box of ['Engines', 'Looms']) await page.getByLabel(box).check();
    await send(page);
    await said(page, 'success');
    const [inquiry, ...others] = await stored(name);
    expect([inquiry?.topic, inquiry?.metadata, others]).toEqual(['sales', {interests: ['engines', 'looms']}, []]);
    expect(await status(page).innerText()).toBe(`Thank you, your message has arrived. Reference: ${inquiry?.id}`);
    expect(await page.getByLabel('Name').inputValue()).toBe('');
    const log = await logOf(page);
    expect(log).toEqual([
      ['submit', {body: expect.objectContaining({name}) as unknown}],
      ['success', expect.objectContaining({id: inquiry?.id}) as unknown],
    ]);
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });

  test('says what the service refuses at its field, which has the focus, and sends it once it is right', async () => {
    const page = await openPage(form());
    const name = `Corrected ${way}`;
    await fillIn(page, {name, email: 'ada@localhost'}); // browsers let it through
    await send(page);
    await said(page, 'invalid');
    const email = page.getByLabel('E-mail');
    expect(await page.evaluate('document.activeElement.name')).toBe('email');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(1);
    const described = ((await email.getAttribute('aria-describedby')) ?? '').split(' ');
    expect(described[0]).toBe('hint');
    expect(await page.locator(`#${described[1]}`).innerText()).toBe('Must be an e-mail address.');
    expect(await page.getByLabel('Message').inputValue()).toBe('What would ten of them cost?');
    await email.fill('ada@example.org');
    await send(page);
    await said(page, 'success');
    expect([await email.getAttribute('aria-invalid'), await email.getAttribute('aria-describedby')]).toEqual([
      null,
      'hint',
    ]);
    expect(await page.locator('.outreach-error').count()).toBe(0);
    expect(await stored(name)).toHaveLength(1);
    await page.context().close();
  });
});

describe('sending', () => {
  const attribute = () => openPage(`<form data-outreach="${stack.restUrl}">${FIELDS}</form>`);

  test('takes a double click as one', async () => {
    const page = await attribute();
    const posts = givenPosts(page);
    let answer = () => {};
    const isClicked = new Promise<void>(resolve => (answer = resolve)); // the first is on its way until then
    await page.route(`${stack.restUrl}/inquiries`, async route => {
      await isClicked;
      await route.continue();
    });
    await fillIn(page, {name: 'Doubled'});
    await page.getByRole('button', {name: 'Send'}).dblclick();
    answer();
    await said(page, 'success');
    expect(posts).toHaveLength(1);
    expect(await stored('Doubled')).toHaveLength(1);
    await page.context().close();
  });

  test('waits while the browser is offline, and goes on by itself', async () => {
    const page = await attribute();
    await fillIn(page, {name: 'Offline'});
    await page.context().setOffline(true);
    await send(page);
    await said(page, 'offline');
    await page.getByLabel('Name').press('Enter'); // does nothing
    expect(await stored('Offline')).toEqual([]);
    await page.context().setOffline(false);
    await said(page, 'success');
    expect(await stored('Offline')).toHaveLength(1);
    expect(await logOf(page)).toEqual([
      ['submit', expect.anything()],
      ['waiting', {reason: 'offline'}],
      ['success', expect.anything()],
    ]);
    await page.context().close();
  });

  test('leaves what was typed meanwhile, which was not sent', async () => {
    const page = await attribute();
    await fillIn(page, {name: 'Typed on'});
    await page.context().setOffline(true);
    await send(page);
    await said(page, 'offline');
    await page.getByLabel('Message').fill('And twenty?');
    await page.context().setOffline(false);
    await said(page, 'success');
    expect(await page.getByLabel('Message').inputValue()).toBe('And twenty?');
    await page.context().close();
  });

  test.each([429, 503])('tries again after %s, and not before Retry-After', async code => {
    const page = await attribute();
    const posts = givenPosts(page);
    await answerOnce(page, {status: code, headers: {'Retry-After': '2'}});
    await fillIn(page, {name: `Busy ${code}`});
    const startedAt = performance.now();
    await send(page);
    await said(page, 'retrying');
    await said(page, 'success');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2000);
    expect(posts).toHaveLength(2);
    expect(await stored(`Busy ${code}`)).toHaveLength(1);
    await page.context().close();
  });

  test('stores it once when the first answer is lost', async () => {
    const page = await attribute();
    const posts = givenPosts(page);
    await loseNextAnswer(page, stack.restUrl);
    await fillIn(page, {name: 'Lost answer'});
    await send(page);
    await said(page, 'success');
    const keys = posts.map(request => request.headers()['idempotency-key']);
    expect([keys.length, new Set(keys).size, keys[0]]).toEqual([2, 1, expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(await stored('Lost answer')).toHaveLength(1);
    await page.context().close();
  });

  test('does not wait for long without the visitor, whose text and key stay', async () => {
    const page = await attribute();
    const posts = givenPosts(page);
    await answerOnce(page, {status: 503, headers: {'Retry-After': '3600'}});
    await fillIn(page, {name: 'Later'});
    await send(page);
    await said(page, 'unavailable');
    expect(await page.getByLabel('Name').inputValue()).toBe('Later');
    await send(page);
    await said(page, 'success');
    expect(new Set(posts.map(request => request.headers()['idempotency-key'])).size).toBe(1);
    await page.context().close();
  });
});

describe('a site’s own script', () => {
  const withScript = async (content: string, fields = FIELDS) => {
    site.files.set('/own.js', {type: 'text/javascript', content});
    return openPage(`<form data-outreach="${stack.restUrl}">${fields}</form><script src="/own.js"></script>`);
  };

  test('changes what is sent, by outreach:submit', async () => {
    const page = await withScript(
      `document.addEventListener('outreach:submit', ({detail}) => { detail.body.company = 'Example Ltd'; });`,
    );
    const posts = givenPosts(page);
    await fillIn(page, {name: 'Changed'});
    await send(page);
    await said(page, 'success');
    expect(posts.map(request => (request.postDataJSON() as {company: string}).company)).toEqual(['Example Ltd']);
    await page.context().close();
  });

  test('stops it there, and shows errors itself, by preventing the events', async () => {
    const page = await withScript(`let clicks = 0;
      document.addEventListener('outreach:submit', event => { if (clicks++ === 0) event.preventDefault(); });
      document.addEventListener('outreach:error', event => {
        event.preventDefault();
        document.title = event.detail.errors.map(({pointer}) => pointer).join();
      });`);
    const posts = givenPosts(page);
    await fillIn(page, {name: 'Stopped', email: 'ada@localhost'});
    await send(page);
    await send(page);
    await eventually(async () => expect(await page.title()).toBe('/email'));
    expect(posts).toHaveLength(1);
    expect(await page.locator('[aria-invalid=true]').count()).toBe(0);
    await page.context().close();
  });

  test('says a mistake of the form in the status, and where there is a place for an error, there', async () => {
    const place = '<p data-outreach-error="email"></p>';
    const page = await withScript(
      '',
      `${place}<input type="hidden" name="privacyNoticeVersion" value="${'x'.repeat(65)}">${FIELDS}`,
    );
    await fillIn(page, {name: 'Misplaced', email: 'ada@localhost'});
    await send(page);
    await said(page, 'refused');
    expect(await status(page).innerText()).toMatch(
      /^Your message was not accepted\. privacyNoticeVersion must be .*\.$/,
    );
    expect(await page.locator('[data-outreach-error=email]').innerText()).toBe('Must be an e-mail address.');
    await page.context().close();
  });

  test('puts a form into the element later, and another in its place', async () => {
    const page = await openPage(`<outreach-form rest-url="${stack.restUrl}"></outreach-form>`);
    const put = (html: string) =>
      page.locator('outreach-form').evaluate((element, text) => {
        (element as unknown as {innerHTML: string}).innerHTML = text; // this project's types have no DOM
      }, html);
    for (const name of ['Inserted', 'Replaced']) {
      await put(`<form>${FIELDS}</form>`);
      await fillIn(page, {name});
      await send(page);
      await said(page, 'success');
      expect(await stored(name)).toHaveLength(1);
    }
    await page.context().close();
  });
});

test('a honeypot that was filled in is sent, and no other field with such a name', async () => {
  const hidden = '<input name="_remarks" hidden><input type="hidden" name="_next" value="https://www.example.org">';
  const page = await openPage(`<form data-outreach="${stack.restUrl}">${hidden}${FIELDS}</form>`);
  const posts = givenPosts(page);
  await fillIn(page, {name: 'Trapped'});
  await send(page);
  await said(page, 'success');
  await page.locator('[name=_remarks]').evaluate(field => {
    (field as unknown as {value: string}).value = 'https://spam.example'; // this project's types have no DOM
  });
  await fillIn(page, {name: 'Trapped too'});
  await send(page);
  await eventually(() => expect(posts).toHaveLength(2));
  expect(
    posts.map(request => Object.keys(request.postDataJSON() as object).filter(name => name.startsWith('_'))),
  ).toEqual([['_token'], ['_remarks', '_token']]);
  await page.context().close();
});

test('the response of a captcha is sent beside the fields, and what else its widget adds is not', async () => {
  const captcha = ['cf-turnstile-response', 'g-recaptcha-response', 'frc-captcha-solution', 'h-captcha-response']
    .map((name, index) => `<input type="hidden" name="${name}" value="${index < 3 ? 'solved' : ''}">`)
    .join('');
  const page = await openPage(`<form data-outreach="${stack.restUrl}">${captcha}${FIELDS}</form>`);
  const posts = givenPosts(page);
  await fillIn(page, {name: 'Solver'});
  await send(page);
  await said(page, 'success'); // the service has no provider, and takes it all the same
  expect(posts.map(request => request.postDataJSON() as unknown)).toEqual([
    expect.objectContaining({'cf-turnstile-response': 'solved', name: 'Solver'}),
  ]);
  const [body] = posts.map(request => request.postData());
  expect(body).not.toMatch(/recaptcha|frc|h-captcha/);
  await page.context().close();
});

describe('the form token', () => {
  const open = () => openPage(`<form data-outreach="${stack.restUrl}">${FIELDS}</form>`);
  const tokensOf = (posts: Request[]) => posts.map(request => (request.postDataJSON() as {_token?: string})._token);

  test('is asked for when the visitor begins, is sent once it is old enough, and is another for the next', async () => {
    const page = await open();
    const asked: string[] = [];
    page.on('request', request => {
      if (request.url() === `${stack.restUrl}/form-token`) asked.push(request.method());
    });
    const posts = givenPosts(page);
    for (const name of ['Tokened', 'Once more']) {
      await fillIn(page, {name}); // at once, as a password manager does
      await send(page);
      await said(page, 'success');
      const [inquiry] = await stored(name);
      expect(inquiry).toMatchObject({status: 'new', spamReasons: []});
      await page.getByLabel('Name').focus();
      await page.getByLabel('Message').focus();
    }
    const [one, other] = tokensOf(posts);
    expect([one, other]).toEqual([expect.stringMatching(/^[\w-]{46}$/), expect.stringMatching(/^[\w-]{46}$/)]);
    expect(one).not.toBe(other);
    expect(asked.filter(method => method === 'GET').length).toBeGreaterThanOrEqual(2);
    await page.context().close();
  });

  test('is another one for another text, where the answer to the first was lost', async () => {
    const page = await open();
    const posts = givenPosts(page);
    await page.route(
      `${stack.restUrl}/inquiries`,
      async route => {
        await route.fetch(); // it is stored
        const headers = {
          'Access-Control-Allow-Origin': site.origin,
          'Access-Control-Expose-Headers': 'Retry-After',
          'Retry-After': '3600',
        };
        await route.fulfill({status: 503, headers});
      },
      {times: 1},
    );
    await fillIn(page, {name: 'Reworded'});
    await send(page);
    await said(page, 'unavailable');
    await page.getByLabel('Message').fill('What would twenty of them cost?');
    await send(page);
    await said(page, 'success');
    expect(new Set(tokensOf(posts)).size).toBe(2);
    expect((await stored('Reworded')).map(({status: state}) => state)).toEqual(['new', 'new']);
    await page.context().close();
  });

  test.each([404, 503])('is left out where there is none: %s', async code => {
    const page = await open();
    const posts = givenPosts(page);
    const headers = {'Access-Control-Allow-Origin': site.origin};
    await page.route(`${stack.restUrl}/form-token`, route => route.fulfill({status: code, headers}));
    await fillIn(page, {name: `Tokenless ${code}`});
    await send(page);
    await said(page, 'success');
    expect(tokensOf(posts)).toEqual([undefined]);
    await page.context().close();
  });
});

test('a newsletter form posts where its action leads', async () => {
  const hash = 'a'.repeat(64);
  const page =
    await openPage(`<form data-outreach="${stack.restUrl}" action="${stack.restUrl}/subscriptions" method="post">
    <label>E-mail <input name="email" type="email"></label>
    <input type="hidden" name="consentVersion" value="2026-11">
    <input type="hidden" name="consentTextSha256" value="${hash}"><button>Send</button></form>`);
  const posts = givenPosts(page);
  await page.getByLabel('E-mail').fill('ada@example.org');
  await send(page);
  await said(page, 'success');
  expect(posts.map(request => [request.url(), request.postDataJSON() as unknown])).toEqual([
    [`${stack.restUrl}/subscriptions`, {email: 'ada@example.org', consentVersion: '2026-11', consentTextSha256: hash}],
  ]);
  await page.context().close();
});

test('npm start serves the script, which takes less than 6 KB gzipped', async () => {
  const response = await fetch(`${stack.webUrl}/embed.js`);
  expect([response.headers.get('content-type'), await response.text()]).toEqual([
    'text/javascript; charset=utf-8',
    EMBED,
  ]);
  expect(gzipSync(EMBED).length).toBeLessThan(6000);
});
