// Connections to REST that cost nothing to hold: nothing is sent, headers drip, or what was asked for is never read.
import {connect} from 'node:net';
import {bigReads} from './hostile-requests.mjs';

const DRIP_MS = 500;

export function idle(target) {
  return ({cut}) => hold(target, cut).close;
}

export function drip(target) {
  return ({cut}) => {
    const {socket, close} = hold(target, cut);
    socket.write(`POST /inquiries HTTP/1.1\r\nHost: ${target.authority}\r\n`);
    const timer = setInterval(() => socket.write('X-Drip: 1\r\n'), DRIP_MS);
    return () => {
      clearInterval(timer);
      close();
    };
  };
}

/** Of `{token}`. */
export function unread(target, {token}) {
  const nextRequest = bigReads(target.authority, token);
  return ({cut}) => {
    const {socket, close} = hold(target, cut, {reads: false});
    socket.write(nextRequest());
    return close;
  };
}

function hold({host, port, localAddress}, cut, {reads = true} = {}) {
  const socket = connect({host, port, localAddress});
  socket.on('error', cut);
  socket.on('close', cut);
  if (reads) socket.resume();
  else socket.pause();
  return {socket, close: () => socket.destroy()};
}
