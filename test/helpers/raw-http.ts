// Requests that no HTTP client would send: bytes on a socket, and the answer as far as it came.
import {connect} from 'node:net';
import {onTeardown} from './teardown';

export interface RawAnswer {
  status: number;
  headers: Headers;
  text(): Promise<string>;
}

/**
 * Sends the bytes as they are and reads until the server closes; send `Connection: close`. Ends our side after the
 * bytes when `end` is set, as a client does that goes away.
 */
export async function sendRaw(
  url: string,
  request: string | Buffer,
  {end = false}: {end?: boolean} = {},
): Promise<RawAnswer> {
  const {hostname, port} = new URL(url);
  const socket = connect(Number(port), hostname);
  onTeardown(() => Promise.resolve(socket.destroy()));
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('data', chunk => chunks.push(Buffer.from(chunk)));
    socket.once('close', () => resolve());
    socket.once('error', error => (chunks.length > 0 ? resolve() : reject(error))); // a reset after the answer
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
    if (end) socket.end(request);
    else socket.write(request);
  });
  return parseAnswer(Buffer.concat(chunks).toString('latin1'));
}

/** A request head and body; each header as given, whatever it holds. */
export function rawRequest(requestLine: string, headers: Record<string, string>, body: string | Buffer = ''): Buffer {
  const lines = Object.entries({Host: 'outreach.test', Connection: 'close', ...headers}).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = Buffer.from([`${requestLine} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1');
  return Buffer.concat([head, Buffer.from(body)]);
}

/** The first answer of these bytes, as far as it came. */
export function parseAnswer(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Headers(
    lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
  return {status, headers, text: () => Promise.resolve(body.join('\r\n\r\n'))};
}
