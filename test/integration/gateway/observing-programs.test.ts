// Programs that are no browser, as docs/events.md has them: each observes a real gateway, reads the feed of a real REST
// after each event, and goes on with a fresh token when its token has expired.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {givenDatabase} from '../../helpers/database';
import {eventually} from '../../helpers/eventually';
import {givenGateway, givenRedisKey, sharedRedisUrl, type TestGateway} from '../../helpers/gateway';
import {givenSubmission} from '../../helpers/inquiries';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

const ROOT = path.resolve(__dirname, '../../..');
const PAGE = readFileSync(path.join(ROOT, 'docs/events.md'), 'utf8');
/** Blocks whose first line names their file. */
const FILES = [...PAGE.matchAll(/^```(?:js|python)\n((?:\/\/|#) ([\w.]+\.(?:mjs|py))\b[^]*?)^```/gm)].map(
  ([, source = '', name = '']): [string, string] => [name, source],
);
const CREDENTIALS = {CLIENT_ID: 'warehouse', CLIENT_SECRET: 's3cret'};
const TOKEN_SECONDS = 6;

let directory: string;
let rest: TestRest;
let gateway: TestGateway;
let tokenUrl: string;
let tokensGiven = 0;

beforeAll(async () => {
  const redis = {redisUrl: sharedRedisUrl(), redisKey: givenRedisKey()};
  const [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRest({databaseUrl: database.url, issuer, ...redis});
  gateway = await givenGateway({issuer, ...redis});
  tokenUrl = await givenTokenEndpoint(() => issuer.sign({expiresIn: TOKEN_SECONDS}));
  directory = await mkdtemp(path.join(tmpdir(), 'outreach-programs-'));
  onTeardown(() => rm(directory, {recursive: true}));
  await symlink(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'));
  await Promise.all(FILES.map(([name, source]) => writeFile(path.join(directory, name), source)));
});

/** The token endpoint of an issuer (RFC 6749, 4.4), for one client. */
async function givenTokenEndpoint(sign: () => Promise<string>): Promise<string> {
  const expected = `Basic ${btoa(`${CREDENTIALS.CLIENT_ID}:${CREDENTIALS.CLIENT_SECRET}`)}`;
  const server = createServer((request, response) => {
    const answer = async () => {
      const grant = new URLSearchParams(await text(request)).get('grant_type');
      response.setHeader('Content-Type', 'application/json');
      if (request.headers.authorization !== expected || grant !== 'client_credentials') {
        response.writeHead(400).end('{"error":"invalid_request"}');
        return;
      }
      tokensGiven += 1;
      response.end(JSON.stringify({access_token: await sign(), token_type: 'Bearer', expires_in: TOKEN_SECONDS}));
    };
    void answer();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`; // it listens on a port
}

/** Starts a program with nothing of this process's environment but PATH; what it prints, as far as it came. */
function start(program: string, ...args: string[]): () => string {
  const addresses = {REST_URL: rest.url, GATEWAY_URL: gateway.url, TOKEN_URL: tokenUrl};
  const env = {PATH: process.env.PATH, ...addresses, ...CREDENTIALS};
  const child = spawn(program, args, {cwd: directory, env});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const closed = once(child, 'close');
  onTeardown(() => {
    child.kill('SIGKILL');
    return closed;
  });
  return () => output;
}

/** A Python that has the packages of the page. */
function findPython(): string {
  const candidates = ['/usr/bin/python3', 'python3']; // Debian's packages belong to Debian's own
  const found = candidates.find(name => spawnSync(name, ['-c', 'import aiohttp, socketio, websocket']).status === 0);
  if (found === undefined) {
    throw new Error(
      'This test runs Python: install python-socketio, aiohttp and websocket-client ' +
        '(Debian: python3-socketio, python3-aiohttp, python3-websocket).',
    );
  }
  return found;
}

async function submit(topic = 'sales'): Promise<string> {
  const response = await rest.post('/inquiries', givenSubmission({topic}));
  expect(response.status).toBe(201);
  return ((await response.json()) as {id: string}).id;
}

function linesOf(output: string, beginning: string): string[] {
  return output.split('\n').filter(line => line.startsWith(beginning));
}

test('the page has these programs', () => {
  expect(FILES.map(([name]) => name)).toEqual(['feed.mjs', 'observe.mjs', 'observe.py', 'websocket.mjs']);
});

test.each([
  ['observe.mjs', () => process.execPath],
  ['websocket.mjs', () => process.execPath],
  ['observe.py', findPython],
])('%s lists, shows each new inquiry once, and goes on when its token expires', async (file, findProgram) => {
  const listed = await submit();
  const tokensBefore = tokensGiven;
  const output = start(findProgram(), file);
  await eventually(() => expect(output()).toContain(`listed sales ${listed}`));
  expect(linesOf(output(), 'observing')[0]).toMatch(/["']granted["']: ?\[["']\*["']\]/);
  const first = await submit();
  await eventually(() => expect(output()).toContain(`new sales ${first}`)); // far sooner than the minute of its timer
  await eventually(() => expect(linesOf(output(), 'observing').length).toBeGreaterThan(1), 30_000);
  expect(tokensGiven).toBeGreaterThan(tokensBefore + 1);
  const later = await submit('press');
  await eventually(() => expect(output()).toContain(`new press ${later}`));
  expect(linesOf(output(), 'new').sort()).toEqual([`new press ${later}`, `new sales ${first}`]);
  expect(linesOf(output(), 'listed').filter(line => line.includes(listed))).toHaveLength(1);
});

test("Python's other client sends an origin of its own, is refused, and the log says which variable it is about", async () => {
  const refusals = () => gateway.lines.filter(({msg}) => msg === 'gateway.origin.refused').length;
  const before = refusals();
  const script = `
import os, socketio
socketio.Client(reconnection=False).connect(os.environ['GATEWAY_URL'], transports=['websocket'], namespaces=['/observation'])
`;
  const output = start(findPython(), '-c', script);
  await eventually(() => expect(output()).toMatch(/ConnectionError: Connection error/));
  await eventually(() => expect(refusals()).toBeGreaterThan(before));
});
