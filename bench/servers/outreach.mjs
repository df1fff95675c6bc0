// Us: the production processes from dist/, configured by the environment as operations would.
import path from 'node:path';
import {exportJWK, generateKeyPair, SignJWT} from 'jose';
import {startServer} from './process.mjs';

const BIN = path.resolve(import.meta.dirname, '../../dist/bin');
// What is counted is counted here too; nobody is above it, since all of the load comes from one address.
const UNREACHED_LIMITS = Object.fromEntries(
  ['PER_CLIENT', 'FLOOD_PER_CLIENT', 'PER_EMAIL', 'PER_MINUTE'].map(name => [`RATE_LIMIT_${name}`, '1000000000']),
);
const ISSUER = 'https://issuer.bench/';
const AUDIENCE = 'outreach-bench';

/** A key of this run, the environment that makes a server trust it, a token that it signed, and `sign` for more. */
export async function createIssuer() {
  const {publicKey, privateKey} = await generateKeyPair('RS256', {extractable: true});
  const jwks = {keys: [{...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig'}]};
  const scope = 'inquiries:read inquiries:observe inquiries:export';
  const sign = subject =>
    new SignJWT({scope})
      .setProtectedHeader({alg: 'RS256', kid: 'bench', typ: 'at+jwt'})
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('4h')
      .sign(privateKey);
  const env = {AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS: JSON.stringify(jwks)};
  return {env, sign, token: await sign('bench')};
}

/**
 * The REST process; without `redisUrl` it publishes no events. `internalUrl` is its port of metrics and probes;
 * `notified()` counts what became of the events.
 */
export async function startRest({name = 'outreach', databaseUrl, redisUrl, issuer}) {
  const env = {PORT: '0', METRICS_PORT: '0', DATABASE_URL: databaseUrl, ...UNREACHED_LIMITS, ...issuer.env};
  const server = await startServer({
    name,
    program: path.join(BIN, 'rest.js'),
    env: {...env, ...(redisUrl !== undefined && {REDIS_URL: redisUrl})},
  });
  const port = /"port":(\d+)[^\n]*"metrics.listening"/.exec(server.output())?.[1];
  const internalUrl = `http://127.0.0.1:${port}`;
  return {...server, internalUrl, notified: () => readNotified(internalUrl)};
}

// How many notifications had each result so far.
async function readNotified(internalUrl) {
  const text = await (await fetch(`${internalUrl}/metrics`)).text();
  const totals = text.matchAll(/^outreach_notify_total\{result="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...totals].map(([, result, count]) => [result, Number(count)]));
}

/** The gateway process; `measured` is false where it is only there so that events have somebody to go to. */
export function startGateway({redisUrl, issuer, measured}) {
  const env = {PORT: '0', METRICS_PORT: '0', REDIS_URL: redisUrl, ...issuer.env};
  return startServer({name: 'outreach', program: path.join(BIN, 'gateway.js'), env, measured});
}
