// Slow senders (slowloris), with real sockets: cut off with 408 by headers and by body, while a proxy that keeps its
// connection idle is left alone. Takes half a minute, since the limits of the running service are the ones tested.
import {Agent, request as httpRequest} from 'node:http';
import {connect} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {givenDatabase} from '../../helpers/database';
import {givenRest, type TestRest} from '../../helpers/rest';
import {onTeardown} from '../../helpers/teardown';
import {givenTokenIssuer} from '../../helpers/tokens';

let rest: TestRest;

beforeAll(async () => {
  rest = await givenRest({databaseUrl: (await givenDatabase()).url, issuer: await givenTokenIssuer()});
});

describe('slow senders', () => {
  // Sends the start, then a byte each half second, until the server ends it.
  function dribble(start: string, byte: string): Promise<{text: string; ms: number}> {
    const startedAt = performance.now();
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    onTeardown(() => Promise.resolve(socket.destroy()));
    let text = '';
    socket.on('data', chunk => (text += chunk.toString()));
    socket.on('error', () => undefined); // a reset ends it as well
    socket.write(start);
    const timer = setInterval(() => socket.write(byte), 500);
    return new Promise(resolve =>
      socket.once('close', () => {
        clearInterval(timer);
        resolve({text, ms: performance.now() - startedAt});
      }),
    );
  }

  // Connections of one agent: the local port shows whether the second request came over the same one.
  async function pauseBetweenRequests(ms: number): Promise<boolean> {
    const agent = new Agent({keepAlive: true, maxSockets: 1});
    onTeardown(() => {
      agent.destroy();
      return Promise.resolve();
    });
    const localPort = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = httpRequest(`${rest.url}/live`, {agent}, ({socket}) => resolve(socket.localPort));
        asked.once('response', response => response.resume());
        asked.once('error', reject).end();
      });
    const first = await localPort();
    await delay(ms);
    return (await localPort()) === first;
  }

  // All at once, since each takes its time.
  let slowHeaders: ReturnType<typeof dribble>[];
  let slowBody: ReturnType<typeof dribble>;
  let keptConnection: Promise<boolean>;
  beforeAll(() => {
    const posted =
      'POST /inquiries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n';
    slowHeaders = Array.from({length: 50}, () => dribble('GET /live HTTP/1.1\r\nHost: outreach.test\r\nX-A: ', 'a'));
    slowHeaders.push(dribble('', ''));
    slowBody = dribble(posted, ' ');
    keptConnection = pauseBetweenRequests(17_000); // longer than headers may take and the check may be late
  });
  const isTimeout = /^HTTP\/1\.1 408 [^]*"type":"\/problems\/request-timeout"/;

  test('are cut off with 408 while they send headers or nothing, and others are served meanwhile', async () => {
    expect((await rest.get('/live')).status).toBe(200);
    for (const {text, ms} of await Promise.all(slowHeaders)) {
      expect(text).toMatch(isTimeout);
      expect([ms > 9000, ms < 20_000]).toEqual([true, true]);
    }
  });

  test('are not mistaken for a proxy that keeps its connection', async () => {
    expect(await keptConnection).toBe(true);
  });

  test('are cut off with 408 while they send a body', async () => {
    const {text, ms} = await slowBody;
    expect(text).toMatch(isTimeout);
    expect([ms > 24_000, ms < 35_000]).toEqual([true, true]);
    expect(rest.lines.filter(({level}) => level === 'error')).toEqual([]);
  }, 45_000);
});
