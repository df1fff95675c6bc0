// The client as a package: it loads in bare Node as ESM and as CommonJS, has its types in both, and is small.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {type Consumer, givenConsumer} from '../helpers/consumer';

const ROOT = path.resolve(__dirname, '../..');
const EXPORTED = ['createInquiryFeed', 'createRestClient'];

let consumer: Consumer;

beforeAll(async () => {
  consumer = await givenConsumer(['react', '@types/react', '@types/node']);
});

async function run(name: string, text: string): Promise<unknown> {
  await consumer.write(name, text);
  const script = consumer.node(name);
  expect([await script.exited, script.output()]).toEqual([0, expect.anything()]);
  return JSON.parse(script.output());
}

test('loads as ESM and as CommonJS, and exports the same', async () => {
  const print = 'console.log(JSON.stringify([Object.keys(client).sort(), Object.keys(react)]))';
  const imports = `import * as client from 'outreach/client'; import * as react from 'outreach/client/react';`;
  const requires = `const client = require('outreach/client'); const react = require('outreach/client/react');`;
  expect(await run('load.mjs', `${imports}\n${print}`)).toEqual([EXPORTED, ['useInquiryFeed']]);
  expect(await run('load.cjs', `${requires}\n${print}`)).toEqual([EXPORTED, ['useInquiryFeed']]);
  const standalone = `import * as client from 'outreach/client/standalone'; const react = {};\n${print}`;
  expect(await run('standalone.mjs', standalone)).toEqual([EXPORTED, []]);
});

test.each(['load.mjs', 'load.cjs'])(
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
    expect(await run(`closed-${name}`, script)).toEqual(expected);
  },
);

test('says with a TypeError what is missing', async () => {
  const script = `import {createInquiryFeed} from 'outreach/client';
    try { createInquiryFeed({}) } catch (error) { console.log(JSON.stringify(String(error))) }`;
  expect(await run('wrong.mjs', script)).toBe('TypeError: restUrl must be a URL');
});

const USE = `
  import {createInquiryFeed, createRestClient, type FeedSnapshot, type Inquiry} from 'outreach/client';
  import {useInquiryFeed} from 'outreach/client/react';
  const feed = createInquiryFeed({restUrl: '', gatewayUrl: '', getToken: async ({refused}) => (refused ? 'new' : 'old')});
  const inquiries: readonly Inquiry[] = feed.snapshot().inquiries;
  const name: string | undefined = inquiries[0]?.name;
  export const snapshot = (): FeedSnapshot => useInquiryFeed(feed);
  void createRestClient({restUrl: ''}).GET('/inquiries/{id}', {params: {path: {id: name ?? ''}}});
  // @ts-expect-error there is no such status
  export const wrong: FeedSnapshot['status'] = 'broken';
  // @ts-expect-error getToken is missing
  createInquiryFeed({restUrl: '', gatewayUrl: ''});
  // @ts-expect-error a snapshot is read-only
  feed.snapshot().inquiries = [];
`;

test.each([
  ['ESM in Node', 'use.mts', ['--module', 'nodenext']],
  ['CommonJS in Node', 'use.cts', ['--module', 'nodenext']],
  ['a bundler', 'use.ts', ['--module', 'preserve', '--moduleResolution', 'bundler']],
])('has its types for %s', async (_, file, options) => {
  await consumer.write(file, USE);
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const types = ['--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node'];
  const compiler = consumer.node(tsc, '--noEmit', '--strict', '--skipLibCheck', ...types, ...options, file);
  expect([await compiler.exited, compiler.output()]).toEqual([0, '']);
});

test('is under 20 KB of its own, brings no zod, and the standalone file is all there is', () => {
  const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
  const own = path.join(ROOT, 'dist/client/client.mjs');
  const minified = execFileSync(esbuild, [own, '--minify'], {maxBuffer: 2 ** 24});
  expect(gzipSync(minified).length).toBeLessThan(20_000);
  const imported = [...readFileSync(own, 'utf8').matchAll(/^import .* from "([^"]+)"/gm)].map(([, name]) => name);
  expect([...new Set(imported)].sort()).toEqual(['openapi-fetch', 'socket.io-client']);
  const standalone = readFileSync(path.join(ROOT, 'dist/client/standalone.mjs'), 'utf8');
  expect(standalone).not.toMatch(/\bfrom\s*"|\brequire\(|\bimport\(/);
  expect(gzipSync(standalone).length).toBeLessThan(30_000);
});
