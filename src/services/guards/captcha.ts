// Asks the captcha provider about a visitor's response. Never throws, never takes longer than its deadline, and holds up nobody
// else: so many checks at a time, and while the provider hangs one. What is not answered is `unavailable`.
import {createHash} from 'node:crypto';
import {isIPv4} from 'node:net';
import {CAPTCHA_FIELDS, type CaptchaProviderName} from '../../contract/captcha';
import type {RateLimitedLog} from '../../platform/rate-limited-log';
import {CAPTCHAS, type CaptchaAnswer, type CaptchaOutcome} from './captcha-providers';

/** The longest that a provider is waited for, from the question to the end of its answer. */
const DEADLINE_MS = 2000;
/** Answers have some hundred bytes. */
const MAX_ANSWER_BYTES = 16 * 1024;
/** Checks at a time, and of one client; further ones are an outage. */
const MOST_CHECKS = 64;
const MOST_OF_CLIENT = 16;
/** A response is good for one check and for five minutes at most: so long a retry of what passed is not asked about again. */
const REMEMBERED_MS = 5 * 60 * 1000;
const MOST_REMEMBERED = 2000;

export interface CaptchaOptions {
  provider: CaptchaProviderName;
  secret: string;
  siteKey?: string;
  /** Instead of the provider's own. */
  url?: string;
  /** Is the visitor's address sent? */
  sendsAddress?: boolean;
  log: RateLimitedLog;
}

/** A response, and what it came with. */
export interface CaptchaCheck {
  response: string;
  /** Who has sent it. */
  client: string;
  /** Of the submission and its key: a repeat has the same. */
  digest?: Buffer;
}

type Reason = 'timeout' | 'connection' | 'answer' | 'busy' | 'hanging' | 'secret' | 'site_key';

export class Captcha {
  /** The field of a body that holds the response. */
  readonly field: string;
  private readonly checksOf = new Map<string, number>();
  private checks = 0;
  private isHanging = false;
  private readonly passed = new Map<string, {until: number; outcome: Promise<CaptchaOutcome>}>();

  constructor(private readonly options: CaptchaOptions) {
    this.field = CAPTCHA_FIELDS[options.provider];
  }

  /** What the provider says of the response. A repeat of a submission that passed has passed, or is asked about once with it. */
  check(check: CaptchaCheck): Promise<CaptchaOutcome> {
    const {digest, response} = check;
    if (!digest) return this.ask(check);
    const key = createHash('sha256').update(digest).update(response).digest('base64');
    const known = this.passed.get(key);
    if (known && known.until > performance.now()) return known.outcome;
    const outcome = this.ask(check).then(said => {
      if (said !== 'passed') this.passed.delete(key);
      return said;
    });
    this.passed.delete(key); // behind the others
    this.passed.set(key, {until: performance.now() + REMEMBERED_MS, outcome});
    const [oldest] = this.passed.keys();
    if (this.passed.size > MOST_REMEMBERED && oldest !== undefined) this.passed.delete(oldest);
    return outcome;
  }

  private async ask({response, client}: CaptchaCheck): Promise<CaptchaOutcome> {
    const ofClient = this.checksOf.get(client) ?? 0;
    if (this.isHanging && this.checks > 0) return this.fail('hanging');
    if (this.checks >= MOST_CHECKS || ofClient >= MOST_OF_CLIENT) return this.fail('busy');
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    this.checks += 1;
    this.checksOf.set(client, ofClient + 1);
    try {
      const outcome = await this.send(response, {client, signal: deadline});
      this.isHanging = false;
      if (outcome === 'unavailable') return this.fail('answer');
      return outcome === 'secret' || outcome === 'site_key' ? this.fail(outcome) : outcome;
    } catch (error) {
      this.isHanging = deadline.aborted;
      return this.fail(this.isHanging ? 'timeout' : error instanceof UnreadableAnswer ? 'answer' : 'connection');
    } finally {
      this.checks -= 1;
      const left = (this.checksOf.get(client) ?? 1) - 1;
      if (left === 0) this.checksOf.delete(client);
      else this.checksOf.set(client, left);
    }
  }

  private async send(
    response: string,
    {client, signal}: {client: string; signal: AbortSignal},
  ): Promise<CaptchaOutcome> {
    const {provider, secret, siteKey, url, sendsAddress = false} = this.options;
    const captcha = CAPTCHAS[provider];
    // Of an IPv6 client its network alone is known.
    const address = sendsAddress && isIPv4(client) ? client : undefined;
    const answer = await fetch(url ?? captcha.url, {
      ...captcha.requestOf({secret, siteKey, response, address}),
      method: 'POST',
      redirect: 'error', // the secret goes nowhere else
      signal,
    });
    const text = await readText(answer);
    return answer.status >= 500 ? 'unavailable' : captcha.read(parse(text));
  }

  private fail(reason: Reason): CaptchaOutcome {
    if (reason === 'secret' || reason === 'site_key') {
      const variable = reason === 'secret' ? 'CAPTCHA_SECRET' : 'CAPTCHA_SITE_KEY';
      this.options.log.write('error', 'captcha.misconfigured', {variable, reason});
    } else {
      this.options.log.write('warn', 'captcha.unavailable', {reason});
    }
    return 'unavailable';
  }
}

/** It is too long, or no JSON object. */
class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

// No further than the limit: what is left of the answer is not read.
async function readText({body}: Response): Promise<string> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  for (let bytes = 0; ;) {
    const read: {value?: Uint8Array} = await reader.read();
    const {value} = read;
    if (!value) return Buffer.concat(chunks).toString();
    chunks.push(value);
    bytes += value.length;
    if (bytes <= MAX_ANSWER_BYTES) continue;
    await reader.cancel();
    throw new UnreadableAnswer('it is too long');
  }
}

function parse(text: string): CaptchaAnswer {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // no JSON
  }
  throw new UnreadableAnswer('it is no JSON object');
}
