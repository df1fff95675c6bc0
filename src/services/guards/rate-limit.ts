// How much one client, one address and all of them submit. It counts by keyed hashes whose key lives for a day and is written
// nowhere: what is in memory leads to no address, and memory is the same for one client and for millions. The key is made in
// this process; replicas that count together have the same, which they derive.
import {createHmac, hash, randomBytes} from 'node:crypto';
import {canonicalAddress} from '../../contract/email-address';
import type {SharedCounters} from '../../platform/shared-counters';
import {WindowCounters} from '../../platform/window-counters';

/** The most submissions of a window; further ones are quarantined, and beyond `flood` refused before they are read. */
export interface RateLimits {
  /** Of one client, valid or not. */
  client: number;
  /** Of one client, valid or not, beyond which they are refused. */
  flood: number;
  /** Of one e-mail address. */
  email: number;
  /** Of all clients, in a minute. */
  burst: number;
}

/** The window of a client and of an e-mail address, in seconds. */
export const RATE_WINDOW_SECONDS = 600;
/** Clicks of mails' links that one client may send, of the flood limit: a mail provider clicks for all who read there. */
export const MAIL_LINKS_OF_FLOOD = 100;
const BURST_WINDOW_MS = 60_000;
const DAY_MS = 86_400_000;
// 1 MB for each; a flood of a million clients adds about 8 to what is counted for a client.
const CELLS = 2 ** 17;

export interface RateLimitOptions {
  limits: RateLimits;
  /** Milliseconds that never go back. */
  now?: () => number;
  /** Counts together with other replicas, which have the same secret. */
  shared?: {counters: SharedCounters; secret: string};
}

export class RateLimit {
  readonly limits: RateLimits;
  private readonly now: () => number;
  private readonly clients: WindowCounters;
  private readonly emails: WindowCounters;
  private readonly all: WindowCounters;
  private key: string;
  private keyUntil: number;

  constructor(private readonly options: RateLimitOptions) {
    const {limits, now = () => performance.now(), shared} = options;
    this.limits = limits;
    this.now = now;
    const windowMs = RATE_WINDOW_SECONDS * 1000;
    const epochMs = shared ? Date.now() : 0;
    this.clients = new WindowCounters({windowMs, cells: CELLS, now, epochMs});
    this.emails = new WindowCounters({windowMs, cells: CELLS, now, epochMs});
    this.all = new WindowCounters({windowMs: BURST_WINDOW_MS, cells: 1, now, epochMs});
    this.key = this.makeKey();
    this.keyUntil = now() + DAY_MS - (epochMs % DAY_MS);
  }

  /** Counts a submission of the client, valid or not; how many there are in this window. */
  hitClient(client: string): number {
    return this.hit('client', this.clients, this.hashOf(client));
  }

  /** Counts a click of a mail's link, apart from submissions. */
  hitMailLink(client: string): number {
    return this.hit('client', this.clients, this.hashOf(`mail link ${client}`));
  }

  /** The most clicks of mails' links of one client. */
  get mailLinkFlood(): number {
    return this.limits.flood * MAIL_LINKS_OF_FLOOD;
  }

  /** The same of the address, in whichever spelling. */
  hitEmail(email: string): number {
    return this.hit('email', this.emails, this.hashOf(canonicalAddress(email)));
  }

  /** The same of everybody, by the minute. */
  hitAll(): number {
    return this.hit('all', this.all, EVERYBODY);
  }

  /** How near this client, or everybody together, is to its limit: 1 is at it. Counts nothing. */
  pressureOf(client: string): number {
    const {client: perClient, burst} = this.limits;
    return Math.max(this.clients.count(this.hashOf(client)) / perClient, this.all.count(EVERYBODY) / burst);
  }

  /** Whole seconds until a client's count begins anew. */
  get resetSeconds(): number {
    return this.clients.resetSeconds;
  }

  private hit(name: string, counters: WindowCounters, hashed: string): number {
    const count = counters.hit(hashed);
    this.options.shared?.counters.share(name, counters, hashed);
    return count;
  }

  private makeKey(): string {
    const {shared} = this.options;
    if (!shared) return randomBytes(32).toString('hex');
    const day = Math.floor(Date.now() / DAY_MS);
    return createHmac('sha256', shared.secret).update(`${PURPOSE}${day}`).digest('hex');
  }

  // Text in and text out: Node takes four times as long for buffers.
  private hashOf(text: string): string {
    if (this.now() >= this.keyUntil) {
      this.key = this.makeKey();
      this.keyUntil += DAY_MS * (1 + Math.floor((this.now() - this.keyUntil) / DAY_MS));
    }
    return hash('sha256', this.key + text, 'hex');
  }
}

const EVERYBODY = '0'.repeat(16);
const PURPOSE = 'outreach rate limit\0'; // the same keys sign form tokens
