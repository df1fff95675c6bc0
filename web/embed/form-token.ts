// The form token: asked for when a visitor begins, sent along once. Where the service has none, or does not answer in
// time, the form is sent without one, which is no less welcome.

const TIMEOUT_MS = 3000;
const MOST_AGE_MS = 12 * 60 * 60 * 1000; // long before it expires

interface Issued {
  token: string;
  /** When it is old enough to be sent: a password manager fills a form in faster than that. */
  readyAt: number;
}

export class FormToken {
  private asked?: {at: number; issued: Promise<Issued | undefined>};

  /** `url` is where tokens are. */
  constructor(private readonly url: string) {}

  /** Asks for a token, unless a fresh one is there or on its way. */
  prepare(): void {
    if (this.asked && Date.now() - this.asked.at < MOST_AGE_MS) return;
    this.asked = {at: Date.now(), issued: this.ask().catch(() => undefined)};
  }

  /** The token, once it may be sent; undefined where there is none. */
  async take(): Promise<string | undefined> {
    this.prepare();
    const issued = await this.asked?.issued;
    if (!issued) {
      this.forget(); // the next click asks again
      return undefined;
    }
    await new Promise(resolve => setTimeout(resolve, issued.readyAt - Date.now()));
    return issued.token;
  }

  /** After a success: the next submission has another. */
  forget(): void {
    this.asked = undefined;
  }

  private async ask(): Promise<Issued | undefined> {
    const response = await fetch(this.url, {credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT_MS)});
    if (!response.ok) return undefined;
    const {token, minAgeSeconds} = (await response.json()) as {token: string; minAgeSeconds: number};
    return {token, readyAt: Date.now() + minAgeSeconds * 1000};
  }
}
