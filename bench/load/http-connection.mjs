// One keep-alive HTTP/1.1 connection that sends prepared bytes and calls back when an answer is complete. It parses no more
// than it must: a load generator that is busy measures itself.
import {connect} from 'node:net';

const HEADER_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');

export class HttpConnection {
  #socket;
  #parts = [];
  #expected = -1; // bytes of the answer in all; -1 before its header, Infinity while it is chunked
  #received = 0;
  #status = 0;
  #onAnswer;
  #onError;

  /**
   * Calls back once for each answer, with status, bytes, and the bytes themselves if `keep`. Several requests may be sent
   * at once when their answers have a Content-Length. `localAddress` is who the server takes the client for.
   */
  constructor({host, port, localAddress, keep = false}, onAnswer, onError) {
    this.keep = keep;
    this.#onAnswer = onAnswer;
    this.#onError = onError;
    this.#socket = connect({host, port, localAddress, noDelay: true});
    this.#socket.on('data', chunk => this.#read(chunk));
    this.#socket.on('error', error => this.#onError(error));
    this.#socket.on('close', () => this.#onError(new Error('the server closed the connection')));
  }

  /** Sends a request, as text with the length that its header says. */
  send(request) {
    this.#socket.write(request, 'utf8');
  }

  close() {
    this.#onError = () => undefined;
    this.#onAnswer = () => undefined;
    this.#socket.destroy();
  }

  #read(chunk) {
    for (let rest = chunk; rest;) rest = this.#readAnswer(rest);
  }

  // Gives what follows a whole answer, if anything.
  #readAnswer(chunk) {
    this.#received += chunk.length;
    if (this.keep || this.#expected === -1) this.#parts.push(chunk);
    if (this.#expected === -1 && !this.#readHeader()) return undefined;
    const isComplete =
      this.#expected === Infinity ? chunk.subarray(-5).equals(CHUNKS_END) : this.#received >= this.#expected;
    if (!isComplete) return undefined;
    const bytes = Math.min(this.#received, this.#expected);
    const following = this.#received - bytes;
    const content = this.keep ? Buffer.concat(this.#parts).subarray(0, bytes) : undefined;
    const answer = {status: this.#status, bytes, content};
    this.#parts = [];
    this.#received = 0;
    this.#expected = -1;
    this.#onAnswer(answer);
    return following > 0 ? chunk.subarray(chunk.length - following) : undefined;
  }

  #readHeader() {
    const start = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [start];
    const end = start.indexOf(HEADER_END);
    if (end === -1) return false;
    const header = start.latin1Slice(0, end);
    this.#status = Number(header.slice(9, 12));
    const length = /content-length: *(\d+)/i.exec(header);
    if (length) this.#expected = end + HEADER_END.length + Number(length[1]);
    else if (/transfer-encoding: *chunked/i.test(header)) this.#expected = Infinity;
    else this.#expected = end + HEADER_END.length;
    return true;
  }
}
