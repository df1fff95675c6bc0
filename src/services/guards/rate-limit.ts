// How much one client, one address and all of them submit. It counts by keyed hashes whose key is made in this process, lives for
// a day and is written nowhere: what is in memory leads to no address, and memory is the same for one client and for millions.
import {hash, randomBytes} from 'node:crypto';
import {canonicalAddress} from '../../contract/email-address';
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
}

export class RateLimit {
  readonly limits: RateLimits;
  private readonly now: () => number;
  private readonly clients: WindowCounters;
  private readonly emails: WindowCounters;
  private readonly all: WindowCounters;
  private key = newKey();
  private keyUntil: number;

  constructor({limits, now = () => performance.now()}: RateLimitOptions) {
    this.limits = limits;
    this.now = now;
    const windowMs = RATE_WINDOW_SECONDS * 1000;
    this.clients = new WindowCounters({windowMs, cells: CELLS, now});
    this.emails = new WindowCounters({windowMs, cells: CELLS, now});
    this.all = new WindowCounters({windowMs: BURST_WINDOW_MS, cells: 1, now});
    this.keyUntil = now() + DAY_MS;
  }

  /** Counts a submission of the client, valid or not; how many there are in this window. */
  hitClient(client: string): number {
    return this.clients.hit(this.hashOf(client));
  }

  /** Counts a click of a mail's link, apart from submissions. */
  hitMailLink(client: string): number {
    return this.clients.hit(this.hashOf(`mail link ${client}`));
  }

  /** The most clicks of mails' links of one client. */
  get mailLinkFlood(): number {
    return this.limits.flood * MAIL_LINKS_OF_FLOOD;
  }

  /** The same of the address, in whichever spelling. */
  hitEmail(email: string): number {
    return this.emails.hit(this.hashOf(canonicalAddress(email)));
  }

  /** The same of everybody, by the minute. */
  hitAll(): number {
    return this.all.hit(EVERYBODY);
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

  // Text in and text out: Node takes four times as long for buffers.
  private hashOf(text: string): string {
    if (this.now() >= this.keyUntil) {
      this.key = newKey();
      this.keyUntil = this.now() + DAY_MS;
    }
    return hash('sha256', this.key + text, 'hex');
  }
}

const EVERYBODY = '0'.repeat(16);

function newKey(): string {
  return randomBytes(32).toString('hex');
}
