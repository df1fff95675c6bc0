// The built back office behind a plain web server, with a config.json and the policy of docs/operations.md, as in
// production.
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {onTeardown} from './teardown';

const ROOT = path.resolve(__dirname, '../..');
const TYPES: Record<string, string> = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css'};

export interface StaticSite {
  /** The back office's address. */
  page: string;
  /**
   * What config.json answers from now on, each time or as it is, and the origins that take the place of the documented
   * ones.
   */
  configure(configuration: object | (() => Promise<object>), origins: Record<string, string>): void;
}

export async function givenStaticSite(): Promise<StaticSite> {
  const documented = /^Content-Security-Policy: (.*)$/m.exec(
    await readFile(path.join(ROOT, 'docs/operations.md'), 'utf8'),
  )?.[1];
  if (documented === undefined) throw new Error('docs/operations.md has no policy');
  let configuration: object | (() => Promise<object>) = {};
  let policy = documented;
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').split('?')[0]?.slice('/desk/'.length) || 'index.html';
    response.setHeader('Content-Security-Policy', policy);
    if (name === 'config.json') {
      void Promise.resolve(
        typeof configuration === 'function' ? (configuration as () => Promise<object>)() : configuration,
      ).then(fields => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(fields)));
      return;
    }
    readFile(path.join(ROOT, 'web/dist', name)).then(
      content => response.setHeader('Content-Type', TYPES[path.extname(name)] ?? 'image/svg+xml').end(content),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    page: `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk/`, // it listens on a port
    configure: (fields, origins) => {
      configuration = fields;
      policy = Object.entries(origins).reduce((text, [from, to]) => text.replaceAll(from, to), documented);
    },
  };
}
