// Tokens for the links of mails: whoever has one may confirm, or end, the one subscription that it names. Nothing of them is
// stored: a token is the purpose, the id and, to confirm, the time of the request, with an HMAC (RFC 2104) of these. So a link
// confirms the request that it was made for, and none that was made later.
import {createHmac, timingSafeEqual} from 'node:crypto';
import {CONFIRMATION_DAYS} from '../contract/subscription';

/** What a token is for: one of one purpose is none of the other. */
export type TokenPurpose = 'confirm' | 'unsubscribe';

/** What a token names; to confirm, the request of this time. */
export interface TokenSubject {
  id: string;
  consentedAt: Date;
}

const PURPOSES: Readonly<Record<TokenPurpose, number>> = {confirm: 1, unsubscribe: 2};
const ID_BYTES = 16;
const TIME_BYTES = 6;
const MAC_BYTES = 32;
const LIFETIME_MS = CONFIRMATION_DAYS * 24 * 60 * 60 * 1000;

export class SubscriptionTokens {
  /** `keys` as SUBSCRIPTION_TOKEN_KEYS has them: the first signs, each is accepted. Without one there are no tokens. */
  constructor(private readonly keys: readonly Buffer[]) {}

  /** A token of base64url; undefined without a key. The same for the same subject, until the first key is another one. */
  make(purpose: TokenPurpose, {id, consentedAt}: TokenSubject): string | undefined {
    const [key] = this.keys;
    if (!key) return undefined;
    const time = Buffer.alloc(TIME_BYTES);
    if (purpose === 'confirm') time.writeUIntBE(consentedAt.getTime(), 0, TIME_BYTES);
    const named = Buffer.concat([Buffer.of(PURPOSES[purpose]), Buffer.from(id.replaceAll('-', ''), 'hex'), time]);
    return Buffer.concat([named, macOf(key, named)]).toString('base64url');
  }

  /** What the token names; undefined unless one of the keys has made it for this purpose. It may have expired. */
  read(purpose: TokenPurpose, token: string): TokenSubject | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 1 + ID_BYTES + TIME_BYTES + MAC_BYTES || bytes.toString('base64url') !== token)
      return undefined;
    const named = bytes.subarray(0, -MAC_BYTES);
    const mac = bytes.subarray(-MAC_BYTES);
    // Each key is tried, so that the time does not say which one it was.
    const isMade = this.keys.map(key => timingSafeEqual(macOf(key, named), mac)).includes(true);
    if (!isMade || named[0] !== PURPOSES[purpose]) return undefined;
    return {
      id: uuidOf(named.toString('hex', 1, 1 + ID_BYTES)),
      consentedAt: new Date(named.readUIntBE(1 + ID_BYTES, TIME_BYTES)),
    };
  }
}

/** When a request can be confirmed no more, by the time at which it was made. */
export function confirmationEnd(consentedAt: Date): Date {
  return new Date(consentedAt.getTime() + LIFETIME_MS);
}

/** Requests from before this cannot be confirmed any more at `now`. */
export function confirmableSince(now: Date): Date {
  return new Date(now.getTime() - LIFETIME_MS);
}

function macOf(key: Buffer, named: Buffer): Buffer {
  return createHmac('sha256', key).update('outreach subscription\0').update(named).digest();
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
