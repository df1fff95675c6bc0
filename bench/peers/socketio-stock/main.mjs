// socket.io as its documentation sets it up, with the Redis adapter: token in the handshake, one room, one event.
import {createServer} from 'node:http';
import {once} from 'node:events';
import {createAdapter} from '@socket.io/redis-adapter';
import {Redis} from 'ioredis';
import {createLocalJWKSet, jwtVerify} from 'jose';
import {Server} from 'socket.io';

const {PORT, REDIS_URL, REDIS_KEY, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS} = process.env;
const keys = createLocalJWKSet(JSON.parse(AUTH_JWKS));

const publisher = new Redis(REDIS_URL);
const subscriber = publisher.duplicate();
const server = createServer();
const io = new Server(server, {
  adapter: createAdapter(publisher, subscriber, {key: REDIS_KEY}),
  transports: ['websocket'],
  serveClient: false,
});
const observation = io.of('/observation');
observation.use(async (socket, next) => {
  try {
    await jwtVerify(String(socket.handshake.auth.token), keys, {issuer, audience, algorithms: ['RS256']});
    next();
  } catch {
    next(new Error('unauthorized'));
  }
});
observation.on('connection', socket => {
  socket.on('observe', async (_request, acknowledge) => {
    await socket.join('inquiries');
    acknowledge({ok: true});
  });
});

server.listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log(`listening at http://127.0.0.1:${server.address().port}`);
process.once('SIGTERM', () => process.exit(0));
