// Ends connections that send more than a client of outreach ever does, and counts them.
import type {Duplex} from 'node:stream';
import {Counter, type Registry} from '../platform/metrics';
import type {RateLimitedLog} from '../platform/rate-limited-log';

/**
 * Why a connection was cut: too many messages, pings and pongs; too many CONNECT packets, or two of them under way;
 * a second token that was refused.
 */
export type CutReason = 'messages' | 'handshakes' | 'refused_tokens';

/** Counts each connection in a metric by its reason; the log has one line a second for each reason, without ids. */
export class CutConnections {
  private readonly total: Counter<'reason'>;

  constructor(
    registry: Registry,
    private readonly log: RateLimitedLog,
  ) {
    this.total = new Counter({
      name: 'outreach_gateway_cut_connections_total',
      help: 'Connections that were ended because they went beyond a limit of a connection, by reason.',
      labelNames: ['reason'],
      registers: [registry],
    });
    const reasons: CutReason[] = ['messages', 'handshakes', 'refused_tokens'];
    for (const reason of reasons) this.total.inc({reason}, 0);
  }

  /** Destroys the connection at once, without a close frame: the rest of what it has sent is dropped. */
  cut(connection: Duplex, reason: CutReason): void {
    if (connection.destroyed) return; // it was counted when it was cut
    connection.destroy();
    this.count(reason);
  }

  /** Counts a connection that its caller closes. */
  count(reason: CutReason): void {
    this.total.inc({reason});
    this.log.write('warn', 'gateway.connection.cut', {reason});
  }
}
