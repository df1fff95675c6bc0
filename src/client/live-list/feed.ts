// The feed's parts put together: who hears of what, and what starts a catch-up.
import {CatchUp} from './catch-up';
import type {Clock} from '../runtime/clock';
import {FeedError} from './feed-error';
import {createFeedSource} from './feed-source';
import {FeedState} from './feed-state';
import type {FeedSnapshot, InquiryFeedOptions, Toast} from '../feed-types';
import {InquiryList} from './inquiry-list';
import {Listeners} from '../runtime/listeners';
import type {OpenConnection} from '../observation/observation-connection';
import {createObserver, type Observer} from '../observation/observer';
import type {WatchPage} from '../runtime/page-visibility';
import {Schedule} from './schedule';
import type {Sharing} from '../observation/tab-leader';
import {createSharingObserver} from '../observation/observer-factory';
import {createTokens, type Tokens} from '../runtime/tokens';
import {watchSleep} from '../runtime/sleep-detector';

const LIVE_INTERVAL_MS = 60_000;
const POLL_INTERVAL_MS = 15_000;
/** How long the first list waits for the gateway's acknowledgement. */
const FIRST_ACK_MS = 2000;
/** After a reconnect of the gateway or the network, which many clients see at once. */
const RECONNECT_SPREAD_MS = 500;
/** Younger than this, the list need not be read again because somebody looks at it. */
const FRESH_MS = 1000;

/** What a test replaces: time, the connection to the gateway, the page, and what tabs share. */
export interface FeedSurroundings {
  clock: Clock;
  openConnection: OpenConnection;
  watchPage: WatchPage;
  /** undefined: a socket of the feed's own. */
  sharing: Sharing | undefined;
}

/** The options with all that is left out filled in. */
export type FeedOptions = Required<Omit<InquiryFeedOptions, 'topics' | 'shareSocket'>> & {
  topics: readonly string[] | undefined;
};

export class Feed {
  readonly changes: Listeners<FeedSnapshot>;
  readonly toasts: Listeners<Toast>;
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

  constructor(options: FeedOptions, surroundings: FeedSurroundings) {
    this.topics = options.topics;
    const {clock} = surroundings;
    const requests = new AbortController();
    this.changes = new Listeners(options.onListenerError);
    this.toasts = new Listeners(options.onListenerError);
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
      onNew: toast => this.toasts.tell(toast), // nobody listens once it is closed
      onRows: () => this.publish(),
    });
    this.observer = this.observe(options, {...surroundings, tokens});
    this.stops = [
      () => this.schedule.close(),
      () => this.observer.close(),
      () => requests.abort(),
      clock.after(FIRST_ACK_MS, () => this.start()),
      watchSleep(clock, () => this.wake()),
      surroundings.watchPage({onVisible: () => this.look(), onOnline: () => this.reconnect()}),
    ];
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const stop of this.stops) stop();
    this.changes.clear();
    this.toasts.clear();
    this.closing.tell();
    this.closing.clear();
  }

  private observe(
    {restUrl, gatewayUrl, topics}: FeedOptions,
    {clock, openConnection, sharing, tokens}: FeedSurroundings & {tokens: Tokens},
  ): Observer {
    const options = {
      clock,
      tokens,
      gatewayUrl,
      topics,
      open: openConnection,
      onUp: () => this.goUp(),
      onDown: () => this.goDown(),
      onHint: (toast: Toast) => this.hear(toast),
    };
    return sharing ? createSharingObserver({...options, restUrl, sharing}) : createObserver(options);
  }

  // The gateway has acknowledged: what came before it is read now, what comes after it is told.
  private goUp(): void {
    this.state.observe(true);
    this.publish();
    this.schedule.now(this.hasStarted ? RECONNECT_SPREAD_MS : 0);
    this.hasStarted = true;
  }

  private goDown(): void {
    const wasUp = this.state.isUp;
    this.state.observe(false);
    this.publish();
    if (wasUp) this.schedule.rearm();
    this.start();
  }

  // The first list waits for the gateway, so that nothing is missed between the two, but not for long.
  private start(): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    this.schedule.now();
  }

  private hear(toast: Toast): void {
    if (this.isClosed || (this.topics && !this.topics.includes(toast.topic))) return;
    if (this.catchUp.hint(toast)) this.schedule.soon();
  }

  /** Reads what has changed and tries to connect, now. */
  refresh(): void {
    this.schedule.now();
    this.observer.renew();
  }

  // A page that is just being loaded is shown too, before the gateway has acknowledged.
  private look(): void {
    if (this.hasStarted && this.state.ageMs() > FRESH_MS) this.refresh();
  }

  private reconnect(): void {
    this.schedule.now(RECONNECT_SPREAD_MS);
    this.observer.renew();
  }

  // After a sleep a connection may look alive for a while, and is not.
  private wake(): void {
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
    if (!this.isClosed && this.state.update(this.list)) this.changes.tell(this.state.snapshot);
  }
}
