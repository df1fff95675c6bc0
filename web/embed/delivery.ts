// Brings a body to the service, through lost answers, full queues and no network at all. The idempotency key makes each
// repeat harmless: the service stores the same body with the same key once.
import type {InputError} from './fields';

const TIMEOUT_MS = 15_000;
const MOST_RETRIES = 4;
const FIRST_RETRY_MS = 1000;
/** The longest Retry-After that is waited for; after a longer one the visitor decides. */
const MOST_WAIT_MS = 60_000;
const BUSY = [429, 502, 503, 504];

/** What the service answers to what it has stored: of an inquiry its id and time, of a subscription nothing. */
export interface Receipt {
  id?: string;
  receivedAt?: string;
}

/** What the service answers to what it refuses (RFC 9457). */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  /** For the log. */
  instance?: string;
  errors?: InputError[];
}

/** What became of a body; `answer` is the JSON of the last answer, if there was one. */
export interface Outcome {
  /** `accepted`: stored. `refused`: sending the same again is of no use. `unavailable`: later it may be of use. */
  kind: 'accepted' | 'refused' | 'unavailable';
  answer?: (Receipt & Problem) | null;
}

/** Why a body that is not yet delivered waits. */
export type Waiting = 'offline' | 'retrying';

export interface DeliveryOptions {
  url: string;
  /** JSON. */
  body: string;
  key: string;
  onWaiting: (why: Waiting) => void;
}

/**
 * Posts the body. After a lost answer, 429, 502, 503 and 504 it tries up to four times more, with growing pauses and never
 * before Retry-After; while the browser is offline it waits for as long as that takes. Never throws.
 */
export async function deliver({url, body, key, onWaiting}: DeliveryOptions): Promise<Outcome> {
  const headers = {'Content-Type': 'application/json', 'Idempotency-Key': key};
  let answer: Outcome['answer'];
  for (let retries = 0; ;) {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined); // offline, refused or too slow: fetch does not say which
    // The status alone decides, so that an unreadable body makes no failure of what is stored.
    if (response) answer = (await response.json().catch(() => undefined)) as Outcome['answer'];
    if (response?.ok) return {kind: 'accepted', answer};
    if (response && !BUSY.includes(response.status)) return {kind: 'refused', answer};
    if (!response && !navigator.onLine) {
      onWaiting('offline');
      await new Promise(resolve => addEventListener('online', resolve, {once: true}));
      continue;
    }
    const after = 1000 * Number(response?.headers.get('Retry-After') ?? 0);
    if (retries === MOST_RETRIES || after > MOST_WAIT_MS) return {kind: 'unavailable', answer};
    onWaiting('retrying');
    const pause = FIRST_RETRY_MS * 2 ** retries * (0.5 + Math.random() / 2); // visitors come back one after another
    await new Promise(resolve => setTimeout(resolve, Math.max(pause, after)));
    retries += 1;
  }
}
