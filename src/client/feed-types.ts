// What a user of the live list sees: options, snapshots, statuses, hints. Types only.
import type {components} from './rest/rest-api';

/** An inquiry as `GET /inquiries` shows it. */
export type Inquiry = components['schemas']['Inquiry'];

/**
 * How far the list can be trusted:
 * - `live`: the gateway sends new inquiries at once, and nothing is missing.
 * - `catching-up`: the list is being read for the first time, or again after a gap.
 * - `polling`: no gateway; the list is read again every 15 seconds.
 * - `offline`: REST does not answer, or `getToken` fails; the list is as old as `ageMs()` says.
 * - `unauthorized`: there is no token that REST accepts; the list is as old as `ageMs()` says.
 */
export type FeedStatus = 'live' | 'catching-up' | 'polling' | 'offline' | 'unauthorized';

/**
 * Why the list could not be read the last time: no answer at all, an answer of the 5xx, 429 or 408 kind, a token that
 * was refused (401) or that lacks a scope (403), no token to be had, a `getToken` that failed or took too long, or an
 * answer that outreach does not give.
 */
export type FeedFailure =
  'network' | 'unavailable' | 'unauthorized' | 'forbidden' | 'no-token' | 'token-failed' | 'unexpected';

/** One state of the list. It never changes; a later state is another object. */
export interface FeedSnapshot {
  /** Newest first, without holes: every inquiry that is newer than the last one. The same array until a row changes. */
  readonly inquiries: readonly Inquiry[];
  /**
   * Grows when an inquiry changed, came or went, also one that is too old for the list: while it stays the same, so does
   * all that was read over REST since. Only that it changed has a meaning, not by how much.
   */
  readonly changes: number;
  readonly status: FeedStatus;
  /** When the list was last known to be complete: milliseconds since the epoch by this machine's clock. */
  readonly updatedAt: number | undefined;
  /** Present while the last attempt to read the list failed. */
  readonly failure: FeedFailure | undefined;
}

/** A new inquiry, as in the gateway's event. Its row may follow a moment later. */
export interface InquiryHint {
  readonly inquiryId: string;
  readonly topic: string;
  /** When it was stored: ISO 8601, UTC. */
  readonly receivedAt: string;
}

/** The argument of `getToken`. */
export interface TokenRequest {
  /** The last token was refused or has expired: a cached one will not do. */
  refused: boolean;
}

export interface InquiryFeedOptions {
  /** Where REST answers, without a slash at the end. */
  restUrl: string;
  /** Where the gateway answers, without a slash at the end. */
  gatewayUrl: string;
  /**
   * Asked before each request and each connection; it may cache, be slow, and fail. undefined and '' mean that nobody
   * is signed in (`unauthorized`); a rejection means that it could not be asked, for instance since the issuer is away
   * (`offline`). The token goes to `restUrl` and `gatewayUrl` and nowhere else.
   */
  getToken: (request: TokenRequest) => string | undefined | Promise<string | undefined>;
  /** Topics to show; all that the token allows when left out. */
  topics?: readonly string[];
  /** The most inquiries that the list holds, 1 to 5000; 500 when left out. It starts with the newest 100 at most. */
  limit?: number;
  /** false: a socket of this feed's own, even where the tabs of a browser could share one. */
  shareSocket?: boolean;
  /** Gets what a listener throws; when left out, the browser's or Node's own report of uncaught errors gets it. */
  onListenerError?: (error: unknown) => void;
  /** Another fetch, for instance with a proxy. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** Ends a subscription; safe to call twice. */
export type Unsubscribe = () => void;

/** A live list of inquiries. Its functions need no `this`. */
export interface InquiryFeed extends AsyncIterable<FeedSnapshot> {
  /** Calls `listener` at every change, not for the state that is there already. */
  subscribe: (listener: (snapshot: FeedSnapshot) => void) => Unsubscribe;
  /** The present state; the same object until something changes. */
  snapshot: () => FeedSnapshot;
  /** Milliseconds since the list was last known to be complete; Infinity before the first time. It grows by itself. */
  ageMs: () => number;
  /** Calls `listener` once for each new inquiry, never for those of the first list. */
  onToast: (listener: (hint: InquiryHint) => void) => Unsubscribe;
  /** Reads what has changed and tries to connect now, for instance after a change of one's own or a new sign-in. */
  refresh: () => void;
  /** Ends sockets, requests, timers and iterators; no listener is called again. Safe to call twice. */
  close: () => void;
  /** The states from now on, beginning with the present one; a slow reader gets the latest, not each. */
  [Symbol.asyncIterator]: () => AsyncIterator<FeedSnapshot, undefined>;
}
