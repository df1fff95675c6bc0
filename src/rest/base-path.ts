// A base path in front of all routes (app.basePath), as Express has it: the target loses it, and `originalUrl` keeps it.
import type {IncomingMessage} from 'node:http';
import {SERVER_WIDE_TARGET} from './http-server';

/** A request, perhaps below a base path. */
interface MountedRequest extends IncomingMessage {
  originalUrl?: string;
  baseUrl?: string;
}

/** Takes the base path off the request's target; false when it has another. */
export function enterBasePath(request: IncomingMessage, basePath: string): boolean {
  const {url = '', method} = request;
  if (method === 'OPTIONS' && url === SERVER_WIDE_TARGET) return true;
  const target = url.replace(/^https?:\/\/[^/]*/i, '');
  const rest = target.slice(basePath.length);
  if (!target.startsWith(basePath) || !/^([/?#]|$)/.test(rest)) return false;
  const mounted: Omit<MountedRequest, keyof IncomingMessage> = {originalUrl: url, baseUrl: basePath};
  Object.assign(request, mounted);
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return true;
}

/** The target as it was sent. */
export function originalTarget(request: IncomingMessage): string | undefined {
  return (request as MountedRequest).originalUrl ?? request.url;
}
