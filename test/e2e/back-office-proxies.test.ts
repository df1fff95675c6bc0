// The back office behind proxies that change the header ETag, and with addresses as people write them into config.json.
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenSubmission} from '../helpers/inquiries';
import {ETAG_PROXIES, givenEtagProxy} from '../helpers/reverse-proxy';
import {
  givenStaticBackOffice,
  openStaticBackOffice,
  type StaticBackOffice,
  submitTo,
} from '../helpers/static-back-office';

let browser: Browser;
let backOffice: StaticBackOffice;

beforeAll(async () => {
  [browser, backOffice] = await Promise.all([givenBrowser(), givenStaticBackOffice()]);
}, 60_000);

const readStored = async (id: string) =>
  (await (await backOffice.rest.get(`/inquiries/${id}`, backOffice.token)).json()) as Record<string, unknown>;

async function save(page: Page, assignee: string): Promise<void> {
  const triage = page.getByRole('region', {name: 'Triage'});
  await triage.getByLabel('Assignee').fill(assignee);
  await triage.getByRole('button', {name: 'Save', exact: true}).click();
}

test.each(Object.keys(ETAG_PROXIES) as (keyof typeof ETAG_PROXIES)[])(
  'triage works behind a proxy that %s, and a colleague’s change is still not overwritten',
  async kind => {
    const {rest, token, configure} = backOffice;
    const proxy = await givenEtagProxy(kind, new URL(rest.url).port);
    const id = await submitTo(backOffice, givenSubmission());
    const answer = await fetch(`${proxy.url}/inquiries/${id}`, {headers: {Authorization: `Bearer ${token}`}});
    await answer.arrayBuffer();
    expect(answer.headers.get('ETag')).toBe(ETAG_PROXIES[kind].etagOf('"1"')); // it does what its name says

    configure({restUrl: proxy.url});
    const {page} = await openStaticBackOffice(browser, backOffice, {route: `/inquiries/${id}/show`});
    for (const [assignee, version] of [
      ['grace', 2],
      ['hedy', 3], // on top of the version that the first change was answered with
    ] as const) {
      await save(page, assignee);
      await page.getByText('Saved.').waitFor();
      await page.getByText(`to “${assignee}”`).waitFor();
      expect(await readStored(id)).toMatchObject({assignee, version});
    }
    await page.getByRole('region', {name: 'Triage'}).getByLabel('Assignee').fill('grace');
    await fetch(`${rest.url}/inquiries/${id}`, {
      method: 'PATCH',
      headers: {
        'Content-Type': 'application/merge-patch+json',
        'If-Match': '"3"',
        Authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({assignee: 'ada'}),
    });
    await save(page, 'grace');
    await page.getByRole('dialog', {name: 'Somebody was faster'}).waitFor();
    expect(await readStored(id)).toMatchObject({assignee: 'ada'});
    await page.context().close();
  },
);

test('a slash at the end of restUrl is one too many nowhere, in the export neither', async () => {
  await submitTo(backOffice, givenSubmission());
  backOffice.configure({restUrl: `${backOffice.rest.url}/`});
  const {page} = await openStaticBackOffice(browser, backOffice);
  await page.locator('#inquiries li').first().waitFor();
  await page.getByRole('button', {name: 'Export CSV'}).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Export', exact: true}).click();
  await page.getByText(/^Saved \d+ rows? as inquiries-/).waitFor();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.context().close();
});

test('a path in gatewayUrl is said, since the page would poll without a word', async () => {
  backOffice.configure({gatewayUrl: 'https://gateway.example.org/live'});
  const page = await browser.newPage({locale: 'en-GB'});
  await page.goto(backOffice.page);
  await page.getByText('config.json: gatewayUrl must have no path').waitFor();
  await page.close();
});
