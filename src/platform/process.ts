// Shared by all long-running processes: one orderly stop on SIGTERM, SIGINT or SIGHUP (the terminal was closed), and a
// fatal log line and exit on an uncaught exception or an unhandled rejection.
import {setTimeout as delay} from 'node:timers/promises';
import type {Logger} from './logger';

/** npm and systemd may both forward the same signal: two within this time count as one. */
const SAME_SIGNAL_MS = 500;

/**
 * The phase before the stop: the process reports that it is not ready, and keeps serving until load balancers notice.
 */
export interface Drain {
  start: () => void | Promise<void>;
  delayMs: number;
}

export interface StopOptions {
  logger: Logger;
  /** Milliseconds from the call of `stop`, after the drain. */
  timeoutMs: number;
  drain?: Drain;
}

/**
 * On the first SIGTERM, SIGINT or SIGHUP: drains, calls `stop` once, and exits when it is done, or after `timeoutMs`.
 * A second signal ends the delay of the drain, and changes nothing after that.
 * An unhandled rejection or exception is our defect: it is logged as fatal and ends the process with 1.
 */
export function runUntilSignalled(stop: () => Promise<void>, options: StopOptions): void {
  const {logger} = options;
  const hurry = new AbortController();
  let firstAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      void stopAndExit(stop, {...options, signal, hurry: hurry.signal});
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
      hurry.abort();
    }
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal).on('SIGHUP', onSignal);
  const onFatal = (error: unknown) => {
    logger.fatal({err: error}, 'process.failed');
    process.exit(1);
  };
  process.on('uncaughtException', onFatal).on('unhandledRejection', onFatal);
}

async function stopAndExit(
  stop: () => Promise<void>,
  {logger, timeoutMs, drain, signal, hurry}: StopOptions & {signal: NodeJS.Signals; hurry: AbortSignal},
): Promise<void> {
  try {
    if (drain) {
      if (drain.delayMs > 0) logger.info({signal, delayMs: drain.delayMs}, 'process.draining');
      await drain.start();
      await delay(drain.delayMs, undefined, {signal: hurry}).catch(() => undefined); // a second signal
    }
    logger.info({signal, timeoutMs}, 'process.stopping');
    const timer = setTimeout(() => {
      logger.error({timeoutMs}, 'process.stop.timeout');
      process.exit(1);
    }, timeoutMs);
    await stop();
    logger.info({}, 'process.stopped');
    clearTimeout(timer);
    process.exit(0);
  } catch (error) {
    logger.error({err: error}, 'process.stop.failed');
    process.exit(1);
  }
}
