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
const SCOPE = 'inquiries:read inquiries:triage inquiries:observe';
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
  const gatewayUrl = 'http://127.0.0.1:9'; // nobody there: the list polls
  site.configure(
    {
      restUrl: rest.url,
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
      'https://rest.example.org': rest.url,
      'https://gateway.example.org': gatewayUrl,
      'wss://gateway.example.org': gatewayUrl.replace('http', 'ws'),
      'https://issuer.example.org': issuer.url,
    },
  );
}, 60_000);

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

test('a sign-in that the issuer refuses is said, and can be tried again', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.page}?error=access_denied&state=unknown`);
  await page.getByText('The back office could not start').waitFor();
  await page.getByRole('button', {name: 'Try again'}).click();
  await page.locator('[name=login]').waitFor();
  await page.close();
});
