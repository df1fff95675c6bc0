// A site of somebody else: pages of another origin than the service's.
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTeardown} from './teardown';

export interface Site {
  origin: string;
  /** By path. */
  files: Map<string, {type: string; content: string; headers?: Record<string, string>}>;
}

export async function givenSite(): Promise<Site> {
  const files: Site['files'] = new Map();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '/');
    if (file) response.writeHead(200, {'Content-Type': file.type, ...file.headers}).end(file.content);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {origin: `http://localhost:${(server.address() as AddressInfo).port}`, files}; // it listens on a port
}
