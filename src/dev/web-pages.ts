// What `npm start` serves: the demo form of web/form at /, the built script for forms at /embed.js, and the built back
// office of web/dist at /back-office/, each with a strict Content-Security-Policy; that of the back office is the one of
// docs/operations.md.
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

/** Where the services are; empty until they are. TOPICS are separated by commas. */
export type PageValues = Readonly<Record<string, string>>;

/** A file as it is answered. */
export interface Page {
  content: string | Buffer;
  headers: Record<string, string>;
}

const WEB_DIRECTORY = path.resolve(__dirname, '../../web');
const CLIENT_DIRECTORY = path.resolve(__dirname, '../../packages/client/dist');
/** The back office's address below the pages'. */
export const BACK_OFFICE_PATH = '/back-office/';
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
// Of the empty text: emotion, the back office's style library, adds empty style elements and fills them by CSSOM.
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The page of a request's target; undefined when there is none. */
export async function findPage(target: string, values: PageValues): Promise<Page | undefined> {
  const [pathname = '/'] = target.split('?');
  if (!pathname.startsWith(BACK_OFFICE_PATH)) return formPage(pathname.slice(1) || 'index.html', values);
  const name = pathname.slice(BACK_OFFICE_PATH.length) || 'index.html';
  return name === 'config.json' ? configuration(values) : backOfficePage(name, values);
}

async function formPage(name: string, values: PageValues): Promise<Page | undefined> {
  const page = await readPage(name === 'embed.js' ? CLIENT_DIRECTORY : path.join(WEB_DIRECTORY, 'form'), name);
  if (!page) return undefined;
  const content = page.type.startsWith('text/html') ? fill(page.content.toString(), values) : page.content;
  return {content, headers: headersOf(page.type, formPolicy(values))};
}

async function backOfficePage(name: string, values: PageValues): Promise<Page | undefined> {
  const [folder, file] = name.startsWith('assets/') ? ['assets', name.slice('assets/'.length)] : ['', name];
  const page = await readPage(path.join(WEB_DIRECTORY, 'dist', folder), file);
  return page && {content: page.content, headers: headersOf(page.type, backOfficePolicy(values))};
}

/** web/src/configuration.ts reads it. Its token is why no other Host is answered. */
function configuration({REST_URL, GATEWAY_URL, TOPICS = '', DOUBLE_OPT_IN, TOKEN}: PageValues): Page {
  const fields = {
    restUrl: REST_URL,
    gatewayUrl: GATEWAY_URL,
    topics: TOPICS.split(','),
    doubleOptIn: DOUBLE_OPT_IN === 'true',
    developmentToken: TOKEN,
  };
  return {content: JSON.stringify(fields), headers: headersOf('application/json', "default-src 'none'")};
}

// Only files that are listed in the folder are served, so no path can lead out of it.
async function readPage(folder: string, name: string): Promise<{content: Buffer; type: string} | undefined> {
  const type = MEDIA_TYPES[path.extname(name)];
  const names = await readdir(folder).catch((): string[] => []); // not built
  return type !== undefined && names.includes(name)
    ? {content: await readFile(path.join(folder, name)), type}
    : undefined;
}

function headersOf(type: string, policy: string): Record<string, string> {
  return {'Content-Type': type, 'Cache-Control': 'no-store', 'Content-Security-Policy': policy};
}

function formPolicy({REST_URL = '', WEB_URL = ''}: PageValues): string {
  return `default-src 'self'; connect-src 'self' ${REST_URL}; form-action 'self' ${WEB_URL} ${REST_URL}; base-uri 'none'; frame-ancestors 'none'`;
}

function backOfficePolicy({REST_URL = '', GATEWAY_URL = ''}: PageValues): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY_STYLE}`,
    "img-src 'self'",
    `connect-src 'self' ${REST_URL} ${GATEWAY_URL} ${GATEWAY_URL.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function fill(html: string, values: PageValues): string {
  return html.replace(/%([A-Z_]+)%/g, (placeholder, name: string) => escapeHtml(values[name] ?? placeholder));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
