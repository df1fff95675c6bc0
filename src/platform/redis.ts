// Connections to Redis, with the option sets that the fault tests prove. A publisher fails fast, queues nothing
// and sends nothing late; a subscriber keeps trying for ever and notices a half-open connection.
import {Redis, type RedisOptions} from 'ioredis';
import {levelOf, reasonOf} from './error-reasons';
import type {Logger} from './logger';

/** A connection that owes an answer for this long is destroyed, in milliseconds. */
const SOCKET_TIMEOUT_MS = 1500;
const CONNECT_TIMEOUT_MS = 1000;
/**
 * How long a disconnected connection may take to close, in milliseconds. ioredis waits this long even when no
 * connection is left, which keeps the process alive.
 */
const DISCONNECT_TIMEOUT_MS = 100;
const MAX_RETRY_DELAY_MS = 2000;

const shared = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SOCKET_TIMEOUT_MS,
  disconnectTimeout: DISCONNECT_TIMEOUT_MS,
  // The ready check asks INFO, which a publish-only user may not; a loading server refuses commands by itself.
  enableReadyCheck: false,
  // Always a number: null would end the connection for good. Jitter, so that replicas do not return in step.
  retryStrategy: attempts => Math.min(MAX_RETRY_DELAY_MS, 50 * 2 ** Math.min(attempts, 6)) * (0.5 + Math.random() / 2),
} satisfies RedisOptions;

const failingFast = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
} satisfies RedisOptions;

/** Distinguishes our own disconnect from a lost connection. */
class EndingRedis extends Redis {
  isEnding = false;

  override disconnect(reconnect = false): void {
    this.isEnding ||= !reconnect;
    super.disconnect(reconnect);
  }
}

// The commands of one turn of the event loop leave in one write. Inquiries that were stored together are published
// together, and each room of each would take a system call.
class GatheringRedis extends EndingRedis {
  override sendCommand(...command: Parameters<Redis['sendCommand']>): unknown {
    const {stream} = this; // a reconnect would replace it
    if (this.status === 'ready' && stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return super.sendCommand(...command);
  }
}

/** Publishes only: each command is answered or fails with its connection at the latest; none waits for a reconnect. */
export function createPublisher(url: string, logger: Logger): Redis {
  return withLog(
    new GatheringRedis(url, {
      ...shared,
      ...failingFast,
      connectionName: 'outreach-publisher',
    }),
    logger,
  );
}

/** Counts only, and fails as fast as a publisher. */
export function createCounterConnection(url: string, logger: Logger): Redis {
  return withLog(new EndingRedis(url, {...shared, ...failingFast, connectionName: 'outreach-counters'}), logger);
}

/**
 * Subscribes only, and reconnects for ever. Its owner subscribes at every `ready`, so that it knows what Redis has
 * confirmed, and pings it, so that silence is noticed.
 */
export function createSubscriber(url: string, logger: Logger): Redis {
  return withLog(
    new EndingRedis(url, {
      ...shared,
      connectionName: 'outreach-subscriber',
      maxRetriesPerRequest: null,
      autoResubscribe: false,
    }),
    logger,
  );
}

// One line when the connection is lost and one when it is restored, however many retries fail in between. None when we
// disconnect.
function withLog(redis: EndingRedis, logger: Logger): Redis {
  let lost: 'warn' | 'error' | undefined;
  const onLost = (error?: Error) => {
    if (redis.isEnding) return; // also while it was still connecting
    const level = levelOf(reasonOf(error));
    if (lost === 'error' || lost === level) return; // an error is still logged after a warning
    lost = level;
    logger[level]({err: error}, 'redis.connection.lost');
  };
  redis.on('error', onLost);
  redis.on('close', onLost);
  redis.on('ready', () => {
    if (lost) logger.info({}, 'redis.connection.restored');
    lost = undefined;
  });
  return redis;
}
