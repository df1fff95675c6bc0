// What a first visit loads, as the built files say it: small enough for a phone, and from nowhere else.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';

const LIMIT_BYTES = 350 * 1024;
const BUILT = path.resolve(__dirname, '../../web/dist');

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

const manifest = JSON.parse(readFileSync(path.join(BUILT, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** The files that these entries need, with all that they import at once. */
function filesOf(entries: string[], seen = new Set<string>()): Set<string> {
  for (const name of entries) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the manifest`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    for (const file of chunk.css ?? []) seen.add(file);
    filesOf(chunk.imports ?? [], seen);
  }
  return seen;
}

const read = (file: string) => readFileSync(path.join(BUILT, file));
const gzipped = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0);

const LIST = ['index.html', 'src/inquiries/inquiry-list.tsx'];
const LANGUAGES = ['english', 'german'];

test.each(LANGUAGES)('the first page in %s, with its list, takes less than 350 KB gzipped', language => {
  const files = filesOf([...LIST, `src/i18n/${language}.ts`]);
  expect(gzipped(['index.html', ...files])).toBeLessThan(LIMIT_BYTES);
});

test.each(LANGUAGES)('so does the first page in %s after signing in with OpenID Connect', language => {
  const files = filesOf([...LIST, `src/i18n/${language}.ts`, 'src/authentication/oidc-session.ts']);
  expect(gzipped(['index.html', ...files])).toBeLessThan(LIMIT_BYTES);
});

test('pages and dialogs that are not shown are not loaded', () => {
  const first = filesOf(LIST);
  for (const later of ['statistics/statistics-page', 'subscriptions/subscription-list', 'shortcuts/help-dialog']) {
    expect(first).not.toContain(manifest[`src/${later}.tsx`]?.file);
  }
  expect(first).not.toContain(manifest['src/authentication/oidc-session.ts']?.file);
});

test('the page names no other origin and has no inline script or style', () => {
  const html = read('index.html').toString();
  expect(html).not.toMatch(/https?:\/\//);
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=/);
});

test('no file evaluates text', () => {
  const scripts = readdirSync(path.join(BUILT, 'assets')).filter(file => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  const suspects = scripts.filter(file => /\bnew Function\(|[^\w.]eval\(/.test(read(`assets/${file}`).toString()));
  expect(suspects).toEqual([]);
});
