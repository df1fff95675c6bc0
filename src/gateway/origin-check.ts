// Which pages may open a WebSocket. CORS does not apply to WebSockets, so the gateway checks the header Origin itself.
import type {IncomingMessage} from 'node:http';
import type {AllowedOrigins} from '../platform/allowed-origins';
import type {RateLimitedLog} from '../platform/rate-limited-log';
import type {UpgradeRefusal} from './front-door';

const REFUSAL: UpgradeRefusal = {
  status: 403,
  problem: {
    type: '/problems/origin-not-allowed',
    title: 'The origin is not allowed',
    detail:
      'The header Origin must be one of ALLOWED_ORIGINS, a variable of the gateway. A program that is no browser ' +
      'connects without the header.',
  },
};

/**
 * A function that says why an upgrade is refused; undefined when its origin is one of these or missing:
 * browsers always send it, and no page can control another program. The log line of a refusal has the name of the
 * variable and not the origin, which is untrusted text.
 */
export function createOriginCheck(
  allowedOrigins: AllowedOrigins,
  log: RateLimitedLog,
): (request: IncomingMessage) => UpgradeRefusal | undefined {
  return ({headers: {origin}}) => {
    if (origin === undefined || allowedOrigins.includes(origin)) return undefined;
    log.write('warn', 'gateway.origin.refused', {variable: 'ALLOWED_ORIGINS'});
    return REFUSAL;
  };
}
