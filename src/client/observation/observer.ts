// Keeps one connection to the gateway up: asks for a token, connects, and after every end tries again with backoff and
// jitter. After a refusal it asks for another token, never in a tight loop.
import {backoffMs, type Cancel, type Clock, jittered} from '../runtime/clock';
import type {InquiryHint} from '../feed-types';
import type {ConnectionEnd, OpenConnection} from './observation-connection';
import {identityOf} from '../runtime/token-identity';
import type {Tokens} from '../runtime/tokens';

const BACKOFF = {baseMs: 1000, maxMs: 30_000};
/** Another scope comes only with another sign-in. */
const FORBIDDEN_RETRY_MS = 5 * 60_000;
/** A connection that lasted this long was a good one: the backoff starts again. */
const GOOD_AFTER_MS = 10_000;

export interface ObserverEvents {
  /** From now on the gateway sends every new inquiry; earlier ones must be read. */
  onUp: () => void;
  /** No events come any more, or none come yet. `failures`: failed attempts in a row. */
  onDown: (reason: ConnectionEnd | 'no-token', failures: number) => void;
  onHint: (hint: InquiryHint) => void;
}

export interface Observer {
  /** Connects at once if it waits for its next attempt; `force`: also if it seems to be connected. */
  renew: (force?: boolean) => void;
  /** There is a new token: one of the same identity leaves the connection up, until the old one expires. */
  useToken: (token: string) => void;
  close: () => void;
}

export interface ObserverOptions extends ObserverEvents {
  clock: Clock;
  tokens: Tokens;
  gatewayUrl: string;
  topics: readonly string[] | undefined;
  open: OpenConnection;
}

export function createObserver(options: ObserverOptions): Observer {
  const observer = new GatewayObserver(options);
  observer.connect();
  return {
    renew: force => observer.renew(force),
    useToken: token => observer.useToken(token),
    close: () => observer.close(),
  };
}

class GatewayObserver {
  private state: 'waiting' | 'connecting' | 'connected' | 'closed' = 'waiting';
  private cancelWait: Cancel = () => undefined;
  private closeConnection: () => void = () => undefined;
  private failures = 0;
  private identity: string | undefined;

  constructor(private readonly options: ObserverOptions) {}

  /** Best effort: never throws; the events report what happens. */
  connect(): void {
    this.cancelWait();
    this.state = 'connecting';
    this.options.tokens
      .get()
      .then(
        token => this.open(token),
        () => this.lose('no-token'),
      )
      .catch(() => this.lose('lost')); // the URL is malformed
  }

  renew(force = false): void {
    if (this.state === 'connected' && force) {
      this.closeConnection();
      this.options.onDown('lost', 0);
      this.connect();
    } else if (this.state === 'waiting') {
      this.connect();
    }
  }

  useToken(token: string): void {
    if (identityOf(token) !== this.identity) this.renew(true);
  }

  close(): void {
    this.state = 'closed';
    this.cancelWait();
    this.closeConnection();
  }

  private open(token: string): void {
    if (this.state !== 'connecting') return;
    const {clock, tokens, gatewayUrl, topics, open, onUp, onHint} = this.options;
    let observingSince = Infinity;
    this.identity = identityOf(token);
    this.closeConnection = open({
      gatewayUrl,
      token,
      topics,
      clock,
      onHint,
      onObserving: () => {
        this.state = 'connected';
        observingSince = clock.monotonic();
        onUp();
      },
      onEnd: reason => {
        if (reason === 'unauthorized' || reason === 'expired') tokens.refuse(token);
        if (clock.monotonic() - observingSince >= GOOD_AFTER_MS) this.failures = 0;
        this.lose(reason);
      },
    });
  }

  private lose(reason: ConnectionEnd | 'no-token'): void {
    if (this.state === 'closed') return;
    const {clock, onDown} = this.options;
    this.state = 'waiting';
    this.closeConnection = () => undefined;
    this.failures += 1;
    const delay =
      reason === 'forbidden' ? jittered(clock, FORBIDDEN_RETRY_MS) : backoffMs(clock, this.failures, BACKOFF);
    this.cancelWait = clock.after(delay, () => this.connect());
    onDown(reason, this.failures);
  }
}
