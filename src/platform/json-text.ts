// JSON that is text already, made by PostgreSQL: whoever writes an answer writes it as it is.
import {hash} from 'node:crypto';

/** The text of one JSON value, encoded once. Several answers may share it. */
export class JsonText {
  readonly bytes: Buffer;
  private sha256: string | undefined;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  /** 22 characters of base64url: the first 128 bits of the SHA-256 of the bytes. */
  get digest(): string {
    this.sha256 ??= hash('sha256', this.bytes, 'base64url').slice(0, 22);
    return this.sha256;
  }
}
