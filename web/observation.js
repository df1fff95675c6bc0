// The socket: connects to the gateway's observation namespace, observes, and comes back after every loss. Events are
// only hints: whoever listens must read the list again whenever this says `live`.
import {io} from '/vendor/socket.io.js';

const ACK_TIMEOUT_MS = 5000;
// What the handshake answers when another attempt with the same token is pointless.
const REFUSALS = new Set(['unauthorized', 'forbidden']);

/**
 * Starts observing all that the token allows. `onState` gets `live` (the gateway acknowledged: from now on no event
 * is missed), `reconnecting` or `unauthorized`, the last with the reason; `onEvent` gets INQUIRY_SUBMITTED events.
 * Returns `stop()`.
 */
export function observeInquiries({gatewayUrl, token, onState, onEvent}) {
  const socket = io(`${gatewayUrl}/observation`, {
    transports: ['websocket'],
    auth: {token},
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
  });
  let refused = false;
  let retry;

  const refuse = reason => {
    refused = true;
    clearTimeout(retry);
    socket.disconnect();
    onState('unauthorized', reason);
  };
  // socket.io reconnects by itself unless the server ended the connection or refused it; a draining gateway does
  // that too. Jitter, so that not everybody comes back at once.
  const connectLater = () => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), 500 + Math.random() * 1500);
  };
  const observe = async () => {
    const result = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('observe', {});
    if (result.ok) onState('live');
    else if (REFUSALS.has(result.error)) refuse(result.error);
    else throw new Error('observe failed');
  };

  socket.on('connect', () => {
    observe().catch(() => {
      if (!socket.connected) return; // lost meanwhile: `disconnect` was told
      socket.disconnect();
      connectLater();
    });
  });
  socket.on('disconnect', reason => {
    if (refused) return;
    onState('reconnecting');
    if (reason === 'io server disconnect') connectLater();
  });
  socket.on('connect_error', error => {
    if (refused) return;
    if (REFUSALS.has(error.message)) {
      refuse(error.message);
      return;
    }
    onState('reconnecting');
    if (!socket.active) connectLater();
  });
  socket.on('INQUIRY_SUBMITTED', onEvent);
  return {stop: refuse};
}
