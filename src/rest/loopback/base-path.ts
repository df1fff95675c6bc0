// A base path in front of all routes (app.basePath), as Express has it: `url` loses it, `baseUrl` gets it, and
// `originalUrl` keeps it.
import type {IncomingMessage} from 'node:http';
import {SERVER_WIDE_TARGET} from '../server/http-server';

/** A request, perhaps below a base path; an Express application around this one may have set them too. */
interface MountedRequest extends IncomingMessage {
  originalUrl?: string;
  baseUrl?: string;
}

/** Takes the base path off the request's target; false when it has another. */
export function enterBasePath(request: MountedRequest, basePath: string): boolean {
  const {url = '', method, originalUrl = url, baseUrl = ''} = request;
  if (method === 'OPTIONS' && url === SERVER_WIDE_TARGET) return true;
  const target = url.replace(/^https?:\/\/[^/]*/i, '');
  const rest = target.slice(basePath.length);
  if (!target.startsWith(basePath) || !/^([/?#]|$)/.test(rest)) return false;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.originalUrl = originalUrl;
  request.baseUrl = baseUrl + basePath;
  return true;
}

/** Puts it back, for Express, which takes it off itself. */
export function leaveBasePath(request: MountedRequest, basePath: string): void {
  if (request.baseUrl?.endsWith(basePath) !== true) return;
  request.url = basePath + (request.url ?? '');
  request.baseUrl = request.baseUrl.slice(0, -basePath.length);
}

/** The target as it was sent. */
export function originalTarget({url, originalUrl = url}: MountedRequest): string | undefined {
  return originalUrl;
}
