// JSON that is text already, made by PostgreSQL: whoever writes an answer writes it as it is.
import {createHash} from 'node:crypto';

/** The text of one JSON value. Several answers may share it. */
export class JsonText {
  private hash: string | undefined;

  constructor(readonly text: string) {}

  /** 22 characters of base64url: the first 128 bits of the SHA-256 of the text as UTF-8. */
  get digest(): string {
    this.hash ??= createHash('sha256').update(this.text).digest('base64url').slice(0, 22);
    return this.hash;
  }
}
