// The text of a feed that readers hold: a position and the mark of its filter, sealed (AES-256-GCM, NIST SP 800-38D).
// A position may be that of an inquiry of another topic, whose id tells when it came; a reader who could make positions
// could walk through them. One position is never the same text twice: that it has not moved would tell, too.
import {createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes} from 'node:crypto';
import type {FeedPosition} from '../repositories/feed-position';

/** A position with the mark of the topics that it was made for: for others, something before it would be missing. */
export interface Feed extends FeedPosition {
  /** Eight hexadecimal digits. */
  filter: string;
}

/** Seals with one secret and opens what the same secret has sealed. */
export interface FeedSeal {
  /** The feed as 91 characters of base64url, other ones each time. */
  seal: (feed: Feed) => string;
  /** Undefined for a text of the right form that this secret has not sealed. */
  open: (text: string) => Feed | undefined;
}

const CIPHER = 'aes-256-gcm';
const [SALT_BYTES, NONCE_BYTES, FEED_BYTES, TAG_BYTES] = [8, 8, 36, 16];
const SEALED_BYTES = SALT_BYTES + NONCE_BYTES + FEED_BYTES + TAG_BYTES;
// The nonces are shorter than the 96 random bits of the standard (8.2.2), so a key seals less: among so many, two nonces
// are the same for one key of 2^25.
const SEALS_OF_A_KEY = 2 ** 20;
const NONCES_AT_ONCE = 512; // one call for all costs what one for each would

export function createFeedSeal(secret: Buffer, sealsOfAKey = SEALS_OF_A_KEY): FeedSeal {
  // Key objects, since Node tries a buffer for one first, by an exception that costs more than all the rest.
  const sealKey = createSecretKey(secret);
  const keyOf = (salt: Buffer) => createSecretKey(createHmac('sha256', sealKey).update(salt).digest());
  const nextKey = () => {
    const salt = randomBytes(SALT_BYTES);
    return {salt, key: keyOf(salt), left: sealsOfAKey};
  };
  let current = nextKey();
  const nextNonce = randomPieces(NONCE_BYTES, NONCES_AT_ONCE);
  return {
    seal(feed) {
      if (current.left === 0) current = nextKey();
      current.left -= 1;
      const nonce = nextNonce();
      const cipher = createCipheriv(CIPHER, current.key, nonce);
      const sealed = [cipher.update(toBytes(feed)), cipher.final()];
      return Buffer.concat([current.salt, nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(text) {
      const sealed = Buffer.from(text, 'base64url');
      if (sealed.byteLength !== SEALED_BYTES) return undefined;
      const nonce = sealed.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, keyOf(sealed.subarray(0, SALT_BYTES)), nonce);
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const bytes = sealed.subarray(SALT_BYTES + NONCE_BYTES, -TAG_BYTES);
        return toFeed(Buffer.concat([decipher.update(bytes), decipher.final()]));
      } catch {
        return undefined; // node's only word for "another key, or another text"
      }
    },
  };
}

// Gives random bytes, `size` at a time.
function randomPieces(size: number, count: number): () => Buffer {
  let bytes = Buffer.alloc(0);
  return () => {
    if (bytes.byteLength === 0) bytes = randomBytes(size * count);
    const piece = bytes.subarray(0, size);
    bytes = bytes.subarray(size);
    return piece;
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
