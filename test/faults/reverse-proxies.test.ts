// What deploy/proxy/ promises beside restarts: outreach's own answers go through, also when no replica is ready, and a
// submission that may have been stored is sent again only when its key makes that harmless.
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {eventually} from '../helpers/eventually';
import {ALLOWED_ORIGIN} from '../helpers/gateway';
import {givenSubmission} from '../helpers/inquiries';
import {givenRestProcess} from '../helpers/process';
import {givenReverseProxy} from '../helpers/reverse-proxy';
import {steadyPort} from '../helpers/tcp-proxy';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

let database: TestDatabase;
let issuer: TokenIssuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
});

const unusedPorts = () => Promise.all([steadyPort(), steadyPort()]);

function givenRest(port: number, databaseUrl = database.url) {
  const env = {PORT: String(port), TRUST_PROXY_HOPS: '1', ALLOWED_ORIGINS: ALLOWED_ORIGIN};
  return givenRestProcess({databaseUrl, issuer, env});
}

function submitTo(
  url: string,
  headers: Record<string, string> = {},
  fields: Record<string, unknown> = {},
): Promise<Response> {
  return fetch(`${url}/inquiries`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', ...headers},
    body: JSON.stringify(givenSubmission(fields)),
  });
}

/** A replica that says it is ready, takes each submission, and breaks off without an answer. */
async function givenBrokenReplica(port: number): Promise<{taken(): number}> {
  let taken = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end();
      return;
    }
    request.resume().once('end', () => {
      taken += 1;
      request.socket.destroy();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTeardown(async () => {
    const closed = once(server, 'close');
    server.close().closeAllConnections();
    await closed;
  });
  return {taken: () => taken};
}

describe.each(['haproxy', 'nginx'] as const)('behind %s', name => {
  test('outreach is reached, and one request id goes through', async () => {
    const [rest, gateways] = await Promise.all([unusedPorts(), unusedPorts()]);
    await Promise.all(rest.map(port => givenRest(port)));
    const {url} = await givenReverseProxy(name, {rest, gateways});
    const requestId = randomUUID();
    const answer = await submitTo(url, {'X-Request-Id': requestId, Origin: ALLOWED_ORIGIN});
    expect(answer.status).toBe(201);
    expect(answer.headers.get('X-Request-Id')).toBe(requestId);
    expect((await submitTo(url)).headers.get('X-Request-Id')).toMatch(/^[\w-]{32,36}$/);
    const tooLarge = await submitTo(url, {Origin: ALLOWED_ORIGIN}, {metadata: {padding: 'x'.repeat(40_000)}});
    expect(tooLarge.status).toBe(413);
    expect(tooLarge.headers.get('Content-Type')).toBe('application/problem+json');
    expect(tooLarge.headers.get('Access-Control-Allow-Origin')).toBe(ALLOWED_ORIGIN);
  });

  test("when no replica is ready, visitors get outreach's own 503", async () => {
    const [rest, gateways] = await Promise.all([unusedPorts(), unusedPorts()]);
    await Promise.all(rest.map(port => givenRest(port, 'postgres://nobody@127.0.0.1:1/none')));
    const {url, output} = await givenReverseProxy(name, {rest, gateways});
    if (name === 'haproxy') await eventually(() => expect(output()).toMatch(/rest1 is DOWN[^]*rest2 is DOWN/));
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const answer = await submitTo(url, {Origin: ALLOWED_ORIGIN});
      expect(answer.status).toBe(503);
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(ALLOWED_ORIGIN);
      expect(answer.headers.get('Retry-After')).not.toBeNull();
    }
  });

  test('when nobody answers, the proxy says the same in its own name', async () => {
    const [rest, gateways] = await Promise.all([unusedPorts(), unusedPorts()]);
    const {url} = await givenReverseProxy(name, {rest, gateways});
    const answer = await submitTo(url);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(answer.headers.get('Retry-After')).toBe('2');
    expect(await answer.json()).toMatchObject({type: '/problems/unavailable', status: 503});
  });

  test('a submission that may have been stored is sent again only with a key', async () => {
    const [rest, gateways] = await Promise.all([unusedPorts(), unusedPorts()]);
    const broken = await givenBrokenReplica(rest[0]);
    await givenRest(rest[1]);
    const {url} = await givenReverseProxy(name, {rest, gateways});
    const plain = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      // HAProxy also closes a connection that it has answered on before, as the replica did.
      const status = submitTo(url).then(
        answer => answer.status,
        () => 'closed',
      );
      plain.push(await status);
    }
    const takenOfPlain = broken.taken();
    expect(takenOfPlain).toBeGreaterThan(0);
    expect(plain.filter(status => status !== 201)).toHaveLength(takenOfPlain); // each that was taken failed, once
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await submitTo(url, {'Idempotency-Key': randomUUID()})).status).toBe(201);
    }
    expect(broken.taken()).toBeGreaterThan(takenOfPlain);
  });
});
