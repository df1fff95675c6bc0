// One connection to the gateway: connects, observes, passes hints on, and reports once why it ended. It never reconnects;
// the observer does.
import {io, type Socket} from 'socket.io-client';
import {OBSERVE, SocketEvent} from '../../contract/event-names';
import type {ClientToServerEvents, InquirySubmitted, ObserveResult, ServerToClientEvents} from '../../contract/events';
import {OBSERVATION_NAMESPACE} from '../../contract/rooms';
import type {Clock} from '../runtime/clock';
import type {InquiryHint} from '../feed-types';

/** Handshake and acknowledgement together. */
const OPEN_TIMEOUT_MS = 10_000;

/**
 * Why a connection ended: the token was refused, or lacks the scope; the gateway closed it, as it does when the token
 * expires; or it was lost, or was never established.
 */
export type ConnectionEnd = 'unauthorized' | 'forbidden' | 'expired' | 'lost';

export interface ConnectionOptions {
  gatewayUrl: string;
  token: string;
  topics: readonly string[] | undefined;
  clock: Clock;
  /** The gateway acknowledged: from now on it sends an event for every new inquiry. */
  onObserving: () => void;
  onHint: (hint: InquiryHint) => void;
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
    const hint = readHint(event);
    if (hint) onHint(hint);
  });
  return close;
};

/**
 * The hint in `data` of a message from outside, the gateway or another tab, without any other field; undefined for a
 * message of another shape.
 */
export function readHint(message: unknown): InquiryHint | undefined {
  const {data} = Object(message) as {data?: unknown};
  const {inquiryId, topic, receivedAt} = Object(data) as Partial<Record<keyof InquiryHint, unknown>>;
  if (typeof inquiryId !== 'string' || typeof topic !== 'string' || typeof receivedAt !== 'string') return undefined;
  return {inquiryId, topic, receivedAt} satisfies InquirySubmitted['data'];
}
