// What the log says of PostgreSQL's availability: one line when it is lost, one when it is back, and one a minute for
// what it refuses until a person acts (wrong password, missing right, full disk).
import {DatabaseError} from 'pg';
import {objectOf} from '../../platform/describe-error';
import {levelOf, reasonOf} from '../../platform/error-reasons';
import {UnavailableError} from '../../platform/errors';
import type {Logger} from '../../platform/logger';
import {RateLimitedLog} from '../../platform/rate-limited-log';
import {asUnavailable} from './errors';

const REFUSED_INTERVAL_MS = 60_000;
// Statements that were under way when a connection broke are answered within this time; they prove nothing.
const SHORTEST_OUTAGE_MS = 1000;

// SQLSTATE classes and codes with which PostgreSQL answers no statement of this connection.
const OUTAGE_CLASSES = new Set(['08', '28']);
const OUTAGE_CODES = new Set(['57P01', '57P02', '57P03', '57P04', '3D000']);
// One slow statement, or our own stop.
const NO_OUTAGE = new Set(['answer_timeout', 'pool_closed', 'connection_closed']);

/**
 * Events: `postgres.unavailable` (it has never answered yet), `postgres.connection.lost`, `postgres.connection.restored`
 * and `postgres.refused`. It asks nothing itself: the datasource reports each statement.
 */
export class ConnectionLog {
  private readonly logger: Logger;
  private readonly refusals: RateLimitedLog;
  private hasAnswered = false;
  private lostAt: number | undefined;

  constructor(logger: Logger) {
    this.logger = logger;
    this.refusals = new RateLimitedLog({logger, intervalMs: REFUSED_INTERVAL_MS});
  }

  /** A statement was answered. Costs nothing while all is well. */
  restored(): void {
    this.hasAnswered = true;
    if (this.lostAt === undefined) return;
    const outageMs = Math.round(performance.now() - this.lostAt);
    if (outageMs < SHORTEST_OUTAGE_MS) return;
    this.lostAt = undefined;
    this.logger.info({outageMs}, 'postgres.connection.restored');
  }

  /** A connection broke, or could not be made. */
  lost(error: unknown): void {
    const reason = reasonOf(error);
    const level = levelOf(reason);
    if (level === 'error') this.refuse(error, reason);
    if (this.lostAt !== undefined) return;
    this.lostAt = performance.now();
    if (level === 'error') return; // said already
    this.logger.warn({err: error}, this.hasAnswered ? 'postgres.connection.lost' : 'postgres.unavailable');
  }

  /** A statement failed; the error is the driver's own. Most are of the statement and leave no line here. */
  failed(error: unknown): void {
    if (error instanceof UnavailableError) return; // reported where it was made
    const reason = reasonOf(error);
    if (isOutage(error, reason)) this.lost(error);
    else if (levelOf(reason) === 'error') this.refuse(error, reason);
  }

  /** Writes what is held back, for an orderly stop. */
  flush(): void {
    this.refusals.flush();
  }

  // Each table that is missing or closed to this user has lines of its own.
  private refuse(error: unknown, reason = ''): void {
    const object = objectOf(error);
    this.refusals.write('error', 'postgres.refused', {reason: object ? `${reason} ${object}` : reason, err: error});
  }
}

function isOutage(error: unknown, reason = ''): boolean {
  if (error instanceof DatabaseError) return OUTAGE_CODES.has(reason) || OUTAGE_CLASSES.has(reason.slice(0, 2));
  return asUnavailable(error) instanceof UnavailableError && !NO_OUTAGE.has(reason);
}
