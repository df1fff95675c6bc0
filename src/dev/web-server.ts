// The HTTP server of `npm start`'s pages, on loopback and for this machine's own names only.
import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {BACK_OFFICE_PATH, findPage, type PageValues} from './web-pages';

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

async function answer(target: string, response: ServerResponse, values: PageValues): Promise<void> {
  if (`${target}/` === BACK_OFFICE_PATH) {
    response.writeHead(308, {Location: BACK_OFFICE_PATH}).end(); // its files are named relative to it
    return;
  }
  const page = await findPage(target, values);
  if (page) response.writeHead(200, page.headers).end(page.content);
  else refuse(response, 404, 'There is no such page.');
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {'Content-Type': 'text/plain; charset=utf-8'}).end(`${sentence}\n`);
}
