// JSON that is text already, made by PostgreSQL: whoever writes an answer writes it as it is.
import {createHash} from 'node:crypto';

/** The text of one JSON value, encoded once. Several answers may share it. */
export class JsonText {
  readonly bytes: Buffer;
  private hash: string | undefined;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  /** 22 characters of base64url: the first 128 bits of the SHA-256 of the bytes. */
  get digest(): string {
    this.hash ??= createHash('sha256').update(this.bytes).digest('base64url').slice(0, 22);
    return this.hash;
  }
}
