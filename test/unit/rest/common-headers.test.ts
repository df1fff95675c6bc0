// The headers of every answer, and no others: each costs every answer.
import {once} from 'node:events';
import {createServer, get, IncomingMessage, type RequestListener, ServerResponse} from 'node:http';
import {type AddressInfo, Socket} from 'node:net';
import {createCommonHeaders} from '../../../src/rest/http/common-headers';
import {givenLogger} from '../../helpers/logger';

/** The headers of an answer that this listener gives to a request without Origin. */
async function headersOf(listener: RequestListener): Promise<Record<string, string>> {
  const server = createServer((request, response) => {
    listener(request, response);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [answer] = (await once(get({port: (server.address() as AddressInfo).port, agent: false}), 'response')) as [
    IncomingMessage,
  ];
  answer.resume();
  server.close();
  const names = answer.rawHeaders.filter(
    (_, index) => index % 2 === 0 && !TRANSPORT.test(answer.rawHeaders[index] ?? ''),
  );
  return Object.fromEntries(names.map(name => [name, String(answer.headers[name.toLowerCase()])]));
}
const TRANSPORT = /^(Date|Connection|Keep-Alive|Content-Length|Transfer-Encoding)$/;

test('an answer to nobody of another origin has the security headers, and says what pages may read', async () => {
  const setCommonHeaders = createCommonHeaders({
    allowedOrigins: ['https://site.example'],
    logger: givenLogger().logger,
  });
  const {'Access-Control-Expose-Headers': exposed, ...headers} = await headersOf(setCommonHeaders);
  expect(exposed?.split(',')).toContain('X-Request-Id');
  expect(headers).toEqual({
    'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Referrer-Policy': 'no-referrer',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
    Vary: 'Origin',
  });
});

test('each origin and method has its own answer, also when others were asked before', () => {
  const allowedOrigins = ['https://a.example', 'https://b.example'];
  const setCommonHeaders = createCommonHeaders({allowedOrigins, logger: givenLogger().logger});
  const answerTo = (method: string, origin?: string) => {
    const request = new IncomingMessage(new Socket());
    request.method = method;
    request.rawHeaders = ['Host', 'api.example'];
    if (origin !== undefined) request.headers.origin = origin;
    const response = new ServerResponse(request);
    setCommonHeaders(request, response);
    const {vary, 'access-control-allow-origin': allowed, 'access-control-max-age': age} = response.getHeaders();
    return {vary, allowed, age};
  };
  for (let round = 0; round < 2; round += 1) {
    expect(answerTo('GET')).toEqual({vary: 'Origin'});
    for (const origin of allowedOrigins) {
      expect(answerTo('POST', origin)).toEqual({vary: 'Origin', allowed: origin});
      expect(answerTo('OPTIONS', origin)).toEqual({vary: 'Origin', allowed: origin, age: '600'});
    }
    expect(answerTo('POST', 'https://c.example')).toEqual({vary: 'Origin'});
  }
});
