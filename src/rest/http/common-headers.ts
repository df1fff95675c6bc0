// What every answer gets before a route is looked at: a request id, security headers, CORS from the allowed origins; and
// what no request may be: too long, too many headers, without a host.
//
// Nothing is compressed here. An answer of the back office holds what a visitor wrote next to what only the back office
// may see, and the compressed length of such a mixture reveals its parts (BREACH). What is left, a health probe and the
// OpenAPI document, is not worth a rule; a proxy may compress it.
import {randomUUID} from 'node:crypto';
import {type IncomingMessage, ServerResponse} from 'node:http';
import cors from 'cors';
import helmet, {type HelmetOptions} from 'helmet';
import {ProblemError} from '../problems/problem-error';
import type {AllowedOrigins} from '../../platform/allowed-origins';
import type {Logger} from '../../platform/logger';
import {declaredHeaders} from '../server/operation';
import {MAX_HEADER_FIELDS, MAX_TARGET_BYTES} from '../server/http-server';
import {RefusedOrigins} from './refused-origins';

/** Prepares the response. Throws ProblemError for a request that must go no further. */
export type CommonHeaders = (request: IncomingMessage, response: ServerResponse) => void;

// The last two are added by libraries, asked or not: tracing of the browser (W3C Trace Context), and jQuery.
const REQUEST_HEADERS = ['Authorization', 'Content-Type', 'X-Request-Id', 'traceparent', 'X-Requested-With'];
const RESPONSE_HEADERS = [
  'X-Request-Id',
  'Retry-After',
  'WWW-Authenticate',
  'Allow',
  'Accept',
  'Accept-Patch',
  'RateLimit',
  'RateLimit-Policy',
];

/** A wildcard allows more origins than need to be kept. */
const MAX_KNOWN_ORIGINS = 100;

// Those of outreach's routes, and of routes that a consumer may add.
const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'];

/**
 * The security headers of every answer, for an API without pages. Those that only Internet Explorer, Flash and pages with
 * scripts know are left out, since each costs every answer. CORS says who may read, so that Cross-Origin-Resource-Policy
 * must not forbid it again.
 */
const SECURITY_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {useDefaults: false, directives: {defaultSrc: ["'none'"], frameAncestors: ["'none'"]}},
  crossOriginResourcePolicy: {policy: 'cross-origin'},
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
};

export interface CommonHeadersOptions {
  allowedOrigins: AllowedOrigins;
  logger: Logger;
}

/** Credentials are never allowed, since tokens travel in a header. An origin that is not allowed is logged once. */
export function createCommonHeaders({allowedOrigins, logger}: CommonHeadersOptions): CommonHeaders {
  const refusedOrigins = new RefusedOrigins(logger);
  const declared = declaredHeaders();
  const secure = helmet(SECURITY_HEADERS);
  const share = cors({
    // An empty list refuses, and lets caches know that the answer depends on the origin; `false` would not.
    origin: (origin, answer) => answer(null, origin !== undefined && allowedOrigins.includes(origin) ? true : []),
    methods: METHODS,
    allowedHeaders: distinct([...REQUEST_HEADERS, ...declared.request]),
    exposedHeaders: distinct([...RESPONSE_HEADERS, ...declared.response]),
    credentials: false,
    maxAge: 600,
    preflightContinue: true, // the sequence distinguishes a preflight from a plain OPTIONS
  });
  const headersFor = (request: IncomingMessage): Headers => {
    const sample = new SampleResponse(request);
    secure(request, sample, nothing); // both call back before they return
    share(request, sample, nothing);
    return sample.given;
  };
  // By origin, for all of its requests but OPTIONS: the libraries are asked once, since every visitor waits for them.
  const known = new Map<string | undefined, Headers>();
  return (request, response) => {
    const {origin} = request.headers;
    const isRefused = origin !== undefined && !allowedOrigins.includes(origin);
    const isOptions = request.method === 'OPTIONS';
    const headers = (isOptions ? undefined : known.get(origin)) ?? headersFor(request);
    if (!isOptions && !isRefused && known.size < MAX_KNOWN_ORIGINS) known.set(origin, headers);
    for (const [name, value] of headers) response.setHeader(name, value);
    if (isRefused) refusedOrigins.note(request);
    refuseUnbounded(request);
  };
}

type HeaderValue = Parameters<ServerResponse['setHeader']>[1];
type Headers = ReadonlyMap<string, HeaderValue>;

/** Is never sent, and says which headers it was given. */
class SampleResponse extends ServerResponse {
  readonly given = new Map<string, HeaderValue>();

  override setHeader(name: string, value: HeaderValue): this {
    this.given.set(name, value);
    return super.setHeader(name, value);
  }
}

function nothing(): void {
  return;
}

/** Does a browser ask whether a page may send something (Fetch, 4.8)? */
export function isPreflight({method, headers}: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

function isHost(name = ''): boolean {
  return name.length === 4 && name.toLowerCase() === 'host';
}

// Each character of the target is a byte, since Node reads it as Latin-1.
function refuseUnbounded({url = '', rawHeaders, httpVersion}: IncomingMessage): void {
  if (url.length > MAX_TARGET_BYTES) {
    throw new ProblemError('uri-too-long', `The request target may have at most ${MAX_TARGET_BYTES} bytes.`);
  }
  if (rawHeaders.length > 2 * MAX_HEADER_FIELDS) {
    throw new ProblemError('headers-too-large', `There may be at most ${MAX_HEADER_FIELDS} header fields.`);
  }
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (isHost(rawHeaders[at])) hosts += 1;
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) {
    throw new ProblemError('malformed-request', 'There must be one Host header field.'); // RFC 9112, 3.2
  }
}

function distinct(names: readonly string[]): string[] {
  const lower = names.map(name => name.toLowerCase());
  return names.filter((name, index) => lower.indexOf(name.toLowerCase()) === index);
}

// 128 bits in hexadecimal: what proxies and tracers make (a UUID, a W3C trace id), and no word, name, address or number
// that a person has. It goes into the log and into the audit, which are to hold nothing that a stranger chose to say.
const REQUEST_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * Sets the answer's `X-Request-Id` and says it. A caller's own id is kept when it is a UUID or 32 hexadecimal digits, so
 * that one request can be followed through every hop; any other is replaced.
 */
export function giveRequestId(request: IncomingMessage, response: ServerResponse): string {
  const sent = request.headers['x-request-id'];
  const requestId = typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
  response.setHeader('X-Request-Id', requestId);
  return requestId;
}

/** The id that `giveRequestId` has set. */
export function requestIdOf(response: ServerResponse): string {
  return String(response.getHeader('X-Request-Id'));
}
