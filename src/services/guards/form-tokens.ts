// Form tokens: a page asks for one when its form is shown, and the form sends it along. A token says when that was, which
// nobody can forge, and is good for one submission. It holds nothing of the visitor, and needs no cookie.
import {createHmac, randomBytes, timingSafeEqual} from 'node:crypto';

/** A form that is sent sooner after its token was made was filled in by a program. */
export const MIN_AGE_MS = 2000;
/** After this a token says nothing any more: a page that was left open. */
export const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** The field of a body that holds the token. */
export const FORM_TOKEN_FIELD = '_token';

const TIME_BYTES = 6;
const ID_BYTES = 12;
const SIGNED_BYTES = TIME_BYTES + ID_BYTES;
const MAC_BYTES = 16; // of HMAC-SHA-256, truncated (RFC 2104, 5)
const TOKEN = /^[A-Za-z0-9_-]{46}$/; // base64url of 34 bytes
const PURPOSE = 'outreach form token\0'; // the same key may sign something else one day

/** What a token of ours says. */
export interface FormToken {
  /** Random, in hexadecimal: another one for each token. */
  id: string;
  /** Milliseconds since 1970, by the clock of the replica that made it. */
  issuedAt: number;
}

/** Makes and reads tokens: milliseconds, id and HMAC in base64url. Without a key there are none. */
export class FormTokens {
  /** The first key signs, and all verify, so that a key can be replaced while its tokens are in use. */
  constructor(private readonly keys: readonly string[]) {}

  /** Are there any? */
  get areEnabled(): boolean {
    return this.keys.length > 0;
  }

  /** A new one; undefined without a key. */
  issue(now = Date.now()): string | undefined {
    const [key] = this.keys;
    if (key === undefined) return undefined;
    const signed = Buffer.alloc(SIGNED_BYTES);
    signed.writeUIntBE(now, 0, TIME_BYTES);
    randomBytes(ID_BYTES).copy(signed, TIME_BYTES);
    return Buffer.concat([signed, macOf(key, signed)]).toString('base64url');
  }

  /** What it says; undefined of any text that these keys have not signed. */
  read(text: string): FormToken | undefined {
    if (!TOKEN.test(text)) return undefined;
    const bytes = Buffer.from(text, 'base64url');
    const signed = bytes.subarray(0, SIGNED_BYTES);
    const mac = bytes.subarray(SIGNED_BYTES);
    if (!this.keys.some(key => timingSafeEqual(macOf(key, signed), mac))) return undefined;
    return {id: signed.toString('hex', TIME_BYTES), issuedAt: signed.readUIntBE(0, TIME_BYTES)};
  }

  /** What stands in for an Idempotency-Key, and is none: it has a space. Undefined without a token that `read` takes. */
  idempotencyKeyOf(text: string | undefined): string | undefined {
    const token = text === undefined ? undefined : this.read(text);
    return token && `form token ${token.id}`;
  }
}

function macOf(key: string, signed: Buffer): Buffer {
  return createHmac('sha256', key).update(PURPOSE).update(signed).digest().subarray(0, MAC_BYTES);
}
