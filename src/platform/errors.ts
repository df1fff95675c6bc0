// Errors of dependencies. The caller's errors are ProblemErrors of the contract; every other error is ours.

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
