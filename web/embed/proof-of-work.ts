// Solves the challenges of form tokens (ALTCHA, version 2) by WebCrypto, in a worker where there is one. The browser computes
// beside the page either way, and between two tries the page does what it has to.

/** As `GET /form-token` has it, as far as it is read. */
export interface Challenge {
  parameters: {cost: number; keyLength: number; keyPrefix: string; nonce: string; salt: string};
}

/** After this nobody waits for it any more. */
const MOST_MS = 30_000;
const AT_ONCE = 8; // several cores

/**
 * The proof for the field `altcha`; undefined where the browser finds none, as on plain http, which has no WebCrypto. Never
 * rejects. `workerUrl` is where embed.js is.
 */
export async function prove(challenge: Challenge, workerUrl?: string): Promise<string | undefined> {
  const solution = await solveInWorker(challenge, workerUrl)
    .catch(() => solve(challenge))
    .catch(() => undefined);
  return solution && btoa(JSON.stringify({challenge, solution}));
}

/** What embed.js does as a worker. */
export function serveAsWorker(): void {
  onmessage = ({data}: MessageEvent<Challenge>) => {
    const answer = (solution?: Solution) => postMessage(solution);
    void solve(data).then(answer, () => answer());
  };
}

interface Solution {
  counter: number;
  derivedKey: string;
}

// Rejects where there can be no worker: without the script's URL, of another origin, or by the page's policy.
async function solveInWorker(challenge: Challenge, url?: string): Promise<Solution | undefined> {
  if (!url) throw new Error('There is no script for a worker.');
  const worker = new Worker(url);
  return new Promise<Solution | undefined>((resolve, reject) => {
    worker.onerror = reject;
    worker.onmessage = ({data}: MessageEvent<Solution | undefined>) => resolve(data);
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}

async function solve({parameters}: Challenge): Promise<Solution | undefined> {
  const {cost, keyLength, keyPrefix, nonce, salt} = parameters;
  const kdf = {name: 'PBKDF2', hash: 'SHA-256', iterations: cost, salt: bytesOf(salt)};
  const derive = async (counter: number) => {
    const password = bytesOf(nonce + counter.toString(16).padStart(8, '0'));
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    return hexOf(await crypto.subtle.deriveBits(kdf, key, 8 * keyLength));
  };
  const until = performance.now() + MOST_MS;
  for (let first = 0; performance.now() < until; first += AT_ONCE) {
    const keys = await Promise.all(Array.from({length: AT_ONCE}, (_, index) => derive(first + index)));
    const index = keys.findIndex(key => key.startsWith(keyPrefix));
    const derivedKey = keys[index];
    if (derivedKey) return {counter: first + index, derivedKey};
  }
  return undefined;
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], byte => parseInt(byte, 16));
}

function hexOf(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('');
}
