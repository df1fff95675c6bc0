// A connection on which a test sends a request in parts, and reads what comes until the server closes it.
import {once} from 'node:events';
import {connect} from 'node:net';
import {eventually} from './eventually';
import {parseAnswer, type RawAnswer} from './raw-http';
import {onTeardown} from './teardown';

export interface RawConnection {
  send(bytes: string | Buffer): void;
  /** Resolves with the first bytes, and reads no more: the rest stays with the server until `resume`. */
  pausesAtFirstByte(): Promise<void>;
  resume(): void;
  /** Resolves with how many answers have come, once these are `count` or more. */
  receives(count: number): Promise<number>;
  /** Every answer that came before the server closed the connection; rejects after ten seconds without a byte. */
  answers: Promise<RawAnswer[]>;
}

/** Resolves once it is connected. */
export async function openRaw(url: string): Promise<RawConnection> {
  const {hostname, port} = new URL(url);
  const socket = connect(Number(port), hostname);
  onTeardown(() => Promise.resolve(socket.destroy()));
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  const received = () => text.split(/(?=HTTP\/1\.1 \d{3} )/).filter(Boolean);
  const answers = new Promise<RawAnswer[]>((resolve, reject) => {
    const finish = () => resolve(received().map(parseAnswer));
    socket.once('close', finish);
    socket.on('error', error => ('syscall' in error ? finish() : reject(error))); // a reset is one way of closing
    socket.setTimeout(10_000, () => socket.destroy(new Error('the server neither sends nor closes')));
  });
  answers.catch(() => undefined); // for who asks
  await once(socket, 'connect');
  return {
    send: bytes => void socket.write(bytes),
    pausesAtFirstByte: () =>
      new Promise(resolve => {
        socket.once('data', () => {
          socket.pause();
          resolve();
        });
      }),
    resume: () => void socket.resume(),
    receives: count =>
      eventually(() => {
        const {length} = received();
        if (length < count) throw new Error(`${length} answers have come, not ${count}`);
        return length;
      }),
    answers,
  };
}
