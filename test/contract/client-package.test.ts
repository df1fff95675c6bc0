// The client as a package: packed, installed by npm into an empty folder, and used there from Node, TypeScript and Vite.
import {readFileSync} from 'node:fs';
import {readdir, readFile, symlink} from 'node:fs/promises';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {checkPackage, createPackageFromTarballData} from '@arethetypeswrong/core';
import {publint} from 'publint';
import {type Consumer, givenInstallingConsumer} from '../helpers/consumer';

const ROOT = path.resolve(__dirname, '../..');
const FEED_ENTRY = [
  ...['INQUIRY_STATUSES', 'MAX_BULK_IDS', 'MAX_OFFSET', 'MAX_PAGE_ROWS'],
  ...['NEXT_STATUSES', 'NEXT_SUBSCRIPTION_STATUSES', 'SUBSCRIPTION_STATUSES'],
  ...['createInquiryFeed', 'createRestClient', 'eachRecipient', 'mailLinks'],
];
/** What each entry exports. */
const ENTRIES = {
  'outreach/client': FEED_ENTRY,
  'outreach/client/rest': ['createRestClient', 'eachRecipient', 'mailLinks'],
  'outreach/client/form': ['attachForm'],
  'outreach/client/react': ['useInquiryFeed'],
  'outreach/client/standalone': FEED_ENTRY,
};

interface Manifest {
  dependencies: Record<string, string>;
  exports: Record<string, Record<'import' | 'require', Record<'types' | 'default', string>>>;
}
const readManifest = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Manifest;
const {exports: exported, dependencies} = readManifest('packages/client/package.json');

let consumer: Consumer & {tarball: string};
let modules: string;

beforeAll(async () => {
  consumer = await givenInstallingConsumer();
  modules = path.join(consumer.directory, 'node_modules');
}, 300_000); // a registry may be slow

async function run(name: string, text: string): Promise<unknown> {
  await consumer.write(name, text);
  const script = consumer.node(name);
  expect([await script.exited, script.output()]).toEqual([0, expect.anything()]);
  return JSON.parse(script.output());
}

/** Every file below a folder, by its path from there; links are not followed. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, {recursive: true, withFileTypes: true});
  return found
    .filter(each => each.isFile())
    .map(({parentPath, name}) => path.relative(folder, path.join(parentPath, name)))
    .sort();
}

describe('the tarball', () => {
  test('holds what exports names, README, LICENSE and package.json, and nothing else', async () => {
    const targets = Object.values(exported).flatMap(entry => [entry.import, entry.require]);
    const named = targets.flatMap(({types, default: code}) => [path.normalize(types), path.normalize(code)]);
    const expected = [...new Set(named), 'LICENSE', 'README.md', 'package.json'].sort();
    expect(await filesIn(path.join(modules, 'outreach'))).toEqual(expected);
  });

  test('brings none of the dependencies of the service', async () => {
    const manifests = (await filesIn(modules)).filter(file => path.basename(file) === 'package.json');
    const packages = manifests.map(file => path.dirname(file));
    expect(packages).toEqual(expect.arrayContaining(['outreach', ...Object.keys(dependencies)]));
    const ofTheService = Object.keys(readManifest('package.json').dependencies);
    expect(ofTheService).toContain('@loopback/rest');
    expect(packages.filter(name => ofTheService.includes(name))).toEqual(['ws']); // of socket.io-client, in Node
  });

  test('has nothing that publint would change', async () => {
    const {buffer} = new Uint8Array(await readFile(consumer.tarball));
    const {messages} = await publint({pack: {tarball: buffer}, level: 'suggestion', strict: true});
    expect(messages).toEqual([]);
  });

  test('has types that attw finds right in each entry, for ESM and CommonJS in Node and for bundlers', async () => {
    const analysis = checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(consumer.tarball))));
    const {entrypoints, problems} = (await analysis) as Extract<Awaited<typeof analysis>, {types: object}>; // it has types
    expect(Object.keys(entrypoints)).toEqual(Object.keys(exported));
    expect(problems).toEqual([]);
  });
});

describe('in Node', () => {
  beforeAll(() => symlink(path.join(ROOT, 'node_modules/react'), path.join(modules, 'react'))); // the application's own

  test('loads as ESM and as CommonJS, and exports the same', async () => {
    const print = 'console.log(JSON.stringify(entries.map(entry => Object.keys(entry).sort())));';
    const names = Object.keys(ENTRIES).map(entry => `'${entry}'`);
    const imports = `const entries = await Promise.all([${names.map(name => `import(${name})`).join()}]);`;
    const requires = `const entries = [${names.map(name => `require(${name})`).join()}];`;
    expect(await run('load.mjs', `${imports}\n${print}`)).toEqual(Object.values(ENTRIES));
    expect(await run('load.cjs', `${requires}\n${print}`)).toEqual(Object.values(ENTRIES));
  });

  test.each(['rest.mjs', 'rest.cjs'])('asks REST, with the token: %s', async name => {
    const isModule = name.endsWith('mjs');
    const script = `${isModule ? "import {createRestClient} from 'outreach/client/rest'; import {createServer} from 'node:http'" : "const {createRestClient} = require('outreach/client/rest'); const {createServer} = require('node:http')"};
    const server = createServer(({method, url, headers}, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify([method, url, headers.authorization]));
    });
    server.listen(0, '127.0.0.1', async () => {
      const client = createRestClient({restUrl: 'http://127.0.0.1:' + server.address().port, getToken: async () => 'mine'});
      const {data} = await client.GET('/inquiries/{id}', {params: {path: {id: 'a/b'}}});
      console.log(JSON.stringify(data));
      server.close();
      server.closeAllConnections();
    });`;
    expect(await run(name, script)).toEqual(['GET', '/inquiries/a%2Fb', 'Bearer mine']);
  });

  test.each(['feed.mjs', 'feed.cjs'])(
    'nothing keeps a process alive once the feed is closed, and no failure ends it before: %s',
    async name => {
      const isModule = name.endsWith('mjs');
      const script = `${isModule ? "import {createInquiryFeed} from 'outreach/client'" : "const {createInquiryFeed} = require('outreach/client')"};
      let asked = 0;
      const feed = createInquiryFeed({
        restUrl: 'http://127.0.0.1:1',
        gatewayUrl: 'http://127.0.0.1:1',
        getToken: async () => { if (++asked < 3) throw new Error('not yet'); return 'token'; },
        onListenerError: () => { throw new Error('nor does this'); },
      });
      feed.subscribe(() => { throw new Error('this neither'); });
      feed.subscribe(async () => { throw new Error('an unhandled rejection would end this process'); });
      feed.subscribe(({status, failure}) => {
        if (status !== 'offline' || failure === 'token-failed') return;
        feed.close();
        console.log(JSON.stringify(feed.snapshot()));
      });`;
      const expected = {inquiries: [], changes: 0, status: 'offline', failure: 'network'};
      expect(await run(name, script)).toEqual(expected);
    },
  );

  test('says with a TypeError what is missing', async () => {
    const script = `import {createInquiryFeed} from 'outreach/client';
      try { createInquiryFeed({}) } catch (error) { console.log(JSON.stringify(String(error))) }`;
    expect(await run('wrong.mjs', script)).toBe('TypeError: restUrl must be a URL');
  });
});

describe('in TypeScript', () => {
  const USE = `
    import {createInquiryFeed, createRestClient, type FeedSnapshot, type Inquiry, type InquiryHint} from 'outreach/client';
    import {createRestClient as createRestClientAlone, type Problem, type RestClient} from 'outreach/client/rest';
    import {eachRecipient, mailLinks, type Recipient} from 'outreach/client/rest';
    import {createInquiryFeed as createStandaloneFeed} from 'outreach/client/standalone';
    import {useInquiryFeed} from 'outreach/client/react';
    import {attachForm, type FormEvents} from 'outreach/client/form';
    import 'outreach/client/embed';
    export const detach: () => void = attachForm(document.forms[0]!, {restUrl: '', texts: {success: 'Thanks'}});
    document.forms[0]!.addEventListener('outreach:success', ({detail}) => void (detail satisfies FormEvents['outreach:success']));
    // @ts-expect-error there is no such text
    attachForm(document.forms[0]!, {restUrl: '', texts: {sent: 'Thanks'}});
    const feed = createInquiryFeed({restUrl: '', gatewayUrl: '', getToken: async ({refused}) => (refused ? 'new' : 'old')});
    const inquiries: readonly Inquiry[] = feed.snapshot().inquiries;
    export const name: string | undefined = inquiries[0]?.name;
    export const snapshot = (): FeedSnapshot => useInquiryFeed(feed);
    export const sameFeed: typeof createInquiryFeed = createStandaloneFeed;
    const client: RestClient = createRestClient({restUrl: ''});
    export const sameClient: typeof createRestClient = createRestClientAlone;
    export async function read(id: string): Promise<Inquiry | Problem> {
      const {data, error} = await client.GET('/inquiries/{id}', {params: {path: {id}}});
      // @ts-expect-error a problem has no such field, and its type is not any
      void error?.nothing;
      return data ?? error;
    }
    export async function mail(send: (to: Recipient, head: Record<string, string>) => Promise<void>): Promise<void> {
      for await (const to of eachRecipient(client, {list: 'newsletter'})) await send(to, mailLinks(to, {publicUrl: ''}).headers);
      // @ts-expect-error nobody who has left is a recipient
      eachRecipient(client, {status: 'unsubscribed'});
    }
    feed.onToast((toast: InquiryHint) => {
      const topic: string = toast.topic;
      void topic;
      // @ts-expect-error a toast has no name, and its type is not any
      void toast.name;
    });
    // @ts-expect-error there is no such route
    void client.GET('/nothing');
    // @ts-expect-error there is no such status
    export const wrong: FeedSnapshot['status'] = 'broken';
    // @ts-expect-error getToken is missing
    createInquiryFeed({restUrl: '', gatewayUrl: ''});
    // @ts-expect-error a snapshot is read-only
    feed.snapshot().inquiries = [];
  `;
  const STRICT = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
  const BROWSER = ['--target', 'es2022', '--lib', 'es2022,dom'];

  // Without skipLibCheck: a declaration that needs what is not installed does not compile.
  test.each([
    ['node16', ['use.mts', 'use.cts'], ['--module', 'node16']],
    ['nodenext', ['use.mts', 'use.cts'], ['--module', 'nodenext']],
    ['bundler', ['use.ts'], ['--module', 'preserve', '--moduleResolution', 'bundler']],
    // Which knows no `exports`, is deprecated, and is what many applications of a bundler have.
    ['node10', ['use.ts'], ['--module', 'esnext', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0']],
  ])('has its types, strictly, with moduleResolution %s', async (_, files, options) => {
    for (const file of files) await consumer.write(file, USE);
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const compiler = consumer.node(tsc, '--noEmit', ...STRICT, ...BROWSER, ...options, ...files);
    expect([await compiler.exited, compiler.output()]).toEqual([0, '']);
  });
});

describe('in a bundle of Vite', () => {
  /** The JavaScript that Vite builds of a module. */
  async function bundle(name: string, text: string): Promise<string> {
    const output = {entryFileNames: 'bundle.js'};
    const build = {outDir: name, modulePreload: false, rolldownOptions: {input: `${name}.mjs`, output}};
    await consumer.write(`${name}.mjs`, text);
    await consumer.write(`${name}.config.mjs`, `export default ${JSON.stringify({logLevel: 'warn', build})};`);
    const vite = path.join(ROOT, 'web/node_modules/vite/bin/vite.js');
    const building = consumer.node(vite, 'build', '--config', `${name}.config.mjs`);
    expect([await building.exited, building.output()]).toEqual([0, '']);
    expect(await filesIn(path.join(consumer.directory, name))).toEqual(['bundle.js']);
    return readFile(path.join(consumer.directory, name, 'bundle.js'), 'utf8');
  }

  test.each([
    ['of its own entry', 'only-rest', 'outreach/client/rest'],
    ['of the entry that has the live list too', 'rest-of-client', 'outreach/client'],
  ])('the REST client %s costs at most 3 KB', async (_, name, entry) => {
    const use = `import {createRestClient} from '${entry}'; globalThis.rest = createRestClient({restUrl: '/api'});`;
    const code = await bundle(name, use);
    expect(code.includes('/api')).toBe(true); // it is there, and not shaken off
    expect(code.includes('websocket')).toBe(false);
    expect(gzipSync(code).length).toBeLessThanOrEqual(3000);
  });

  test('the live list costs at most 21 KB, with socket.io', async () => {
    const use = `import {createInquiryFeed} from 'outreach/client'; globalThis.create = createInquiryFeed;`;
    const code = await bundle('live-list', use);
    expect(code.includes('websocket')).toBe(true);
    expect(gzipSync(code).length).toBeLessThanOrEqual(21_000);
  });

  test('an import of which nothing is used costs nothing', async () => {
    const entries = ['', '/rest', '/form', '/standalone'].map(entry => `outreach/client${entry}`);
    const code = await bundle('nothing', entries.map(entry => `import '${entry}';`).join('\n'));
    expect(code.trim().length).toBe(0);
  });
});

test('each entry imports its dependency alone, the package depends on no other, and the standalone file is all there is', async () => {
  const read = (file: string) => readFile(path.join(modules, 'outreach/dist', file), 'utf8');
  const importsOf = async (file: string) => [
    ...new Set(
      [...(await read(file)).matchAll(/\b(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map(([, name]) => name),
    ),
  ];
  expect(await importsOf('rest.mjs')).toEqual(['openapi-fetch']);
  expect(await importsOf('react.mjs')).toEqual(['react']);
  expect((await importsOf('client.mjs')).sort()).toEqual(['./rest.mjs', 'socket.io-client']);
  expect(await importsOf('form.mjs')).toEqual([]);
  expect(await importsOf('embed.js')).toEqual([]);
  expect(await importsOf('standalone.mjs')).toEqual([]);
  expect(Object.keys(dependencies)).toEqual(['openapi-fetch', 'socket.io-client']);
  expect(gzipSync(await read('standalone.mjs')).length).toBeLessThan(30_000);
});
