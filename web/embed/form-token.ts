// The form token, with its proof of work: asked for and solved when a visitor begins, sent along once. Where the service has
// none, or does not answer in time, the form is sent without, which is no less welcome.
import {type Challenge, prove} from './proof-of-work';

const TIMEOUT_MS = 3000;
/** Before the proof expires; a visitor who takes longer gets another one. */
const MOST_AGE_MS = 50 * 60 * 1000;
/** So long after the click is a proof waited for. */
const MOST_WAIT_MS = 5000;

/** The fields of a body that it fills in. */
export interface TokenFields {
  _token?: string;
  altcha?: string;
}

interface Issued {
  token: string;
  /** When it is old enough to be sent: a password manager fills a form in faster than that. */
  readyAt: number;
  proof: Promise<string | undefined>;
}

export class FormToken {
  private asked?: {at: number; issued: Promise<Issued | undefined>};

  /** `url` is where tokens are, `workerUrl` where embed.js is, for its worker. */
  constructor(
    private readonly url: string,
    private readonly workerUrl?: string,
  ) {}

  /** Asks for a token, unless a fresh one is there or on its way, and begins to solve its challenge. */
  prepare(): void {
    if (this.asked && Date.now() - this.asked.at < MOST_AGE_MS) return;
    this.asked = {at: Date.now(), issued: this.ask().catch(() => undefined)};
  }

  /** What is to be sent of it, once it may be sent. */
  async take(): Promise<TokenFields> {
    this.prepare();
    const issued = await this.asked?.issued;
    if (!issued) {
      this.forget(); // the next click asks again
      return {};
    }
    const [altcha] = await Promise.all([
      Promise.race([issued.proof, sleep(MOST_WAIT_MS)]),
      sleep(issued.readyAt - Date.now()),
    ]);
    return {_token: issued.token, ...(altcha && {altcha})};
  }

  /** After a success: the next submission has another. */
  forget(): void {
    this.asked = undefined;
  }

  private async ask(): Promise<Issued | undefined> {
    const response = await fetch(this.url, {credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT_MS)});
    if (!response.ok) return undefined;
    const {token, minAgeSeconds, challenge} = (await response.json()) as {
      token: string;
      minAgeSeconds: number;
      challenge?: Challenge; // none by PROOF_OF_WORK=off
    };
    const proof = challenge ? prove(challenge, this.workerUrl) : Promise.resolve(undefined);
    return {token, readyAt: Date.now() + minAgeSeconds * 1000, proof};
  }
}

function sleep(ms: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), ms));
}
