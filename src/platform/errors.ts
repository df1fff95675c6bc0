// Errors of dependencies. The caller's errors are those of services/domain-errors.ts and the
// ProblemErrors of rest/; every other error is ours.

/** Is it an error? `instanceof` alone says no to Node's own errors when the code runs in another realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** A dependency does not answer for now; answered as 503 with Retry-After. Trying again later may help. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';

  constructor(
    readonly dependency: string,
    options: {cause: unknown},
  ) {
    super(`${dependency} is not available`, options);
  }
}
