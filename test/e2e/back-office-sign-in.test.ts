// Signing in with OpenID Connect, against a real provider, from static files under the documented policy.
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenDatabase} from '../helpers/database';
import {givenOidcIssuer, type OidcIssuer} from '../helpers/oidc-issuer';
import {givenSubmission} from '../helpers/inquiries';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenStaticSite, type StaticSite} from '../helpers/static-site';
import {givenTokenIssuer} from '../helpers/tokens';
import {eventually} from '../helpers/eventually';

const AUDIENCE = 'https://outreach.test';
const SCOPE = 'inquiries:read inquiries:triage inquiries:export inquiries:observe subscriptions:read';
const ACCESS_TOKEN_SECONDS = 33; // the back office renews 30 s before the end

let browser: Browser;
let site: StaticSite;
let issuer: OidcIssuer;
let rest: TestRest;

beforeAll(async () => {
  [browser, site] = await Promise.all([givenBrowser(), givenStaticSite()]);
  const {page} = site;
  issuer = await givenOidcIssuer({page, audience: AUDIENCE, scope: SCOPE, accessTokenSeconds: ACCESS_TOKEN_SECONDS});
  const {origin} = new URL(page);
  rest = await givenRest({
    databaseUrl: (await givenDatabase()).url,
    issuer: await givenTokenIssuer(),
    env: {
      AUTH_ISSUER: issuer.url,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_JWKS: '',
      AUTH_JWKS_URL: `${issuer.url}/jwks`,
      ALLOWED_ORIGINS: origin,
    },
  });
  configure(rest.url);
}, 60_000);

/** Has the page use this REST service, under the documented policy. */
function configure(restUrl: string): void {
  const gatewayUrl = 'http://127.0.0.1:9'; // nobody there: the list polls
  site.configure(
    {
      restUrl,
      gatewayUrl,
      topics: ['general', 'sales'],
      oidc: {
        authority: issuer.url,
        clientId: 'back-office',
        scope: `openid profile offline_access ${SCOPE}`,
        resource: AUDIENCE,
      },
    },
    {
      'https://rest.example.org': restUrl,
      'https://gateway.example.org': gatewayUrl,
      'wss://gateway.example.org': gatewayUrl.replace('http', 'ws'),
      'https://issuer.example.org': issuer.url,
    },
  );
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.locator('[name=login]').fill(name);
  await page.locator('[name=password]').fill('any');
  await page.getByRole('button', {name: 'Sign-in'}).click();
  await page.getByRole('button', {name: 'Continue'}).click();
}

test('who is not signed in goes to the issuer with PKCE, and comes back to where they wanted to be', async () => {
  const answer = await rest.post('/inquiries', givenSubmission({name: 'Wanted'}));
  const {id} = (await answer.json()) as {id: string};
  const page = await browser.newPage();
  const addresses: string[] = [];
  page.on('request', request => addresses.push(request.url()));
  page.on('framenavigated', frame => addresses.push(frame.url()));
  const refused: string[] = [];
  page.on('console', message => /Content Security Policy/.test(message.text()) && refused.push(message.text()));

  await page.goto(`${site.page}#/inquiries/${id}/show`);
  await page.locator('[name=login]').waitFor();
  const query = new URL(addresses.find(url => url.startsWith(`${issuer.url}/auth?`)) ?? '').searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: site.page,
  });
  expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/);

  await signIn(page, 'grace');
  await page.getByRole('heading', {level: 1, name: 'Wanted'}).waitFor();
  await page.getByText('The grace').waitFor();
  expect(page.url()).toBe(`${site.page}#/inquiries/${id}/show`); // no code, no state
  const stored = await page.evaluate<string>('JSON.stringify(localStorage) + JSON.stringify(sessionStorage)');
  expect(stored).not.toMatch(/eyJ|verifier/);
  expect(addresses.filter(url => url.includes('eyJ'))).toEqual([]);
  expect(refused).toEqual([]);

  // The access token is good for three seconds of use: the next reads take the refresh token.
  await eventually(async () => {
    await page.getByRole('link', {name: 'Inquiries'}).click();
    await page.getByRole('link', {name: 'Wanted'}).click();
    await page.getByRole('heading', {level: 1, name: 'Wanted'}).waitFor();
    expect(issuer.grants).toContain('refresh_token');
  });

  await page.getByRole('button', {name: 'Sign out'}).click();
  await page.getByRole('button', {name: 'Yes, sign me out'}).click();
  await page.getByText('You are signed out.').waitFor();
  expect(addresses.filter(url => url.includes('eyJ'))).toEqual([]);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.locator('[name=login]').waitFor();
  await page.close();
});

test('a network that is away while the token is renewed costs no sign-in: the page goes on by itself', async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await page.goto(site.page);
  await signIn(page, 'grace');
  const indicator = page.locator('#connection');
  await page.locator('#connection[data-state=polling]').waitFor(); // there is no gateway here
  const before = issuer.grants.length;
  let isAway = true;
  await page.route(`${issuer.url}/token`, route => (isAway ? route.abort('internetdisconnected') : route.continue()));
  await page.clock.fastForward((ACCESS_TOKEN_SECONDS + 1) * 1000); // a laptop wakes up
  await page.locator('#connection[data-state=offline]').waitFor();
  expect(await indicator.innerText()).toMatch(/^The sign-in service cannot be reached\./);
  await page.getByRole('link', {name: 'Subscriptions'}).click();
  const failed = page
    .getByRole('alert')
    .getByText('The list could not be read: The sign-in service cannot be reached.');
  await failed.waitFor();
  expect(await page.getByText('Your sign-in has ended.').count()).toBe(0);
  isAway = false;
  await page.locator('#connection[data-state=polling]').waitFor();
  await failed.waitFor({state: 'detached'});
  expect(issuer.grants.slice(before)).toContain('refresh_token');
  await page.close();
}, 60_000);

test('a sign-in that the issuer has ended is said, and nothing is sent in place of a token', async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await page.goto(site.page);
  await signIn(page, 'grace');
  await page.locator('#connection[data-state=polling]').waitFor();
  await page.route(`${issuer.url}/token`, route =>
    route.fulfill({
      status: 400,
      contentType: 'application/json',
      headers: {'Access-Control-Allow-Origin': '*'},
      body: JSON.stringify({error: 'invalid_grant'}),
    }),
  );
  await page.clock.fastForward((ACCESS_TOKEN_SECONDS + 1) * 1000);
  await page.getByRole('alert').getByText('Your sign-in has ended.').waitFor();
  await page.getByRole('button', {name: 'Export CSV'}).click();
  const [request] = await Promise.all([
    page.waitForRequest(/export\.csv/),
    page.getByRole('button', {name: 'Export', exact: true}).click(),
  ]);
  expect(await request.headerValue('Authorization')).toBeNull();
  await page.close();
}, 60_000);

describe('a sign-in that does not work is said in words, and can be done again', () => {
  /** What the page says: what happened, what to do, and the button. */
  async function says(page: Page, text: string, advice: string, button: string): Promise<void> {
    await page.getByRole('alert').getByText(text).waitFor();
    await page.getByText(advice).waitFor();
    expect(await page.getByRole('button').allInnerTexts()).toEqual([button]);
  }

  test.each([
    ['en-GB', 'en', 'The sign-in service did not let you in.', 'ask whoever runs it to let yours in', 'Sign in again'],
    ['de-DE', 'de', 'Der Anmeldedienst hat Sie nicht eingelassen.', 'bitten Sie die Betreiber darum', 'Neu anmelden'],
  ])('%s: nobody was let in, and the place where they wanted to be is kept', async (locale, lang, ...words) => {
    const page = await browser.newPage({locale});
    await page.goto(`${site.page}#/statistics`);
    await page.getByRole('link', {name: 'Cancel'}).click();
    await says(page, ...words); // the rest of a row
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    expect(page.url()).toBe(`${site.page}#/statistics`); // neither error nor state
    await page.getByRole('button').click();
    await signIn(page, 'grace');
    await page.locator('#connection').waitFor();
    expect(page.url()).toBe(`${site.page}#/statistics`);
    await page.close();
  });

  test.each([
    ['en-GB', 'This sign-in does not count any more', 'Sign in again in this window.', 'Sign in again'],
    ['de-DE', 'Diese Anmeldung gilt nicht mehr', 'Melden Sie sich in diesem Fenster neu an.', 'Neu anmelden'],
  ])('%s: the answer belongs to no sign-in of this browser', async (locale, ...words) => {
    const page = await browser.newPage({locale});
    // Whatever such an address says, it may be anybody's text: none of it is shown.
    await page.goto(`${site.page}?error=call_0900&error_description=Call+0900&state=unknown`);
    await says(page, ...words); // the rest of a row
    expect(await page.locator('body').innerText()).not.toMatch(/0900|state|unknown/i);
    expect(page.url()).toBe(site.page);
    await page.getByRole('button').click();
    await page.locator('[name=login]').waitFor();
    await page.close();
  });

  test.each([
    ['en-GB', 'The sign-in service cannot be reached.', 'Check whether you are online', 'Sign in again'],
    ['de-DE', 'Der Anmeldedienst ist nicht zu erreichen.', 'Prüfen Sie, ob Sie online sind', 'Neu anmelden'],
  ])('%s: the issuer is away, and then is there again', async (locale, ...words) => {
    const page = await browser.newPage({locale});
    await page.route(`${issuer.url}/**`, route => route.abort('connectionrefused'));
    await page.goto(site.page);
    await says(page, ...words); // the rest of a row
    await page.getByRole('button').click();
    await says(page, ...words);
    await page.unroute(`${issuer.url}/**`);
    await page.getByRole('button').click();
    await page.locator('[name=login]').waitFor();
    await page.close();
  });

  test('the issuer goes away half way', async () => {
    const page = await browser.newPage();
    await page.goto(site.page);
    await page.route(`${issuer.url}/token`, route => route.abort('connectionrefused'));
    await signIn(page, 'grace');
    await says(page, 'The sign-in service cannot be reached.', 'Check whether you are online', 'Sign in again');
    await page.close();
  });

  test.each([true, false])(
    'the service refuses the token (refresh tokens: %s): it is said, and the issuer is asked once',
    async refreshes => {
      const {origin} = new URL(site.page);
      const other = await givenRest({
        databaseUrl: (await givenDatabase()).url,
        issuer: await givenTokenIssuer(),
        env: {
          AUTH_ISSUER: issuer.url,
          AUTH_AUDIENCE: 'https://another.test',
          AUTH_JWKS: '',
          AUTH_JWKS_URL: `${issuer.url}/jwks`,
          ALLOWED_ORIGINS: origin,
        },
      });
      configure(other.url);
      issuer.givesRefreshTokens = refreshes;
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on('request', request => request.url().startsWith(`${issuer.url}/auth?`) && asked.push(request.url()));
      await page.goto(site.page);
      await signIn(page, 'grace');
      const notice = page.getByRole('alert').filter({hasText: 'Your sign-in has ended.'});
      await notice.waitFor();
      await page.locator('#connection').getByText('Signed out').waitFor();
      for (const name of ['Subscriptions', 'Statistics', 'Inquiries']) {
        const refused = page.waitForResponse(response => response.status() === 401);
        await page.getByRole('link', {name}).click();
        await refused;
        await notice.waitFor();
      }
      expect(asked).toHaveLength(1);
      await notice.getByRole('button', {name: 'Sign in again'}).click();
      await page.locator('[name=login]').waitFor(); // asked who it is, though the issuer knows: it may be another account
      expect(asked).toHaveLength(2);
      await page.close();
      configure(rest.url);
      issuer.givesRefreshTokens = true;
    },
  );
});
