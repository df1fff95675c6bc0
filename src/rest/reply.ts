// What a controller answers when it is more than 200 and a JSON body.
import type {Response} from '@loopback/rest';

/** Status, headers and an optional JSON body. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** Writes a controller's result: a Reply as it is, anything else as 200 with a JSON body. */
export function writeReply(response: Response, result: unknown): void {
  if (response.writableEnded) return;
  const {status, body, headers} = result instanceof Reply ? result : new Reply(200, result);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  const text = Buffer.from(JSON.stringify(body));
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', text.byteLength);
  response.end(text);
}
