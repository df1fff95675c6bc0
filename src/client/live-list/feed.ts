// Wires the feed's parts: what starts a catch-up, and what its listeners get.
import {CatchUp} from './catch-up';
import type {Clock} from '../runtime/clock';
import {FeedError} from './feed-error';
import {createFeedSource} from './feed-source';
import {FeedState, InquiryList} from './feed-state';
import type {FeedSnapshot, InquiryFeedOptions, InquiryHint} from '../feed-types';
import {Listeners} from '../runtime/listeners';
import type {OpenConnection} from '../observation/observation-connection';
import {createObserver, type Observer} from '../observation/observer';
import type {WatchPageVisibility} from '../runtime/page-visibility';
import {Schedule} from './schedule';
import type {Sharing} from '../observation/tab-leader';
import {chooseObserver} from '../observation/observer-factory';
import {createTokens, type Tokens} from '../runtime/tokens';
import {detectSleep} from '../runtime/sleep-detector';

const LIVE_INTERVAL_MS = 60_000;
const POLL_INTERVAL_MS = 15_000;
/** How long the first list waits for the gateway's acknowledgement. */
const FIRST_ACK_MS = 2000;
/** After a reconnect of the gateway or the network, which many clients see at once. */
const RECONNECT_SPREAD_MS = 500;
/** A list that is fresher than this is not read again when the page becomes visible. */
const FRESH_MS = 1000;

/** What a test replaces: the clock, the connection to the gateway, the page's events, and what tabs share. */
export interface FeedDependencies {
  clock: Clock;
  openConnection: OpenConnection;
  watchPageVisibility: WatchPageVisibility;
  /** undefined: a socket of the feed's own. */
  sharing: Sharing | undefined;
}

/** The options with their defaults. */
export type FeedOptions = Required<Omit<InquiryFeedOptions, 'topics' | 'shareSocket'>> & {
  topics: readonly string[] | undefined;
};

export class Feed {
  readonly changes: Listeners<FeedSnapshot>;
  readonly hints: Listeners<InquiryHint>;
  readonly closing: Listeners<void>;
  readonly state: FeedState;
  readonly schedule: Schedule;
  isClosed = false;
  private readonly list: InquiryList;
  private readonly catchUp: CatchUp;
  private readonly observer: Observer;
  private readonly stops: (() => void)[];
  private readonly topics: readonly string[] | undefined;
  private hasStarted = false;

  constructor(options: FeedOptions, dependencies: FeedDependencies) {
    this.topics = options.topics;
    const {clock} = dependencies;
    const requests = new AbortController();
    this.changes = new Listeners(options.onListenerError);
    this.hints = new Listeners(options.onListenerError);
    this.closing = new Listeners(options.onListenerError);
    this.list = new InquiryList(options.limit);
    this.state = new FeedState(clock, this.list.inquiries);
    this.schedule = new Schedule({
      clock,
      run: () => this.run(),
      intervalMs: () => (this.state.isUp ? LIVE_INTERVAL_MS : POLL_INTERVAL_MS),
      retryAfterMs: error => (error instanceof FeedError ? error.retryAfterMs : undefined),
    });
    const tokens = createTokens({
      getToken: options.getToken,
      clock,
      onToken: token => this.observer.useToken(token),
      signal: requests.signal,
    });
    this.catchUp = new CatchUp({
      source: createFeedSource({...options, tokens, clock, signal: requests.signal}),
      list: this.list,
      limit: options.limit,
      onNew: hint => this.hints.emit(hint), // without listeners once it is closed
      onRows: () => this.publish(),
    });
    this.observer = this.observe(options, {...dependencies, tokens});
    this.stops = [
      () => this.schedule.close(),
      () => this.observer.close(),
      () => requests.abort(),
      clock.after(FIRST_ACK_MS, () => this.start()),
      detectSleep(clock, () => this.onWake()),
      dependencies.watchPageVisibility({onVisible: () => this.onVisible(), onOnline: () => this.onOnline()}),
    ];
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const stop of this.stops) stop();
    this.changes.clear();
    this.hints.clear();
    this.closing.emit();
    this.closing.clear();
  }

  private observe(
    {restUrl, gatewayUrl, topics}: FeedOptions,
    {clock, openConnection, sharing, tokens}: FeedDependencies & {tokens: Tokens},
  ): Observer {
    const options = {
      clock,
      tokens,
      gatewayUrl,
      topics,
      open: openConnection,
      onUp: () => this.onUp(),
      onDown: () => this.onDown(),
      onHint: (hint: InquiryHint) => this.onHint(hint),
    };
    return sharing ? chooseObserver({...options, restUrl, sharing}) : createObserver(options);
  }

  // The gateway has acknowledged: earlier inquiries are read now, later ones come as events.
  private onUp(): void {
    this.state.setUp(true);
    this.publish();
    this.schedule.now(this.hasStarted ? RECONNECT_SPREAD_MS : 0);
    this.hasStarted = true;
  }

  private onDown(): void {
    const wasUp = this.state.isUp;
    this.state.setUp(false);
    this.publish();
    if (wasUp) this.schedule.rearm();
    this.start();
  }

  // The first list waits for the gateway, FIRST_ACK_MS at most, so that nothing is missed between the two.
  private start(): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    this.schedule.now();
  }

  private onHint(hint: InquiryHint): void {
    if (this.isClosed || (this.topics && !this.topics.includes(hint.topic))) return;
    if (this.catchUp.hint(hint)) this.schedule.soon();
  }

  /** Reads what has changed and tries to connect, now. */
  refresh(): void {
    this.schedule.now();
    this.observer.renew();
  }

  // A page that is being loaded becomes visible too, before the gateway has acknowledged.
  private onVisible(): void {
    if (this.hasStarted && this.state.ageMs() > FRESH_MS) this.refresh();
  }

  private onOnline(): void {
    this.schedule.now(RECONNECT_SPREAD_MS);
    this.observer.renew();
  }

  // After a sleep a dead connection may seem to be up for a while.
  private onWake(): void {
    this.schedule.now(RECONNECT_SPREAD_MS);
    this.observer.renew(true);
  }

  private async run(): Promise<void> {
    const beginning = this.state.begin();
    try {
      await this.catchUp.run(this.state.hasGap);
      this.state.complete(beginning);
    } catch (error) {
      this.state.fail(error instanceof FeedError ? error.failure : 'unexpected');
      throw error;
    } finally {
      this.publish();
    }
  }

  private publish(): void {
    if (!this.isClosed && this.state.update(this.list)) this.changes.emit(this.state.snapshot);
  }
}
