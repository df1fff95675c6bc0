// The text of a feed that readers hold: a position and the mark of its filter, sealed (AES-256-GCM, NIST SP 800-38D).
// A position may be that of an inquiry of another topic, whose id tells when it came; a reader who could make positions
// could walk through them. The same feed gives the same text, so that a list that has not changed is the same answer.
import {createCipheriv, createDecipheriv, createHmac, hkdfSync} from 'node:crypto';
import type {FeedPosition} from '../repositories/feed-position';

/** A position with the mark of the topics that it was made for: for others, something before it would be missing. */
export interface Feed extends FeedPosition {
  /** Eight hexadecimal digits. */
  filter: string;
}

/** Seals with one secret and opens what the same secret has sealed. */
export interface FeedSeal {
  /** The feed as 86 characters of base64url. */
  seal: (feed: Feed) => string;
  /** Undefined for a text of the right form that this secret has not sealed. */
  open: (text: string) => Feed | undefined;
}

const CIPHER = 'aes-256-gcm';
const [NONCE_BYTES, FEED_BYTES, TAG_BYTES] = [12, 36, 16];

export function createFeedSeal(secret: Buffer): FeedSeal {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `outreach feed ${purpose}`, 32));
  const [cipherKey, nonceKey] = [derive('cipher'), derive('nonce')];
  return {
    seal(feed) {
      const bytes = toBytes(feed);
      // Of the content, as in RFC 5297: a random one would come twice sooner, since feeds are asked for again and again.
      const nonce = createHmac('sha256', nonceKey).update(bytes).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, cipherKey, nonce);
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(text) {
      const sealed = Buffer.from(text, 'base64url');
      if (sealed.byteLength !== NONCE_BYTES + FEED_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, cipherKey, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return toFeed(Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]));
      } catch {
        return undefined; // node's only word for "another key, or another text"
      }
    },
  };
}

function toBytes({life, xid, id, filter}: Feed): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(xid));
  return Buffer.concat([Buffer.from(`${life}${id.replaceAll('-', '')}${filter}`, 'hex'), number]);
}

function toFeed(bytes: Buffer): Feed {
  const hex = bytes.toString('hex', 0, 28);
  const id = hex.slice(16, 48).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return {life: hex.slice(0, 16), id, filter: hex.slice(48), xid: String(bytes.readBigUInt64BE(28))};
}
