// A queue for each client, served round robin: a client with one item waits for at most one item of each other client,
// however many those have. It does not know what the items are.

/** Taking, adding and removing cost the same however many clients and items wait. */
export class RoundRobin<T> {
  // In the order of their turns: the first is served next, and goes to the end if it has more.
  private readonly clients = new Map<string, T[]>();
  // The clients by how many items they have, so that the longest queue is found without a search.
  private readonly byLength: Set<string>[] = [];
  private longest = 0;
  private total = 0;

  /** How many items wait. */
  get length(): number {
    return this.total;
  }

  /** With one more item, would no other client have more waiting than this one? */
  wouldBeLongest(client: string): boolean {
    return (this.clients.get(client)?.length ?? 0) + 1 >= this.longest;
  }

  add(client: string, item: T): void {
    const items = this.clients.get(client) ?? [];
    if (items.length === 0) this.clients.set(client, items);
    items.push(item);
    this.moved(client, items.length - 1, items.length);
  }

  /**
   * The oldest item of the next client that is eligible; undefined when none waits. Calls `isEligible` client by
   * client, in turn.
   */
  peek(isEligible: (client: string) => boolean = () => true): T | undefined {
    for (const [client, items] of this.clients) if (isEligible(client)) return items[0];
    return undefined;
  }

  /** Removes and returns what `peek` returns; the client's turn is over. */
  take(isEligible: (client: string) => boolean = () => true): T | undefined {
    for (const [client, items] of this.clients) {
      if (!isEligible(client)) continue;
      const item = items.shift();
      this.clients.delete(client);
      if (items.length > 0) this.clients.set(client, items);
      this.moved(client, items.length + 1, items.length);
      return item;
    }
    return undefined;
  }

  /** Removes the newest item of the client with the most; undefined when nothing waits. */
  dropFromLongest(): T | undefined {
    const [client] = this.byLength[this.longest] ?? [];
    if (client === undefined) return undefined;
    const items = this.clients.get(client) ?? [];
    const item = items.pop();
    if (items.length === 0) this.clients.delete(client);
    this.moved(client, items.length + 1, items.length);
    return item;
  }

  private moved(client: string, from: number, to: number): void {
    this.total += to - from;
    this.byLength[from]?.delete(client);
    if (to > 0) (this.byLength[to] ??= new Set()).add(client);
    this.longest = Math.max(this.longest, to);
    while (this.longest > 0 && !this.byLength[this.longest]?.size) this.longest -= 1;
  }
}
