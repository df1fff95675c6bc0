// JSON that is already encoded as text: an answer contains it unchanged.
import {hash} from 'node:crypto';

/**
 * The text of one JSON value. The first answer writes the string, which needs no Buffer: thousands of those a second
 * keep V8's collector busy. Later answers share one Buffer.
 */
export class JsonText {
  private isWritten = false;
  private bytes: Buffer | undefined;
  private sha256: string | undefined;

  /** `identity` is shorter than the text, and differs when the text does. */
  constructor(
    private readonly text: string,
    private readonly identity = text,
  ) {}

  /** What to write: the text itself the first time, its bytes after that. */
  toBody(): string | Buffer {
    if (this.isWritten) return (this.bytes ??= Buffer.from(this.text));
    this.isWritten = true;
    return this.text;
  }

  /** 22 characters of base64url: the first 128 bits of the SHA-256 of what identifies the text. */
  get digest(): string {
    this.sha256 ??= hash('sha256', this.identity, 'base64url').slice(0, 22);
    return this.sha256;
  }
}
