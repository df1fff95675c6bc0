// One connection to the gateway: connects, observes, tells hints, and says once why it ended. It never reconnects;
// that is the observer's part.
import {io, type Socket} from 'socket.io-client';
import {OBSERVE, SocketEvent} from '../../contract/event-names';
import type {ClientToServerEvents, ObserveResult, ServerToClientEvents} from '../../contract/events';
import {OBSERVATION_NAMESPACE} from '../../contract/rooms';
import type {Clock} from '../runtime/clock';
import type {Toast} from '../feed-types';
import {readToast} from './inquiry-hint';

/** Handshake and acknowledgement together. */
const OPEN_TIMEOUT_MS = 10_000;

/**
 * Why a connection ended: the token was refused, or lacks the scope; the gateway ended it in order, as it does when
 * the token expires; or it was lost, or never came about.
 */
export type ConnectionEnd = 'unauthorized' | 'forbidden' | 'expired' | 'lost';

export interface ConnectionOptions {
  gatewayUrl: string;
  token: string;
  topics: readonly string[] | undefined;
  clock: Clock;
  /** The gateway acknowledged: from now on it tells of every new inquiry. */
  onObserving: () => void;
  onHint: (toast: Toast) => void;
  /** Called once, unless close() was called before. */
  onEnd: (reason: ConnectionEnd) => void;
}

/** Opens a connection; what it returns closes it. */
export type OpenConnection = (options: ConnectionOptions) => () => void;

export const openConnection: OpenConnection = ({gatewayUrl, token, topics, clock, onObserving, onHint, onEnd}) => {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(gatewayUrl + OBSERVATION_NAMESPACE, {
    transports: ['websocket'], // so that replicas of the gateway need no sticky sessions
    auth: {token}, // never in the URL
    forceNew: true,
    reconnection: false,
  });
  const close = () => {
    cancelTimeout();
    socket.off();
    socket.disconnect();
  };
  const end = (reason: ConnectionEnd) => {
    close();
    onEnd(reason);
  };
  const cancelTimeout = clock.after(OPEN_TIMEOUT_MS, () => end('lost'));

  socket.on('connect', () => {
    socket.emit(OBSERVE, topics ? {topics: [...topics]} : {}, (result: ObserveResult) => {
      if (!socket.connected) return; // ended already
      cancelTimeout();
      if (result.ok) onObserving();
      else end(result.error === 'forbidden' ? 'forbidden' : 'lost');
    });
  });
  socket.on('connect_error', ({message}) =>
    end(message === 'unauthorized' || message === 'forbidden' ? message : 'lost'),
  );
  socket.on('disconnect', reason => end(reason === 'io server disconnect' ? 'expired' : 'lost'));
  socket.on(SocketEvent.INQUIRY_SUBMITTED, event => {
    const toast = readToast(event);
    if (toast) onHint(toast);
  });
  return close;
};
