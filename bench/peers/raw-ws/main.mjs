// The floor: no protocol but WebSocket. An event is framed once and the same bytes are written to every socket.
import {createServer} from 'node:http';
import {once} from 'node:events';
import {Redis} from 'ioredis';
import {createLocalJWKSet, jwtVerify} from 'jose';
import {WebSocketServer} from 'ws';

const {PORT, REDIS_URL, CHANNEL, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS} = process.env;
const keys = createLocalJWKSet(JSON.parse(AUTH_JWKS));
const observers = new Set();

const server = createServer((_request, response) => response.writeHead(404).end());
const sockets = new WebSocketServer({server, perMessageDeflate: false, maxPayload: 10_000, clientTracking: false});
sockets.on('connection', socket => {
  socket.once('message', async token => {
    try {
      await jwtVerify(String(token), keys, {issuer, audience, algorithms: ['RS256']});
      socket.send('43{"ok":true}');
      observers.add(socket._socket);
      socket.once('close', () => observers.delete(socket._socket));
    } catch {
      socket.close(4401);
    }
  });
  socket.on('error', () => socket.terminate());
});

const subscriber = new Redis(REDIS_URL);
await subscriber.subscribe(CHANNEL);
subscriber.on('message', (_channel, text) => {
  const frame = toFrame(text);
  for (const socket of observers) socket.write(frame);
});

function toFrame(text) {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0]);
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

server.listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log(`listening at http://127.0.0.1:${server.address().port}`);
process.once('SIGTERM', () => process.exit(0));
