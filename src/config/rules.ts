// What a variable may hold, as zod schemas whose messages are rules and never repeat the value.
import {z} from 'zod';

/** A whole number in decimal digits. */
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine(value => value >= min && value <= max, `must be from ${min} to ${max}`);

/** 0 picks a free port. */
export const port = integer(0, 65535);

/** Items separated by commas, without the space around them. */
export const list = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .transform(text =>
      text
        .split(',')
        .map(part => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item));

const connectionUrl = (rule: string, protocols: RegExp) =>
  z.string().refine(text => URL.canParse(text) && protocols.test(text), {error: rule, abort: true});

export const databaseUrl = z
  .string()
  .refine(text => !hasSeveralHosts(text), {
    error: 'must name one host: a DNS name or a proxy that follows the primary, where there are several servers',
    abort: true,
  })
  .pipe(connectionUrl('must be a postgres:// URL', /^postgres(ql)?:\/\//));

export const redisUrl = connectionUrl('must be a redis:// or rediss:// URL', /^rediss?:\/\//);

export const keySetUrl = connectionUrl('must be an http or https URL', /^https?:\/\//).refine(
  text => new URL(text).username === '' && new URL(text).password === '',
  'must not hold a user or a password: they would not be sent',
);

export const origin = z
  .string()
  .refine(text => !text.includes('*') || isFamilyOfOrigins(text), {
    error:
      'may have one wildcard, as the first label in front of a domain of at least two: ' +
      'https://*.preview.example.org, and http:// or https:// and a port as exactly as of any other origin',
    abort: true,
  })
  .refine(
    text => isOrigin(text.replace('*', 'a')),
    'must be exact origins such as https://www.example.org, separated by commas: http:// or https://, a host, and nothing behind it but a port',
  );

const PUBLIC_ONLY = 'must hold public keys only';
const KEY_SET = 'must be a key set with at least one key: {"keys":[…]}';
// RFC 7518 and RFC 8037: the parts that make a public key of each kind.
const keyOf = <K extends string>(kty: K, ...parts: string[]) => {
  const rule = `${kty} keys need ${parts.join(', ')}`;
  const shape = Object.fromEntries(parts.map(part => [part, z.string(rule).min(1, rule)]));
  return z.looseObject({...shape, kty: z.literal(kty), d: z.undefined(PUBLIC_ONLY).optional()});
};
const publicKey = z.discriminatedUnion(
  'kty',
  [keyOf('RSA', 'n', 'e'), keyOf('EC', 'crv', 'x', 'y'), keyOf('OKP', 'crv', 'x')],
  PUBLIC_ONLY,
);

/** A JSON Web Key Set (RFC 7517) of public keys, as JSON. */
export const keySet = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({code: 'custom', message: 'must be JSON'});
      return z.NEVER;
    }
  })
  .pipe(z.looseObject({keys: z.array(publicKey, KEY_SET).min(1, KEY_SET)}, KEY_SET));

const SHA256 = /^[0-9a-f]{64}$/i;

/**
 * Texts of consent by their versions, each with its SHA-256 in hexadecimal: `2026-11=9f86d0…`, separated by commas. `*` among
 * them lets every other version come with a hash of its own.
 */
export const consentTexts = list(
  z.string().refine(entry => {
    const [version = '', sha256 = '', ...rest] = entry.split('=');
    return entry === '*' || (/^[\w.:-]{1,64}$/.test(version) && SHA256.test(sha256) && rest.length === 0);
  }, 'must be versions with the SHA-256 of their text, such as 2026-11=9f86…, separated by commas; * is every other version'),
)
  .transform(entries => {
    const texts = entries.filter(entry => entry !== '*').map(entry => entry.split('='));
    return {
      versions: texts.map(([version = '', sha256 = '']) => [version, sha256.toLowerCase()] as const),
      takesOthers: entries.includes('*'),
    };
  })
  .refine(
    ({versions}) => new Set(versions.map(([version]) => version)).size === versions.length,
    'must name each version once',
  )
  .transform(({versions, takesOthers}) => ({sha256: new Map(versions), takesOthers}));

const SECRET_BYTES = 32;
/** Most keys that sign or are accepted at a time: each of a rotation, and the one before. */
const MAX_SECRETS = 2;

/** One or two secrets of at least 32 bytes in base64 or base64url, separated by commas. */
export const secretKeys = list(
  z
    .string()
    .refine(
      text => /^[\w+/-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length >= SECRET_BYTES,
      `must be at least ${SECRET_BYTES} random bytes in base64, such as from: openssl rand -base64 ${SECRET_BYTES}`,
    ),
)
  .refine(keys => keys.length <= MAX_SECRETS, `must be at most ${MAX_SECRETS} keys, separated by a comma`)
  .transform(keys => keys.map(key => Buffer.from(key, 'base64')));

/** One of these words. */
export const oneOf = <const T extends readonly string[]>(words: T) =>
  z.enum(words, `must be one of ${words.join(', ')}`);

/** Refuses each of these ports of a process that is the same as one before it; 0 never is. */
export function withDistinctPorts<T extends z.ZodObject>(schema: T, ...names: string[]): T {
  return names.slice(1).reduce((refined, name, index) => {
    const others = names.slice(0, index + 1);
    const isTaken = (env: Record<string, unknown>) =>
      Boolean(env[name]) && others.some(other => env[other] === env[name]);
    return refined.refine(env => !isTaken(env), {
      path: [name],
      error: `must be another port than ${others.join(', ')}`,
      when: () => true, // whatever else is wrong, so that one start lists every fault
    });
  }, schema);
}

// As browsers send the origin of a page; any other text would match none.
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

// A wildcard for a whole top-level domain, or for the only label, would allow strangers.
function isFamilyOfOrigins(text: string): boolean {
  return /^https?:\/\/\*(\.[^.*]+){2,}$/.test(text) && isOrigin(text.replace('*', 'a'));
}

// libpq takes several hosts, separated by commas; pg does not.
function hasSeveralHosts(text: string): boolean {
  const authority = text.split('//')[1]?.split(/[/?#]/)[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).includes(',');
}
