// The hook in a real React application, in a real browser, in strict mode: it draws what is new, and stops when it is
// taken away.
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {givenBrowser} from '../helpers/browser';
import {givenPageServer} from '../helpers/client-page';
import {givenDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {givenGateway, givenRedisKey, sharedRedisUrl} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import {givenRest} from '../helpers/rest';
import {givenTokenIssuer} from '../helpers/tokens';

const ROOT = path.resolve(__dirname, '../..');

const APPLICATION = `
  import {createElement, StrictMode} from 'react';
  import {createRoot} from 'react-dom/client';
  import {renderToString} from 'react-dom/server';
  import {createInquiryFeed} from 'outreach/client';
  import {useInquiryFeed} from 'outreach/client/react';

  function Inquiries({feed}) {
    const {inquiries, status} = useInquiryFeed(feed);
    window.draws = (window.draws ?? 0) + 1;
    const rows = inquiries.map(({id, name}) => createElement('li', {key: id}, name));
    return createElement('ul', {'data-status': status}, rows);
  }
  window.mount = ({token, ...options}) => {
    window.feed = createInquiryFeed({...options, getToken: () => token});
    const list = createElement(StrictMode, null, createElement(Inquiries, {feed: window.feed}));
    window.onServer = renderToString(list);
    const root = createRoot(document.getElementById('root'));
    root.render(list);
    window.unmount = () => root.unmount();
  };`;

declare global {
  // What the application defines.
  var mount: (options: {token: string; restUrl: string; gatewayUrl: string}) => void;
  var unmount: () => void;
  var draws: number;
  var onServer: string;
}

test('a component draws what is new, and no more once it is gone', async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  const [server, issuer, database] = await Promise.all([givenPageServer(), givenTokenIssuer(), givenDatabase()]);
  const rest = await givenRest({databaseUrl: database.url, issuer, ...redis, env: {ALLOWED_ORIGINS: server.origin}});
  const gateway = await givenGateway({issuer, ...redis, allowedOrigins: [server.origin]});
  const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
  const bundled = execFileSync(esbuild, ['--bundle', '--format=esm', '--define:process.env.NODE_ENV="production"'], {
    cwd: ROOT,
    input: APPLICATION,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  server.scripts.set('app.js', bundled);

  const page = await (await givenBrowser()).newPage();
  const complaints: string[] = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(server.origin);
  await page.addScriptTag({url: '/app.js', type: 'module'});
  await page.waitForFunction(() => 'mount' in globalThis);
  const token = await issuer.sign();
  await page.evaluate(given => globalThis.mount(given), {token, restUrl: rest.url, gatewayUrl: gateway.url});
  expect(await page.evaluate(() => globalThis.onServer)).toContain('data-status="catching-up"');
  await page.locator('ul[data-status=live]').waitFor({state: 'attached'}); // empty, so not visible
  await rest.post('/inquiries', givenSubmission({name: 'Grace Hopper'}));
  await page.locator('li', {hasText: 'Grace Hopper'}).waitFor();
  expect(await page.locator('li').count()).toBe(1);

  await page.evaluate(() => globalThis.unmount());
  const draws = await page.evaluate(() => globalThis.draws);
  await rest.post('/inquiries', givenSubmission({name: 'Unseen'}));
  await eventually(async () => expect(await page.evaluate(() => globalThis.feed.snapshot().inquiries.length)).toBe(2));
  expect(await page.evaluate(() => globalThis.draws)).toBe(draws);
  expect(complaints).toEqual([]);
}, 60_000);
