// The feed's snapshots as an async iterator: the present one first, then the latest after each change.
import type {FeedSnapshot} from '../feed-types';
import type {Listeners} from '../runtime/listeners';

export interface Iterated {
  readonly state: {readonly snapshot: FeedSnapshot};
  readonly changes: Listeners<FeedSnapshot>;
  readonly closing: Listeners<void>;
  readonly isClosed: boolean;
}

/** Ends when the feed is closed. Listens only while `next` is pending, so an abandoned iterator leaves nothing behind. */
export function iterate(feed: Iterated): AsyncIterableIterator<FeedSnapshot, undefined> {
  let emitted: FeedSnapshot | undefined;
  let done = false;
  const waiting = new Set<() => void>();

  const next = async (): Promise<IteratorResult<FeedSnapshot, undefined>> => {
    while (!done && !feed.isClosed) {
      const {snapshot} = feed.state;
      if (snapshot !== emitted) {
        emitted = snapshot;
        return {done: false, value: snapshot};
      }
      await new Promise<void>(resolve => {
        const stops = [feed.changes.add(() => wake()), feed.closing.add(() => wake())];
        const wake = () => {
          stops.forEach(stop => stop());
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
    return {done: true, value: undefined};
  };
  const iterator: AsyncIterableIterator<FeedSnapshot, undefined> = {
    next,
    return: () => {
      done = true;
      waiting.forEach(wake => wake());
      return Promise.resolve({done: true, value: undefined});
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
