// Spreads the handshakes of many clients over turns of the event loop. libuv accepts one connection a turn: with long
// turns, a probe waits in the kernel behind all earlier connections. So tasks wait while connections come in, and then
// run for a few milliseconds a turn.
const TURN_MS = 2;
/** At most this many turns in a row only accept, so that an endless stream of connections does not stop handshakes. */
const MAX_ACCEPTING_TURNS = 50;

/** Runs tasks in their order. A task must not throw. */
export class PacedTasks {
  private tasks: (() => void)[] = [];
  private next = 0;
  private isAccepting = false;
  private acceptingTurns = 0;

  add(task: () => void): void {
    this.tasks.push(task);
    if (this.tasks.length === 1) setImmediate(this.turn);
  }

  /** A connection was accepted: there may be more. */
  onAccepted(): void {
    this.isAccepting = true;
  }

  private readonly turn = (): void => {
    this.acceptingTurns = this.isAccepting ? this.acceptingTurns + 1 : 0;
    this.isAccepting = false;
    if (this.acceptingTurns % MAX_ACCEPTING_TURNS === 0) this.run();
    if (this.next < this.tasks.length) {
      setImmediate(this.turn);
    } else {
      this.tasks = [];
      this.next = 0;
    }
  };

  private run(): void {
    const end = performance.now() + TURN_MS;
    do {
      this.tasks[this.next]?.();
      this.next += 1;
    } while (this.next < this.tasks.length && performance.now() < end);
  }
}
