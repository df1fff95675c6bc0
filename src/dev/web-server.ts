// Serves the pages of web/ for `npm start`, with the addresses of the running services put in. A strict
// Content-Security-Policy, as in production.
import {once} from 'node:events';
import {readdir, readFile} from 'node:fs/promises';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';

/** What the pages may name as `%NAME%`; values are escaped for HTML. */
export type PageValues = Readonly<Record<string, string>>;

const WEB_DIRECTORY = path.resolve(__dirname, '../../web');
const SOCKET_IO_CLIENT = path.join(
  path.dirname(require.resolve('socket.io-client/package.json')),
  'dist/socket.io.esm.min.js',
);
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface WebServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the server. `values` may still grow; the files are read on each request, so that an edit shows on reload.
 * Another Host than this machine's own is answered with 421: a page elsewhere, whose name was made to lead here
 * (DNS rebinding), would read the token.
 */
export async function startWebServer({port, values}: {port: number; values: PageValues}): Promise<WebServer> {
  const server: Server = createServer((request, response) => {
    if (!isOwnHost(request)) refuse(response, 421, 'This server is http://127.0.0.1 and no other.');
    else answer(request.url ?? '/', response, values).catch(() => response.writeHead(500).end());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  return {
    url,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isOwnHost({headers, socket}: IncomingMessage): boolean {
  return ['127.0.0.1', 'localhost'].some(name => {
    const hosts = [`${name}:${socket.localPort}`, ...(socket.localPort === 80 ? [name] : [])]; // browsers leave 80 out
    return hosts.includes(headers.host?.toLowerCase() ?? '');
  });
}

async function answer(url: string, response: ServerResponse, values: PageValues): Promise<void> {
  const page = await findPage(url);
  if (!page) {
    refuse(response, 404, 'There is no such page.');
    return;
  }
  const content = await readFile(page.file, 'utf8');
  response.setHeader('Content-Type', page.type).setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Security-Policy', policy(values));
  response.end(page.type.startsWith('text/html') ? fill(content, values) : content);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {'Content-Type': 'text/plain; charset=utf-8'}).end(`${sentence}\n`);
}

// Only files that are listed in web/ are served, so no path can lead out of it.
async function findPage(url: string): Promise<{file: string; type: string} | undefined> {
  const name = url.split('?')[0]?.slice(1) || 'index.html';
  if (name === 'vendor/socket.io.js') return {file: SOCKET_IO_CLIENT, type: MEDIA_TYPES['.js'] ?? ''};
  const type = MEDIA_TYPES[path.extname(name)];
  return type !== undefined && (await readdir(WEB_DIRECTORY)).includes(name)
    ? {file: path.join(WEB_DIRECTORY, name), type}
    : undefined;
}

function policy({REST_URL = '', GATEWAY_URL = '', WEB_URL = ''}: PageValues): string {
  const connect = `'self' ${REST_URL} ${GATEWAY_URL} ${GATEWAY_URL.replace(/^http/, 'ws')}`;
  return `default-src 'self'; connect-src ${connect}; form-action 'self' ${WEB_URL} ${REST_URL}; base-uri 'none'; frame-ancestors 'none'`;
}

function fill(html: string, values: PageValues): string {
  return html.replace(/%([A-Z_]+)%/g, (placeholder, name: string) => escapeHtml(values[name] ?? placeholder));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
