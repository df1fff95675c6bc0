// What every long-running process does the same way: one orderly stop on SIGTERM, SIGINT or SIGHUP (the terminal was
// closed), and a fatal log line and exit when something was neither caught nor handled.
import {setTimeout as delay} from 'node:timers/promises';
import type {Logger} from './logger';

/** npm and systemd may both pass one signal on: two within this time are one. */
const SAME_SIGNAL_MS = 500;

/** What happens before the stop: the process says that it is not ready, and serves on until balancers have seen it. */
export interface Drain {
  start: () => void | Promise<void>;
  delayMs: number;
}

export interface StopOptions {
  logger: Logger;
  /** From the call of `stop`, after the drain. */
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
