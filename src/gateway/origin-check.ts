// Which pages may open a WebSocket. CORS does not guard it: browsers send Origin, and the gateway itself has to look.
import type {IncomingMessage} from 'node:http';
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
 * A function that says why an upgrade is refused; undefined when its origin is exactly one of these, or when there is
 * none: browsers always send it, and other programs, which no page can drive, need not. A refusal is a log line that
 * names the variable and not the origin, which is a stranger's text.
 */
export function createOriginCheck(
  allowedOrigins: readonly string[],
  log: RateLimitedLog,
): (request: IncomingMessage) => UpgradeRefusal | undefined {
  return ({headers: {origin}}) => {
    if (origin === undefined || allowedOrigins.includes(origin)) return undefined;
    log.write('warn', 'gateway.origin.refused', {variable: 'ALLOWED_ORIGINS'});
    return REFUSAL;
  };
}
