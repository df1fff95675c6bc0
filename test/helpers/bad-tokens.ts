// The one table of tokens that nobody may get in with; REST and the socket are both tested against all of it.
import {
  base64url,
  CompactSign,
  type CompactJWSHeaderParameters,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
} from 'jose';
import {ALL_SCOPES} from '../../src/access/policy';
import {AUDIENCE, givenTokenIssuer, ISSUER, type TokenIssuer} from './tokens';

/** A part of every payload below: no answer and no log line may hold it. */
export const SECRET_SUBJECT = 'subject-that-must-not-be-echoed';

type Payload = Record<string, unknown>;

/** An identity provider with a key that signs whatever it is given. */
export interface ForgingIssuer extends TokenIssuer {
  publicJwk: JWK;
  /** The SPKI form of the public key, as an attacker can read it. */
  publicPem: string;
  signPayload(payload: Payload, header?: Partial<CompactJWSHeaderParameters>): Promise<string>;
}

export interface BadToken {
  title: string;
  /** What REST answers, as a kind of problem, and the socket, as the message of `connect_error`. */
  refusal: 'unauthorized' | 'forbidden';
  /** Undefined: no token is sent. */
  make: (issuer: ForgingIssuer) => Promise<string> | string | undefined;
}

export async function givenForgingIssuer(kid = 'forging'): Promise<ForgingIssuer> {
  const [issuer, {publicKey, privateKey}] = await Promise.all([
    givenTokenIssuer(),
    generateKeyPair('RS256', {extractable: true}),
  ]);
  const publicJwk: JWK = {...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig'};
  return {
    ...issuer,
    jwks: {keys: [...issuer.jwks.keys, publicJwk]},
    publicJwk,
    publicPem: await exportSPKI(publicKey),
    signPayload: (payload, header = {}) =>
      new CompactSign(encode(payload))
        .setProtectedHeader({alg: 'RS256', kid, typ: 'at+jwt', ...header})
        .sign(privateKey),
  };
}

/** The claims of a good token with every scope, but for what `changes` says; undefined leaves a claim out. */
export function givenPayload(changes: Payload = {}): Payload {
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: SECRET_SUBJECT,
    scope: ALL_SCOPES.join(' '),
    exp: secondsFromNow(3600),
    ...changes,
  };
}

export const BAD_TOKENS: readonly BadToken[] = [
  {title: 'no token', refusal: 'unauthorized', make: () => undefined},
  {title: 'text that is no JWT', refusal: 'unauthorized', make: () => SECRET_SUBJECT},
  {title: 'a wrong signature', refusal: 'unauthorized', make: signedByAnother},
  {title: 'a payload changed after signing', refusal: 'unauthorized', make: changedAfterSigning},
  {title: 'alg none', refusal: 'unauthorized', make: () => unsigned('none')},
  {title: 'alg None, in other letters', refusal: 'unauthorized', make: () => unsigned('NONE')},
  {title: 'HS256 signed with the public key', refusal: 'unauthorized', make: signedWithThePublicKey},
  {title: 'its own key in the header', refusal: 'unauthorized', make: bringingItsKey},
  {
    title: 'an unknown key id',
    refusal: 'unauthorized',
    make: issuer => issuer.signPayload(givenPayload(), {kid: 'no'}),
  },
  wrongClaims('the wrong issuer', {iss: 'https://evil.test/'}),
  wrongClaims('the wrong audience', {aud: 'another-service'}),
  wrongClaims('an expiry in the past', {exp: secondsFromNow(-60)}),
  wrongClaims('a start in the future', {nbf: secondsFromNow(600)}),
  wrongClaims('no issuer', {iss: undefined}),
  wrongClaims('no audience', {aud: undefined}),
  wrongClaims('no expiry', {exp: undefined}),
  wrongClaims('an expiry that is no number', {exp: '9999999999'}),
  wrongClaims('no subject', {sub: undefined}),
  wrongClaims('a subject that is no text', {sub: 7}),
  wrongClaims('a scope that is no text', {scope: ALL_SCOPES}),
  wrongClaims('topics that are no array', {topics: 'sales'}),
  wrongClaims('topics that are null', {topics: null}),
  wrongClaims('a topic that is no text', {topics: ['sales', 7]}),
  wrongClaims('more than 8 KB', {padding: 'x'.repeat(6200)}),
  {
    title: 'an ID token for the same audience',
    refusal: 'unauthorized',
    make: issuer => issuer.signPayload(givenPayload({at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng'}), {typ: 'JWT'}),
  },
  {
    title: 'a logout token',
    refusal: 'unauthorized',
    make: issuer => issuer.signPayload(givenPayload(), {typ: 'logout+jwt'}),
  },
  wrongClaims('no scope', {scope: undefined}, 'forbidden'),
  wrongClaims('another scope', {scope: 'orders:read'}, 'forbidden'),
  wrongClaims('scopes that only begin like the needed one', {scope: lookalikes()}, 'forbidden'),
];

function wrongClaims(title: string, changes: Payload, refusal: BadToken['refusal'] = 'unauthorized'): BadToken {
  return {title, refusal, make: issuer => issuer.signPayload(givenPayload(changes))};
}

async function signedByAnother({publicJwk}: ForgingIssuer): Promise<string> {
  const another = await givenForgingIssuer();
  return another.signPayload(givenPayload(), {kid: publicJwk.kid});
}

async function changedAfterSigning(issuer: ForgingIssuer): Promise<string> {
  const [header, , signature] = (await issuer.signPayload(givenPayload({scope: ''}))).split('.');
  return [header, base64url.encode(encode(givenPayload())), signature].join('.');
}

function unsigned(alg: string): string {
  return `${base64url.encode(encode({alg, kid: 'forging'}))}.${base64url.encode(encode(givenPayload()))}.`;
}

function signedWithThePublicKey({publicPem}: ForgingIssuer): Promise<string> {
  return new CompactSign(encode(givenPayload()))
    .setProtectedHeader({alg: 'HS256', kid: 'forging'})
    .sign(new TextEncoder().encode(publicPem));
}

async function bringingItsKey(): Promise<string> {
  const attacker = await givenForgingIssuer();
  return attacker.signPayload(givenPayload(), {kid: undefined, jwk: attacker.publicJwk});
}

function lookalikes(): string {
  return ALL_SCOPES.flatMap(scope => [`${scope}s`, `${scope}:own`, scope.toUpperCase(), scope.slice(0, -1)]).join(' ');
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
