// The back office in a real browser, on a stack that runs, with all that the browser complained about.
import {decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT} from 'jose';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import {givenSubmission} from './inquiries';
import type {RunningStack} from './development-stack';

export interface BackOffice {
  page: Page;
  /** Errors of the console, such as a breach of the Content-Security-Policy, and uncaught exceptions. */
  complaints: string[];
}

export interface BackOfficeOptions extends BrowserContextOptions {
  /** After the `#`. */
  route?: string;
  /** Of another person than the one that the stack signs in. */
  token?: string;
}

/** Opens it and waits until it is live, so that nothing that comes from now on is part of the first list. */
export async function openBackOffice(
  browser: Browser,
  {webUrl}: Pick<RunningStack, 'webUrl'>,
  {route = '/inquiries', token, ...options}: BackOfficeOptions = {},
): Promise<BackOffice> {
  const context = await browser.newContext({reducedMotion: 'reduce', locale: 'en-GB', ...options});
  if (token !== undefined) {
    await context.route('**/config.json', async request => {
      const response = await request.fetch();
      await request.fulfill({response, json: {...((await response.json()) as object), developmentToken: token}});
    });
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(`${webUrl}/back-office/#${route}`);
  await page.locator('#connection[data-state=live]').waitFor();
  await page.locator('h1').waitFor();
  return {page, complaints};
}

/** Submits an inquiry as the public does; resolves to its id. */
export async function submit({restUrl}: Pick<RunningStack, 'restUrl'>, fields: object = {}): Promise<string> {
  const response = await fetch(`${restUrl}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(givenSubmission({...fields})),
  });
  if (response.status !== 201) throw new Error(`the inquiry was answered with ${response.status}`);
  return ((await response.json()) as {id: string}).id;
}

/** Submits so many, a few at a time; resolves to their ids, in the order in which they came. */
export async function submitMany(
  stack: Pick<RunningStack, 'restUrl'>,
  count: number,
  fields: object = {},
): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const few = Array.from({length: Math.min(20, count - ids.length)}, () => submit(stack, fields));
    ids.push(...(await Promise.all(few)));
  }
  return ids;
}

/** Subscribes an address as the public does; resolves to the subscription's id. */
export async function subscribe({restUrl, token}: RunningStack, email: string): Promise<string> {
  const send = (path: string, body: object, headers = {}) =>
    fetch(restUrl + path, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', ...headers},
      body: JSON.stringify(body),
    });
  const {status} = await send('/subscriptions', {email, consentVersion: '2026-11', consentTextSha256: 'a'.repeat(64)});
  if (status !== 202) throw new Error(`the subscription was answered with ${status}`);
  const found = await send('/subscriptions/search', {email}, {Authorization: `Bearer ${token}`});
  const [subscription] = (await found.json()) as {id: string}[];
  if (!subscription) throw new Error('the subscription was not stored');
  return subscription.id;
}

/** The same for an address that has left before, so that it is pending. */
export async function subscribeAgain(stack: RunningStack, email: string): Promise<string> {
  const id = await subscribe(stack, email);
  await changeElsewhere(stack, id, {status: 'unsubscribed'}, {resource: 'subscriptions'});
  return subscribe(stack, email);
}

/** The stack's own token, of another person. */
export async function tokenOf({directory, token}: RunningStack, person: string): Promise<string> {
  const key = JSON.parse(await readFile(path.join(directory, 'development-key.json'), 'utf8')) as JWK;
  const {alg = '', kid, typ} = decodeProtectedHeader(token);
  return new SignJWT({...decodeJwt(token), sub: person})
    .setProtectedHeader({alg, kid, typ})
    .sign(await importJWK(key, alg));
}

/** A colleague's change, or another person's, whatever the version. */
export async function changeElsewhere(
  stack: RunningStack,
  id: string,
  patch: object,
  {person = 'colleague', resource = 'inquiries'} = {},
): Promise<void> {
  const {restUrl} = stack;
  const token = await tokenOf(stack, person);
  const response = await fetch(`${restUrl}/${resource}/${id}`, {
    method: 'PATCH',
    headers: {'Content-Type': 'application/merge-patch+json', 'If-Match': '*', Authorization: `Bearer ${token}`},
    body: JSON.stringify(patch),
  });
  if (!response.ok) throw new Error(`the change was answered with ${response.status}`);
}

/** The inquiry as it is stored. */
export async function readInquiry({restUrl, token}: RunningStack, id: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${restUrl}/inquiries/${id}`, {headers: {Authorization: `Bearer ${token}`}});
  return (await response.json()) as Record<string, unknown>;
}
