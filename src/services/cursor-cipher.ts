// The cursor that readers of the change feed hold: a position and the fingerprint of its filter, encrypted and
// authenticated (AES-256-GCM, NIST SP 800-38D). A position may be that of an inquiry of a topic that the reader may not
// see, and its id contains its time; a reader who could forge positions could probe for such inquiries. The same
// position never gives the same text twice: equal texts would reveal that nothing has changed in the other topics
// either.
import {createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes} from 'node:crypto';
import type {FeedPosition} from '../repositories/change-feed/feed-position';

/** A position, and the topics that it is valid for: with other topics, a reader would miss earlier changes. */
export interface FeedCursor extends FeedPosition {
  /** The fingerprint of the topics: eight hexadecimal digits. */
  filter: string;
}

/** Encrypts with one secret, and decrypts what the same secret has encrypted. */
export interface CursorCipher {
  /** The cursor as 91 characters of base64url, different each time. */
  encrypt: (cursor: FeedCursor) => string;
  /** Undefined for a text of the right form that this secret has not encrypted. */
  decrypt: (text: string) => FeedCursor | undefined;
}

const CIPHER = 'aes-256-gcm';
const [SALT_BYTES, NONCE_BYTES, CURSOR_BYTES, TAG_BYTES] = [8, 8, 36, 16];
const ENCRYPTED_BYTES = SALT_BYTES + NONCE_BYTES + CURSOR_BYTES + TAG_BYTES;
// Nonces have 64 random bits, fewer than the 96 of the standard (8.2.2), so a key encrypts fewer cursors: with this
// many, one key in 2^25 repeats a nonce.
const USES_OF_A_KEY = 2 ** 20;
const NONCES_AT_ONCE = 512; // one call for all of them costs as much as a call for one

export function createCursorCipher(secret: Buffer, usesOfAKey = USES_OF_A_KEY): CursorCipher {
  // Key objects: given a Buffer, Node first tries it as a key object and throws inside, which costs more than all the
  // rest.
  const masterKey = createSecretKey(secret);
  const keyOf = (salt: Buffer) => createSecretKey(createHmac('sha256', masterKey).update(salt).digest());
  const nextKey = () => {
    const salt = randomBytes(SALT_BYTES);
    return {salt, key: keyOf(salt), left: usesOfAKey};
  };
  let current = nextKey();
  const nextNonce = randomPieces(NONCE_BYTES, NONCES_AT_ONCE);
  return {
    encrypt(cursor) {
      if (current.left === 0) current = nextKey();
      current.left -= 1;
      const nonce = nextNonce();
      const cipher = createCipheriv(CIPHER, current.key, nonce);
      const encrypted = [cipher.update(toBytes(cursor)), cipher.final()];
      return Buffer.concat([current.salt, nonce, ...encrypted, cipher.getAuthTag()]).toString('base64url');
    },
    decrypt(text) {
      const encrypted = Buffer.from(text, 'base64url');
      if (encrypted.byteLength !== ENCRYPTED_BYTES) return undefined;
      const nonce = encrypted.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, keyOf(encrypted.subarray(0, SALT_BYTES)), nonce);
      decipher.setAuthTag(encrypted.subarray(-TAG_BYTES));
      try {
        const bytes = encrypted.subarray(SALT_BYTES + NONCE_BYTES, -TAG_BYTES);
        return toCursor(Buffer.concat([decipher.update(bytes), decipher.final()]));
      } catch {
        return undefined; // node throws the same error for another key and for another text
      }
    },
  };
}

// Returns a function that returns `size` random bytes; the system is asked once for `count` calls.
function randomPieces(size: number, count: number): () => Buffer {
  let bytes = Buffer.alloc(0);
  return () => {
    if (bytes.byteLength === 0) bytes = randomBytes(size * count);
    const piece = bytes.subarray(0, size);
    bytes = bytes.subarray(size);
    return piece;
  };
}

function toBytes({epoch, xid, id, filter}: FeedCursor): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(xid));
  return Buffer.concat([Buffer.from(`${epoch}${id.replaceAll('-', '')}${filter}`, 'hex'), number]);
}

function toCursor(bytes: Buffer): FeedCursor {
  const hex = bytes.toString('hex', 0, 28);
  const id = hex.slice(16, 48).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return {epoch: hex.slice(0, 16), id, filter: hex.slice(48), xid: String(bytes.readBigUInt64BE(28))};
}
