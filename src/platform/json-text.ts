// JSON that is text already, made by PostgreSQL: whoever writes an answer writes it as it is.

/** The text of one JSON value. Several answers may share it. */
export class JsonText {
  constructor(readonly text: string) {}
}
