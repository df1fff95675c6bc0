// Proof of work as ALTCHA has it (version 2, https://altcha.org): a browser finds a number by trying, which takes it a moment, and
// outreach verifies what it found in microseconds. A challenge is bound to a form token, which is good for one submission, so
// that nothing of it is stored. altcha-lib's own functions take 200 µs for making one and 105 µs for verifying, by
// WebCrypto; a POST takes 150 in all.
import {createHmac, pbkdf2Sync, randomBytes, randomInt, timingSafeEqual} from 'node:crypto';
import {z} from 'zod';
import type {challengeSchema} from '../../contract/form-token';
import type {RateLimit} from './rate-limit';

/** A browser solves it within this, or asks for another one. */
export const PROOF_MAX_AGE_MS = 60 * 60 * 1000;
/** So many PBKDF2 are tried at most in calm; an ordinary phone makes some 2500 in a second. At least half of them are. */
export const CALM_TRIES = 1200;
/** So many times that, at most, under load. */
export const MOST_EFFORT = 16;
/** The effort of a client that is at its rate limit. */
const EFFORT_AT_LIMIT = 4;
/** Iterations of each: fewer, and a browser would spend most of the time on calling WebCrypto, unlike a program. */
const COST = 500;
const KEY_LENGTH = 32;
const PREFIX_LENGTH = KEY_LENGTH / 2;
/** Longest proof that is looked at, in characters of base64; ours have some 800. */
const MAX_PROOF = 2048;
const PURPOSE = 'outreach proof of work\0'; // the same keys sign form tokens

export type Challenge = z.infer<typeof challengeSchema>;

const hex = z.string().regex(/^[0-9a-f]{64}$/);
/** What a browser sends, as far as it is looked at. */
const proofSchema = z.object({
  challenge: z.object({parameters: z.looseObject({expiresAt: z.number(), keySignature: hex}), signature: hex}),
  solution: z.object({derivedKey: hex}),
});

export interface ProofOfWorkOptions {
  /** Those of the form tokens: the first signs, and all verify. */
  keys: readonly string[];
  /** Says how great the load is; calm without one. */
  rateLimit?: Pick<RateLimit, 'pressureOf'>;
}

export class ProofOfWork {
  constructor(private readonly options: ProofOfWorkOptions) {}

  /** A challenge for whoever has this token; the nearer its client or everybody is to the rate limit, the longer it takes. */
  challenge(token: string, {client, now = Date.now()}: {client: string; now?: number}): Challenge {
    const [key = ''] = this.options.keys;
    const secret = secretOf(key, token);
    const most = Math.round(CALM_TRIES * this.effortFor(client));
    const [nonce, salt] = [randomBytes(16), randomBytes(16)];
    const password = Buffer.concat([nonce, Buffer.alloc(4)]);
    password.writeUInt32BE(randomInt(most >> 1, most), nonce.length);
    const derivedKey = pbkdf2Sync(password, salt, COST, KEY_LENGTH, 'sha256');
    const parameters = {
      algorithm: 'PBKDF2/SHA-256' as const,
      cost: COST,
      expiresAt: Math.floor((now + PROOF_MAX_AGE_MS) / 1000),
      keyLength: KEY_LENGTH as 32,
      keyPrefix: derivedKey.toString('hex', 0, PREFIX_LENGTH),
      keySignature: sign(secret, derivedKey).toString('hex'),
      nonce: nonce.toString('hex'),
      salt: salt.toString('hex'),
    };
    return {parameters, signature: sign(secret, canonical(parameters)).toString('hex')};
  }

  /**
   * Does the text, base64 of JSON as ALTCHA sends it, prove that the challenge of this token was solved? `expired` is one that
   * is solved, and too old. Whether the token was used is not looked at.
   */
  verify(text: string, {token, now = Date.now()}: {token: string; now?: number}): 'valid' | 'expired' | 'invalid' {
    const proof = text.length > MAX_PROOF ? undefined : read(text);
    if (!proof) return 'invalid';
    const {
      challenge: {parameters, signature},
      solution: {derivedKey},
    } = proof;
    const isSolved = this.options.keys.some(key => {
      const secret = secretOf(key, token);
      return (
        isHexOf(signature, sign(secret, canonical(parameters))) &&
        isHexOf(parameters.keySignature, sign(secret, Buffer.from(derivedKey, 'hex')))
      );
    });
    if (!isSolved) return 'invalid';
    return parameters.expiresAt * 1000 < now ? 'expired' : 'valid';
  }

  private effortFor(client: string): number {
    const pressure = this.options.rateLimit?.pressureOf(client) ?? 0;
    return Math.min(Math.max(EFFORT_AT_LIMIT * pressure, 1), MOST_EFFORT);
  }
}

function read(text: string): z.infer<typeof proofSchema> | undefined {
  try {
    return proofSchema.safeParse(JSON.parse(Buffer.from(text, 'base64').toString())).data;
  } catch {
    return undefined; // no JSON
  }
}

// With a secret of its own, a challenge is worthless beside another token.
function secretOf(key: string, token: string): string {
  return createHmac('sha256', key).update(PURPOSE).update(token).digest('hex');
}

function sign(secret: string, text: Buffer | string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

// JSON with its keys in order, as ALTCHA signs it.
function canonical(parameters: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(parameters, Object.keys(parameters).sort());
}

function isHexOf(text: string, bytes: Buffer): boolean {
  return timingSafeEqual(Buffer.from(text, 'hex'), bytes);
}
