// The built back office on a plain web server, with a REST process and a token of the test's choice. There is no gateway,
// so its list polls.
import type {Browser, BrowserContext, BrowserContextOptions, Page} from 'playwright-core';
import type {BackOffice} from './back-office';
import {givenDatabase} from './database';
import {givenRest, type TestRest} from './rest';
import {givenStaticSite} from './static-site';
import {givenTokenIssuer, type TokenIssuer} from './tokens';

const NO_GATEWAY = 'http://127.0.0.1:9';
const ALL_SCOPES =
  'inquiries:read inquiries:triage inquiries:export inquiries:observe subscriptions:read subscriptions:write subscriptions:export';

export interface StaticBackOffice {
  page: string;
  rest: TestRest;
  issuer: TokenIssuer;
  /** A token that may do everything here. */
  token: string;
  /** What the page is given from now on: config.json without the fields that are the same for all. */
  configure: (fields?: Record<string, unknown>) => void;
}

export async function givenStaticBackOffice(): Promise<StaticBackOffice> {
  const [site, issuer, database] = await Promise.all([givenStaticSite(), givenTokenIssuer(), givenDatabase()]);
  const {origin} = new URL(site.page);
  const rest = await givenRest({databaseUrl: database.url, issuer, env: {ALLOWED_ORIGINS: origin}});
  const token = await issuer.sign({scope: ALL_SCOPES});
  const configure = (fields: Record<string, unknown> = {}) => {
    const all = {
      restUrl: rest.url,
      gatewayUrl: NO_GATEWAY,
      topics: ['general', 'sales', 'press'],
      developmentToken: token,
      ...fields,
    };
    const restOrigin = URL.canParse(all.restUrl) ? new URL(all.restUrl).origin : rest.url;
    site.configure(all, {
      'https://rest.example.org': restOrigin,
      'https://gateway.example.org': NO_GATEWAY,
      'wss://gateway.example.org': NO_GATEWAY.replace('http', 'ws'),
    });
  };
  configure();
  return {page: site.page, rest, issuer, token, configure};
}

/** Opens it and waits until its list polls. */
export async function openStaticBackOffice(
  browser: Browser | BrowserContext,
  {page: address}: Pick<StaticBackOffice, 'page'>,
  {route = '/', ...options}: BrowserContextOptions & {route?: string} = {},
): Promise<BackOffice> {
  const page = await newPage(browser, {reducedMotion: 'reduce', locale: 'en-GB', ...options});
  const complaints: string[] = [];
  page.on('console', message => {
    const isOfGateway = message.text().startsWith('WebSocket connection to'); // there is none
    if (message.type() === 'error' && !isOfGateway) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(`${address}#${route}`);
  await page.locator('#connection[data-state=polling]').waitFor();
  await page.locator('h1').waitFor();
  return {page, complaints};
}

async function newPage(browser: Browser | BrowserContext, options: BrowserContextOptions): Promise<Page> {
  return 'newContext' in browser ? (await browser.newContext(options)).newPage() : browser.newPage();
}

/** Submits an inquiry as the public does; resolves to its id. */
export async function submitTo({rest}: Pick<StaticBackOffice, 'rest'>, fields: object): Promise<string> {
  const response = await rest.post('/inquiries', fields);
  if (response.status !== 201) throw new Error(`the inquiry was answered with ${response.status}`);
  return ((await response.json()) as {id: string}).id;
}
