// A site of somebody else: pages of another origin than the service's, the examples that docs/public-site.md has for
// them, and what their visitor does.
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import type {Page} from 'playwright-core';
import {onTeardown} from './teardown';

const DOCUMENT = readFileSync(path.resolve(__dirname, '../../docs/public-site.md'), 'utf8');

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

/** The examples below this heading of docs/public-site.md, in their order, for a service at this address. */
export function documentedExamples(heading: string, restUrl: string): string[] {
  const [, section = ''] = new RegExp(`^## ${heading}\n([^]*?)^## `, 'm').exec(DOCUMENT) ?? [];
  const examples = [...section.matchAll(/^```\w+\n([^]*?)^```/gm)].map(([, example = '']) => example);
  if (examples.length === 0) throw new Error(`docs/public-site.md has no example "${heading}"`);
  return examples.map(example => example.replaceAll('http://localhost:3000', restUrl));
}

/** The visitor fills in the contact form. */
export async function fillIn(page: Page, fields: {name: string; email?: string}): Promise<void> {
  const {name, email = 'ada@example.org'} = fields;
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Message').fill('What would ten of them cost?');
}

export const send = (page: Page): Promise<void> => page.getByRole('button', {name: 'Send'}).click();

/** The next inquiry that the page sends is stored, and the visitor never learns. */
export async function loseNextAnswer(page: Page, restUrl: string): Promise<void> {
  await page.route(
    `${restUrl}/inquiries`,
    async route => {
      await route.fetch();
      await route.abort();
    },
    {times: 1},
  );
}
