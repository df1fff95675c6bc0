// Callers of identical reads share results. A running read may already have looked at the data, so later callers do not
// join it: they share the next read, which begins when the running one ends. Every result is therefore read after the
// call, and at most two reads of a kind are under way, however many callers there are.

interface Flight<T> {
  running: Promise<T>;
  /** Begins when the running one is over. */
  next?: Promise<T>;
}

/** Caches nothing: a flight is removed when nobody waits for it, so there are never more flights than callers. */
export class SingleFlight<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /**
   * Resolves with the result of `read`, this caller's or that of another caller with the same key; failures are shared
   * too. `key` must contain everything that the result depends on, including the caller's rights.
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
    const flight: Flight<T> = {running: (async () => read())()}; // turns a synchronous throw into a rejection
    this.flights.set(key, flight);
    const end = () => {
      // When callers wait for the next read, that one replaces this one at once.
      if (!flight.next && this.flights.get(key) === flight) this.flights.delete(key);
    };
    flight.running.then(end, end);
    return flight.running;
  }
}

function ignore(): void {
  return;
}
