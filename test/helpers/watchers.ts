// Observers as the client library has them, and for how long each was without its socket.
import {systemClock} from '../../src/client/runtime/clock';
import {openConnection} from '../../src/client/observation/observation-connection';
import {createObserver} from '../../src/client/observation/observer';
import {createTokens} from '../../src/client/runtime/tokens';
import {eventually} from './eventually';
import {onTeardown} from './teardown';

export interface Watchers {
  /** Resolves once all of them observe. */
  allObserve(): Promise<void>;
  /** Resolves once each was notified of this inquiry. */
  allAreNotified(inquiryId: string): Promise<void>;
  /** How long each loss of a socket lasted until it observed again, in milliseconds; one that lasts, until now. */
  outages(): number[];
}

/** Starts `count` of them; each reconnects by itself, as in a back office. */
export function givenWatchers(
  gatewayUrl: string,
  {count, token, topics}: {count: number; token: string; topics: readonly string[]},
): Watchers {
  const ended = new AbortController();
  const tokens = createTokens({
    getToken: () => token,
    clock: systemClock,
    onToken: () => undefined,
    signal: ended.signal,
  });
  const watchers = Array.from({length: count}, () => {
    const watcher = {
      isUp: false,
      lostAt: undefined as number | undefined,
      outages: [] as number[],
      notified: new Set(),
    };
    const observer = createObserver({
      clock: systemClock,
      tokens,
      gatewayUrl,
      topics,
      open: openConnection,
      onUp: () => {
        if (watcher.lostAt !== undefined) watcher.outages.push(performance.now() - watcher.lostAt);
        watcher.isUp = true;
        watcher.lostAt = undefined;
      },
      onDown: () => {
        if (watcher.isUp) watcher.lostAt = performance.now();
        watcher.isUp = false;
      },
      onHint: ({inquiryId}) => watcher.notified.add(inquiryId),
    });
    return {watcher, observer};
  });
  onTeardown(() => {
    for (const {observer} of watchers) observer.close();
    ended.abort();
    return Promise.resolve();
  });
  const all = (holds: (watcher: (typeof watchers)[number]['watcher']) => boolean) =>
    eventually(() => {
      const number = watchers.filter(({watcher}) => holds(watcher)).length;
      if (number < count) throw new Error(`only ${number} of ${count}`);
    }, 30_000);
  return {
    allObserve: () => all(({isUp}) => isUp),
    allAreNotified: id => all(({notified}) => notified.has(id)),
    outages: () =>
      watchers.flatMap(({watcher: {outages, lostAt}}) =>
        lostAt === undefined ? outages : [...outages, performance.now() - lostAt],
      ),
  };
}
