// A client with an address of its own: all of 127.0.0.0/8 is this machine, so tests can be several clients.
import {Agent, request as httpRequest} from 'node:http';
import {connect, type Socket} from 'node:net';
import {onTeardown} from './teardown';

export interface HttpClient {
  /** Posts over a connection of its own; resolves with the status, or rejects when the connection breaks. */
  post(path: string, body: unknown): Promise<HttpAnswer>;
  get(path: string): Promise<HttpAnswer>;
  /** A bare connection. */
  connect(): Socket;
}

export interface HttpAnswer {
  status: number;
  retryAfter?: string;
  text: string;
}

/** `address` is one of 127.0.0.0/8; 127.0.0.1 is what every other client of the tests has. */
export function givenHttpClient(url: string, address: string): HttpClient {
  const {hostname, port} = new URL(url);
  const agent = new Agent({localAddress: address});
  onTeardown(() => {
    agent.destroy();
    return Promise.resolve();
  });
  const send = (method: string, path: string, body?: unknown) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const headers = body === undefined ? {} : {'Content-Type': 'application/json'};
      const request = httpRequest({hostname, port, agent, method, path, headers}, response => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        const retryAfter = response.headers['retry-after'];
        response.once('end', () => resolve({status: response.statusCode ?? 0, retryAfter, text}));
        response.once('error', reject);
      });
      request.once('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    post: (path, body) => send('POST', path, body),
    get: path => send('GET', path),
    connect: () => {
      const socket = connect({host: hostname, port: Number(port), localAddress: address});
      socket.on('error', () => undefined); // a reset is what some tests wait for
      onTeardown(() => Promise.resolve(socket.destroy()));
      return socket;
    },
  };
}
