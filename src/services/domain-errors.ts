// Refusals of the domain's rules, without status, header or JSON pointer. The table in rest/problems/problem-details.ts
// maps each of them to HTTP. A message is a sentence for the caller and repeats nothing that was sent.
import type {InputErrorCode} from '../contract/problem';

/** A refusal that the caller can act on. Every other error is a dependency's (platform/errors.ts) or a defect. */
export abstract class DomainError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The row does not exist, or the claims do not open it. */
export class NotFound extends DomainError {}

/** The claims do not allow this, whatever the scope says. */
export class NotAllowed extends DomainError {}

/** The row has changed since the caller read it. */
export class Stale extends DomainError {}

/** The feed cannot continue from this cursor: it is too old, or of another database. */
export class ExpiredCursor extends DomainError {}

/** The cursor of the feed was made for other topics. */
export class ForeignCursor extends DomainError {}

/** One field of the submission or patch, and why its value is refused. */
export interface RefusedField {
  field: string;
  code: InputErrorCode;
  /** Continues a sentence that begins with the field. */
  detail: string;
}

/** The value of a field can never be accepted. */
export class InvalidField extends DomainError {
  constructor(readonly refused: RefusedField) {
    super('One field is not valid.');
  }
}

/** The value of a field does not follow from the row's present state. */
export class Conflict extends DomainError {
  constructor(
    message: string,
    readonly refused: RefusedField,
  ) {
    super(message);
  }
}

/** This process has reached its limit for such work; the same call may succeed later. */
export class Unavailable extends DomainError {
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
