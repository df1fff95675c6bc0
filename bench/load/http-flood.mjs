// Floods REST: each connection sends its next requests as soon as the last are answered.
import {HttpConnection} from './http-connection.mjs';
import {hostileRequests} from './hostile-requests.mjs';

/** Of `{what, token, depth}`: `depth` requests are sent at once, pipelined, and the next when all of them are answered. */
export function flood(target, {depth = 1, ...requests}) {
  const nextRequest = hostileRequests(target.authority, requests);
  return ({answer, cut}) => {
    let missing = 0;
    const send = () => {
      missing = depth;
      connection.send(depth === 1 ? nextRequest() : Array.from({length: depth}, nextRequest).join(''));
    };
    const onAnswer = ({status}) => {
      answer(status);
      missing -= 1;
      if (missing === 0) send();
    };
    const connection = new HttpConnection(target, onAnswer, cut);
    send();
    return () => connection.close();
  };
}
