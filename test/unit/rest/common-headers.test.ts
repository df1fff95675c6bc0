// The common headers are those that helmet and cors set with these options.
import {once} from 'node:events';
import {createServer, get, type IncomingMessage, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import cors from 'cors';
import helmet from 'helmet';
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

test('an answer to nobody of another origin has the headers of helmet and cors', async () => {
  const setCommonHeaders = createCommonHeaders({
    allowedOrigins: ['https://site.example'],
    logger: givenLogger().logger,
  });
  const own = await headersOf(setCommonHeaders);
  const secure = helmet({
    contentSecurityPolicy: {useDefaults: false, directives: {defaultSrc: ["'none'"], frameAncestors: ["'none'"]}},
    crossOriginResourcePolicy: {policy: 'cross-origin'},
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  const exposedHeaders = own['Access-Control-Expose-Headers']?.split(',') ?? [];
  const share = cors({origin: ['https://site.example'], exposedHeaders});
  const theirs = await headersOf((request, response) => {
    secure(request, response, () => share(request, response, () => undefined));
  });
  expect(exposedHeaders).toContain('X-Request-Id');
  expect(own).toEqual(theirs);
});
