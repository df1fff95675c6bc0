// What a controller answers when it is more than 200 and a JSON body.
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {setTimeout} from 'node:timers/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {JsonText} from '../../platform/json-text';
import {type HtmlPage, wantsPage, writePage} from './html-page';

/** Status, headers and an optional body: a stream of bytes, JSON text, or a value that becomes JSON. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
    /** How many rows were changed, deleted or handed out; logged when the answer is over, so a stream may still add. */
    readonly audit?: Readonly<Record<string, number>>,
  ) {}
}

/** A reply that is sent at a time of its own, so that nobody learns from the time how long the work took. */
export class TimedReply extends Reply {
  /** `sendAt` is in milliseconds of `performance.now()`. */
  constructor(
    readonly reply: Reply,
    readonly sendAt: number,
  ) {
    super(reply.status, reply.body, reply.headers, reply.audit);
  }
}

/** A page for a person who has followed a link. */
export class PageReply extends Reply {
  constructor(readonly page: (request: IncomingMessage) => HtmlPage) {
    super(200);
  }
}

/** The answer to a form: a page for a person whose browser has sent it by itself, and the body for a program. */
export class FormReply extends Reply {
  constructor(
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>>,
    readonly page: (request: IncomingMessage) => HtmlPage,
  ) {
    super(status, body, headers);
  }
}

/**
 * Writes a controller's result: a Reply as it is, anything else as 200 with a JSON body. Resolves when all of a stream
 * is written or its reader has gone away; rejects when the stream fails, and then the connection is broken already.
 */
export async function writeReply(response: ServerResponse, result: unknown): Promise<void> {
  if (result instanceof TimedReply) {
    await setTimeout(Math.max(0, result.sendAt - performance.now()));
    return writeReply(response, result.reply);
  }
  const {status, body, headers} = result instanceof Reply ? result : new Reply(200, result);
  if (response.writableEnded || response.destroyed) {
    if (body instanceof Readable) body.destroy();
    return;
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (result instanceof PageReply || (result instanceof FormReply && wantsPage(response.req))) {
    writePage(response, result.page(response.req));
    return;
  }
  if (body instanceof Readable) return writeStream(response, body);
  if (body === undefined) {
    response.end();
    return;
  }
  const text = body instanceof JsonText ? body.toBody() : JSON.stringify(body);
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  // Of a body that it writes, Node says the length itself; counting takes as long as encoding.
  if (response.req.method === 'HEAD') response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text); // what is text, Node writes together with the headers
}

async function writeStream(response: ServerResponse, body: Readable): Promise<void> {
  const {socket} = response;
  socket?.setTimeout(0); // a stream bounds the time of its reader itself; with the next request Node sets it again
  let failure: Error | undefined;
  // A reset rather than an orderly end: to a client or proxy of HTTP/1.0 the latter would look like the last row.
  body.once('error', error => {
    if (response.destroyed) return; // the reader has gone away, as readers may
    failure = error;
    socket?.resetAndDestroy();
  });
  await pipeline(body, response).catch((error: unknown) => {
    if (failure ?? !response.destroyed) throw failure ?? error;
  });
}
