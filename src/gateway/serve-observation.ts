// The observation namespace: admits sockets, limits what they may send, and counts them.
import {OBSERVE, type ObserveResult} from '../contract/events';
import {OBSERVATION_NAMESPACE} from '../contract/rooms';
import type {Logger} from '../platform/logger';
import {Gauge, type Registry} from '../platform/metrics';
import {forgetRequest, type HandshakeOptions, Handshakes} from './authenticate';
import {type ObservationServer, type ObservationSocket, observe} from './observation-rooms';
import type {SessionExpiry} from './session-expiry';

export interface ObservationOptions extends HandshakeOptions {
  topics: readonly string[];
  expiry: SessionExpiry;
  logger: Logger;
  registry: Registry;
}

/** Sets up the namespaces; sockets are answered from now on. */
export function serveObservation(io: ObservationServer, options: ObservationOptions): void {
  const {topics, expiry, logger, registry} = options;
  const known = new Set(topics);
  // socket.io always has the main namespace, which checks no token; a socket in it would only occupy a connection.
  io.use((_socket, next) => next(new Error('Invalid namespace')));
  const namespace = io.of(OBSERVATION_NAMESPACE);
  const handshakes = new Handshakes(options);
  namespace.use((socket, next) => handshakes.admit(socket, next));
  // All sockets share these listeners, whose `this` is the socket: separate ones for each would cost memory.
  const logError = function (this: ObservationSocket, error: Error) {
    logger.debug({err: error, socketId: this.id}, 'gateway.socket.error');
  };
  const answer = function (this: ObservationSocket, request: unknown, ack: (result: ObserveResult) => void) {
    observe(this, request, known).then(ack, (error: unknown) => {
      logger.error({err: error, socketId: this.id}, 'gateway.observe.failed');
      ack({ok: false, granted: [], denied: [], error: 'bad_request'});
    });
  };
  namespace.on('connection', (socket: ObservationSocket) => {
    handshakes.admitted(socket);
    expiry.add(socket);
    forgetRequest(socket);
    socket.on('error', logError);
    socket.on(OBSERVE, answer);
    socket.use(([event, , ack], next) => {
      // A client can send nothing but `observe` with an acknowledgement.
      if (event === OBSERVE && typeof ack === 'function') next();
      else socket.disconnect(true);
    });
  });
  new Gauge({
    name: 'outreach_gateway_sockets',
    help: 'Sockets connected to the observation namespace.',
    registers: [registry],
    collect() {
      this.set(namespace.sockets.size);
    },
  });
}
