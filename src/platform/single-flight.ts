// Identical reads that come together share one. A read that has begun may have looked already, so it is shared with nobody
// who comes later: they share the next one, which begins when the running one is over. What anybody gets was therefore read
// after they had asked, and at most two of a kind are under way, however many ask.

interface Flight<T> {
  running: Promise<T>;
  /** Begins when the running one is over. */
  next?: Promise<T>;
}

/** Keeps nothing: a flight is forgotten when nobody waits for it, so there are never more than callers. */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /**
   * What `read` resolves with, this caller's or an equal one's; a failure is shared as well. `key` must say all that the
   * result depends on, the caller's rights among it.
   */
  run(key: string, read: () => Promise<T>): Promise<T> {
    const flight = this.flights.get(key);
    if (!flight) return this.begin(key, read);
    flight.next ??= flight.running.then(ignore, ignore).then(() => this.begin(key, read));
    return flight.next;
  }

  /** How many different reads are under way. */
  get size(): number {
    return this.flights.size;
  }

  private begin(key: string, read: () => Promise<T>): Promise<T> {
    const flight: Flight<T> = {running: (async () => read())()}; // so that what it throws rejects
    this.flights.set(key, flight);
    const end = () => {
      // Where some wait for the next one, it takes this one's place at once.
      if (!flight.next && this.flights.get(key) === flight) this.flights.delete(key);
    };
    flight.running.then(end, end);
    return flight.running;
  }
}

function ignore(): void {
  return;
}
