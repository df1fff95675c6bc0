// What every long-running process does the same way: one orderly stop on SIGTERM, SIGINT or SIGHUP (the terminal was
// closed), and a fatal log line and exit when something was neither caught nor handled.
import {isatty} from 'node:tty';
import type {Logger} from './logger';

/**
 * Calls `stop` once on the first SIGTERM, SIGINT or SIGHUP and exits when it is done, or after `timeoutMs`.
 * An unhandled rejection or exception is our defect: it is logged as fatal and ends the process with 1.
 */
export function runUntilSignalled(
  stop: () => Promise<void>,
  {logger, timeoutMs}: {logger: Logger; timeoutMs: number},
): void {
  let stopping: Promise<void> | undefined;
  const onTerminal = isatty(1) || isatty(2);
  const onSignal = (signal: NodeJS.Signals) => {
    // The terminal is gone: a log line would fail with EIO and cut the stop short.
    if (signal === 'SIGHUP' && onTerminal) logger.level = 'silent';
    stopping ??= stopAndExit(stop, {logger, timeoutMs, signal});
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
  {logger, timeoutMs, signal}: {logger: Logger; timeoutMs: number; signal: NodeJS.Signals},
): Promise<void> {
  logger.info({signal, timeoutMs}, 'process.stopping');
  const timer = setTimeout(() => {
    logger.error({timeoutMs}, 'process.stop.timeout');
    process.exit(1);
  }, timeoutMs);
  try {
    await stop();
    logger.info({}, 'process.stopped');
    clearTimeout(timer);
    process.exit(0);
  } catch (error) {
    logger.error({err: error}, 'process.stop.failed');
    process.exit(1);
  }
}
