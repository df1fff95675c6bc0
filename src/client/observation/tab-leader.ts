// One socket for all tabs of an origin: the tab that holds the Web Lock leads, observes, and passes hints on by
// BroadcastChannel, never a token. When the leader closes, its lock goes to the next tab; when it answers no ping, another
// tab steals the lock. Tabs never wait for the leader's timers, which browsers slow down in the background.
import {type Cancel, type Clock, jittered} from '../runtime/clock';
import type {InquiryHint} from '../feed-types';
import type {Observer, ObserverEvents} from './observer';
import {readHint} from './observation-connection';

const PING_INTERVAL_MS = 10_000;
const PONG_TIMEOUT_MS = 5000;
/** After so many refusals of its token in a row the leader lets another tab lead. */
const RESIGN_AFTER_FAILURES = 2;
const RESIGNED_MS = 15_000;

/** The parts of a browser that its tabs share; LockManager and BroadcastChannel fit. */
export interface Sharing {
  locks: {
    request: (
      name: string,
      options: {signal?: AbortSignal; steal?: boolean},
      hold: () => Promise<void>,
    ) => Promise<unknown>;
  };
  openChannel: (name: string) => Channel;
}

export interface Channel {
  postMessage: (message: unknown) => void;
  onmessage: ((event: {data: unknown}) => void) | null;
  close: () => void;
}

/** `session` differs after each gap; undefined while no tab observes. */
type Message = {kind: 'ping'} | {kind: 'state'; session?: string} | {kind: 'hint'; data: InquiryHint};

export interface TabLeaderOptions extends ObserverEvents {
  clock: Clock;
  sharing: Sharing;
  /** Tabs with the same key share. */
  key: string;
  /** A socket of this tab's own, for when it leads. */
  observe: (events: ObserverEvents) => Observer;
}

export function createTabLeader(options: TabLeaderOptions): Observer {
  const observer = new TabLeader(options);
  observer.requestLock();
  return {
    renew: force => observer.renew(force),
    useToken: () => undefined, // a token of another identity has another key
    close: () => observer.close(),
  };
}

class TabLeader {
  private role: 'following' | 'leading' | 'resting' | 'alone' | 'closed' = 'following';
  private readonly name: string;
  private readonly channel: Channel;
  /** The leader's, or this tab's own while it leads. */
  private session: string | undefined;
  private observer: Observer | undefined;
  private waiting = new AbortController();
  private release: () => void = () => undefined;
  private readonly timers: {ping?: Cancel; pong?: Cancel; rest?: Cancel} = {};

  constructor(private readonly options: TabLeaderOptions) {
    this.name = `outreach-observation-1:${options.key}`; // 1: the form of the messages
    this.channel = options.sharing.openChannel(this.name);
    this.channel.onmessage = ({data}) => this.receive(data as Message | null); // each field is looked at there
  }

  /** Requests the lock, and follows until it is granted; `steal`: takes it from a leader that does not answer. */
  requestLock(steal = false): void {
    this.stopTimers();
    this.waiting.abort();
    const waiting = (this.waiting = new AbortController());
    this.role = 'following';
    if (!steal) this.ping();
    this.options.sharing.locks
      .request(this.name, steal ? {steal} : {signal: waiting.signal}, () => this.lead(waiting.signal))
      .catch(() => this.onLockLost(waiting.signal));
  }

  renew(force = false): void {
    if (this.role === 'resting') this.requestLock();
    else if (this.role === 'following') this.ping();
    else this.observer?.renew(force);
  }

  close(): void {
    this.role = 'closed';
    this.stopTimers();
    this.observer?.close();
    this.waiting.abort();
    this.release();
    this.channel.onmessage = null;
    this.channel.close();
  }

  // Holds the lock for as long as what it returns is pending.
  private lead(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.stopTimers();
    this.role = 'leading';
    this.follow(undefined);
    this.post({kind: 'state'});
    this.observe();
    return new Promise(resolve => {
      this.release = resolve;
    });
  }

  private observe(): void {
    const {observe, onUp, onDown, onHint} = this.options;
    this.observer = observe({
      onUp: () => {
        this.session = crypto.randomUUID();
        this.post({kind: 'state', session: this.session});
        onUp();
      },
      onDown: (reason, failures) => {
        this.session = undefined;
        this.post({kind: 'state'});
        onDown(reason, failures);
        if (reason !== 'lost' && failures >= RESIGN_AFTER_FAILURES) this.resign();
      },
      onHint: data => {
        this.post({kind: 'hint', data});
        onHint(data);
      },
    });
  }

  // Another tab may have a token that is accepted. If none has, this one leads again later.
  private resign(): void {
    if (this.role !== 'leading') return;
    const {clock} = this.options;
    this.stopLeading();
    this.role = 'resting';
    this.release();
    this.timers.rest = clock.after(jittered(clock, RESIGNED_MS), () => this.requestLock());
  }

  // The lock was stolen, because this tab hung; or there are no locks here, as in a sandboxed frame.
  private onLockLost(signal: AbortSignal): void {
    if (signal.aborted || this.role === 'closed') return;
    if (this.role === 'leading') {
      this.stopLeading();
      this.follow(undefined, true);
      this.requestLock();
    } else if (this.role === 'following') {
      this.stopTimers();
      this.role = 'alone';
      this.observe();
    }
  }

  private stopLeading(): void {
    this.observer?.close();
    this.observer = undefined;
    this.session = undefined;
  }

  private receive(message: Message | null): void {
    if (this.role === 'leading') {
      if (message?.kind === 'ping') this.post({kind: 'state', session: this.session});
    } else if (this.role === 'alone') {
      return;
    } else if (message?.kind === 'state') {
      this.timers.pong?.();
      this.follow(typeof message.session === 'string' ? message.session : undefined);
    } else if (message?.kind === 'hint') {
      const hint = readHint(message);
      if (hint) this.options.onHint(hint);
    }
  }

  private follow(session: string | undefined, changed = session !== this.session): void {
    this.session = session;
    if (!changed) return;
    if (session === undefined) this.options.onDown('lost', 0);
    else this.options.onUp();
  }

  private ping(): void {
    const {clock} = this.options;
    this.stopTimers();
    this.timers.ping = clock.after(jittered(clock, PING_INTERVAL_MS), () => this.ping());
    this.timers.pong = clock.after(jittered(clock, PONG_TIMEOUT_MS), () => {
      this.follow(undefined);
      this.requestLock(true);
    });
    this.post({kind: 'ping'});
  }

  private post(message: Message): void {
    if (this.role === 'leading' || this.role === 'following') this.channel.postMessage(message);
  }

  private stopTimers(): void {
    for (const cancel of Object.values(this.timers)) cancel();
  }
}
