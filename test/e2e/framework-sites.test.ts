// The examples of docs/public-site.md for frameworks as they stand there, built and served by the frameworks, on a site of
// another origin than the service's, in a real browser.
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenBuild, givenNextServer, installFrameworks, serve} from '../helpers/framework-site';
import {documentedExamples, fillIn, givenSite, loseNextAnswer, send, type Site} from '../helpers/public-site';
import {givenRest, type TestRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

const ROOT = path.resolve(__dirname, '../..');

let site: Site;
let database: TestDatabase;
let rest: TestRest;
let browser: Browser;

beforeAll(async () => {
  installFrameworks();
  const [issuer, ...started] = await Promise.all([givenTokenIssuer(), givenDatabase(), givenSite(), givenBrowser()]);
  [database, site, browser] = started;
  rest = await givenRest({
    databaseUrl: database.url,
    issuer,
    env: {
      ALLOWED_ORIGINS: site.origin,
      TRUST_PROXY_HOPS: '1',
      RATE_LIMIT: 'on',
      RATE_LIMIT_PER_CLIENT: '2',
    },
  });
}, 300_000);

interface Stored {
  id: string;
  topic: string;
  status: string;
  reasons: string[];
}
const stored = (name: string) =>
  database.query<Stored>('SELECT id, topic, status, spam_reasons AS reasons FROM inquiry WHERE name = $1', [name]);

describe.each<[string, () => Promise<void>]>([
  [
    'React',
    async () => {
      const [example] = documentedExamples('React', rest.url);
      const application = `${example}
        import {createRoot} from 'react-dom/client';
        createRoot(document.getElementById('root')).render(<ContactForm />);`;
      const flags = ['--bundle', '--loader=jsx', '--jsx=automatic', '--define:process.env.NODE_ENV="production"'];
      const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
      const content = execFileSync(esbuild, flags, {
        cwd: ROOT,
        input: application,
        encoding: 'utf8',
        maxBuffer: 2 ** 24,
      });
      site.files.set('/app.js', {type: 'text/javascript', content});
      const html = `<!doctype html><title>Contact</title><div id="root"></div><script type="module" src="/app.js"></script>`;
      site.files.set('/', {type: 'text/html', content: html});
    },
  ],
  [
    'Vue',
    async () => {
      const [example = ''] = documentedExamples('Vue', rest.url);
      const directory = await givenBuild('vue', ['vite', 'build', '--logLevel', 'warn'], {
        'contact-form.vue': example,
        'vite.config.mjs': `import vue from '@vitejs/plugin-vue';\nexport default {plugins: [vue()]};`,
        'index.html': `<!doctype html><title>Contact</title><div id="app"></div><script type="module" src="/main.js"></script>`,
        'main.js': `import {createApp} from 'vue';
          import ContactForm from './contact-form.vue';
          createApp(ContactForm).mount('#app');`,
      });
      await serve(site, path.join(directory, 'dist'));
    },
  ],
  [
    'Astro',
    async () => {
      const [example = ''] = documentedExamples('Astro', rest.url);
      const directory = await givenBuild('astro', ['astro', 'build'], {
        'package.json': '{"private": true, "type": "module"}',
        'src/components/contact-form.astro': example,
        'src/pages/index.astro': `---\nimport ContactForm from '../components/contact-form.astro';\n---
          <!doctype html><html lang="en"><head><title>Contact</title></head><body><ContactForm /></body></html>`,
      });
      await serve(site, path.join(directory, 'dist'));
    },
  ],
])('the example of %s', (framework, build) => {
  beforeAll(build, 300_000);

  async function open({javaScriptEnabled = true} = {}): Promise<Page> {
    const page = await (await browser.newContext({javaScriptEnabled})).newPage();
    await page.goto(`${site.origin}/`);
    return page;
  }

  test('says what is wrong at its field, keeps what was typed, and stores it once it is right', async () => {
    const page = await open();
    const name = `Corrected ${framework}`;
    await fillIn(page, {name, email: 'ada@localhost'}); // browsers let it through
    await send(page);
    await page.getByText('Must be an e-mail address').waitFor();
    expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Name').inputValue()).toBe(name);
    await page.getByLabel('E-mail').fill('ada@example.org');
    await send(page);
    await page.getByText('Thank you, your message has arrived. Reference: ').waitFor();
    const found = await stored(name);
    expect(found).toMatchObject([{topic: 'sales'}]);
    expect(await page.getByRole('status').innerText()).toContain(`Reference: ${found[0]?.id}`);
    expect(page.url()).toBe(`${site.origin}/`);
    await page.context().close();
  });

  test('sends it again when the first answer is lost, and stores it once', async () => {
    const page = await open();
    const name = `Again ${framework}`;
    await loseNextAnswer(page, rest.url);
    await fillIn(page, {name});
    await send(page);
    await page.getByText('Thank you, your message has arrived. Reference: ').waitFor();
    expect(await stored(name)).toHaveLength(1);
    await page.context().close();
  });

  if (framework !== 'Astro') return; // the others draw the form by script
  test('posts without JavaScript', async () => {
    const page = await open({javaScriptEnabled: false});
    await fillIn(page, {name: 'Astro alone'});
    await send(page);
    await page.getByRole('heading', {level: 1, name: 'Thank you'}).waitFor();
    expect(await stored('Astro alone')).toMatchObject([{topic: 'sales'}]);
    await page.context().close();
  });
});

describe('the example of Next.js', () => {
  let directory: string;
  let origin: string;

  beforeAll(async () => {
    const [send = '', form = '', page = ''] = documentedExamples('Next.js', rest.url);
    directory = await givenBuild('next', ['next', 'build'], {
      'package.json': '{"private": true, "type": "module"}',
      'next.config.mjs': `import path from 'node:path';
        export default {turbopack: {root: path.resolve(import.meta.dirname, '../..')}};`,
      'app/layout.jsx': `export const metadata = {title: 'Contact'};
        export default function Layout({children}) {
          return <html lang="en"><body>{children}</body></html>;
        }`,
      'app/send.js': send,
      'app/contact-form.jsx': form,
      'app/page.jsx': page,
    });
    origin = await givenNextServer(directory, {});
  }, 300_000);

  // The header is what the proxy in front of the site makes of what a visitor sends.
  async function open(options: {forwardedFor: string; javaScriptEnabled?: boolean; at?: string}): Promise<Page> {
    const {forwardedFor, javaScriptEnabled = true, at = origin} = options;
    const extraHTTPHeaders = {'X-Forwarded-For': forwardedFor};
    const page = await (await browser.newContext({javaScriptEnabled, extraHTTPHeaders})).newPage();
    await page.goto(`${at}/`);
    shownAt.set(page, Date.now());
    return page;
  }

  // What is sent sooner is taken for a program's.
  const shownAt = new WeakMap<Page, number>();
  const isOldEnough = (page: Page) =>
    eventually(() => expect(Date.now()).toBeGreaterThan((shownAt.get(page) ?? Infinity) + 2000));

  const thanks = (page: Page) => page.getByText('Thank you. Reference: ').innerText();

  describe.each([
    [true, '203.0.113.1'],
    [false, '203.0.113.2'],
  ])('with JavaScript: %s', (javaScriptEnabled, forwardedFor) => {
    const suffix = javaScriptEnabled ? 'with script' : 'without script';

    test('says what is wrong at its field, keeps what was typed, and stores it once it is right', async () => {
      const page = await open({forwardedFor, javaScriptEnabled});
      const name = `Corrected ${suffix}`;
      await fillIn(page, {name, email: 'ada@localhost'});
      await isOldEnough(page);
      await send(page);
      await page.getByText('must be an e-mail address').waitFor();
      expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel('Name').inputValue()).toBe(name);
      expect(await page.getByLabel('Message').inputValue()).toBe('What would ten of them cost?');
      await page.getByLabel('E-mail').fill('ada@example.org');
      await send(page); // at once: another token would be too young
      const said = await thanks(page);
      const found = await stored(name);
      expect(found).toMatchObject([{topic: 'sales', status: 'new', reasons: []}]);
      expect(said).toBe(`Thank you. Reference: ${found[0]?.id}`);
      await page.context().close();
    });

    test('stores it once when it is sent twice', async () => {
      const page = await open({forwardedFor: `${forwardedFor}00`, javaScriptEnabled});
      const name = `Twice ${suffix}`;
      await fillIn(page, {name});
      if (javaScriptEnabled) {
        await page.getByRole('button', {name: 'Send'}).dblclick();
      } else {
        await send(page);
        await thanks(page);
        await page.reload(); // posts again
      }
      const said = await thanks(page);
      const found = await stored(name);
      expect(found).toHaveLength(1);
      expect(said).toBe(`Thank you. Reference: ${found[0]?.id}`);
      await page.context().close();
    });
  });

  test('sends the form token along', async () => {
    const page = await open({forwardedFor: '203.0.113.3'});
    await fillIn(page, {name: 'In no time'});
    await send(page);
    await thanks(page);
    expect(await stored('In no time')).toMatchObject([{status: 'spam', reasons: ['token_too_fast']}]);
    await page.context().close();
  });

  test('has the rate limit count the visitor, and neither the server of the site nor what the visitor writes', async () => {
    const visits = [
      '198.51.100.1, 203.0.113.4',
      '198.51.100.2, 203.0.113.4',
      '198.51.100.3, 203.0.113.4',
      '203.0.113.5',
    ];
    const pages = await Promise.all(visits.map(forwardedFor => open({forwardedFor})));
    const verdicts: unknown[] = [];
    for (const [index, page] of pages.entries()) {
      await fillIn(page, {name: `Visit ${index}`});
      await isOldEnough(page);
      await send(page);
      await thanks(page);
      verdicts.push(...(await stored(`Visit ${index}`)).map(({status, reasons}) => [status, ...reasons]));
      await page.context().close();
    }
    expect(verdicts).toEqual([['new'], ['new'], ['spam', 'rate'], ['new']]);
  });

  test('says so when the service is away, and keeps what was typed', async () => {
    const at = await givenNextServer(directory, {OUTREACH_URL: 'http://127.0.0.1:1'});
    const page = await open({forwardedFor: '203.0.113.6', at});
    await fillIn(page, {name: 'Kept'});
    await send(page);
    await page.getByText('We cannot be reached').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Kept');
    expect(await page.getByLabel('Message').inputValue()).toBe('What would ten of them cost?');
    await page.context().close();
  });
});
