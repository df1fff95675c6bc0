// Says which origins' pages may not read answers. A browser shows the failure only to the page's developer, and without
// its cause: without a line in the log, a site that is not in ALLOWED_ORIGINS looks like a network that is down.
import type {IncomingMessage} from 'node:http';
import {parseHttpUrl} from '../../contract/fields';
import type {Logger} from '../../platform/logger';

/** Most origins that a process names. Anybody can send any: neither memory nor log may grow with them. */
export const MAX_NAMED_ORIGINS = 100;

/** Logs each refused origin once, as `cors.origin.refused`, up to MAX_NAMED_ORIGINS; the last line says that it is that. */
export class RefusedOrigins {
  private readonly named = new Set<string>();

  constructor(private readonly logger: Logger) {}

  /** Takes note of a request whose origin is not allowed, unless its browser lets the page read the answer all the same. */
  note({headers}: IncomingMessage): void {
    if (this.named.size >= MAX_NAMED_ORIGINS || isReadable(headers)) return;
    const origin = nameOf(headers.origin);
    if (this.named.has(origin)) return;
    this.named.add(origin);
    const isLast = this.named.size === MAX_NAMED_ORIGINS;
    this.logger.warn({variable: 'ALLOWED_ORIGINS', origin, ...(isLast && {isLast})}, 'cors.origin.refused');
  }
}

// A page of the same origin needs no permission, and a form that the browser posts itself is read by a person. Sec-Fetch-*
// is of Fetch Metadata; a browser without it, or with a proxy in front that changes Host, gets one line too many.
function isReadable(headers: IncomingMessage['headers']): boolean {
  const {origin = '', host, 'sec-fetch-site': site, 'sec-fetch-mode': mode} = headers;
  return site === 'same-origin' || mode === 'navigate' || origin.replace(/^https?:\/\//, '') === host;
}

// Only what a browser may have sent: `null` is the origin of a file and of a sandboxed frame.
function nameOf(origin = ''): string {
  return origin === 'null' || parseHttpUrl(origin)?.origin === origin ? origin : 'malformed';
}
