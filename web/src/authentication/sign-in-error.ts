// Why nobody is signed in, as far as a person can do something about it.

/**
 * - `denied`: the issuer did not let them in.
 * - `stale`: the answer belongs to no sign-in of this browser: it took too long, or was begun elsewhere.
 * - `unreachable`: the issuer gave no answer, or none for the moment.
 * - `rejected`: the issuer refused what the back office asked for; its registration there is wrong.
 * - `blocked`: the browser blocks this page's site data, so that nothing outlives the way to the issuer and back.
 */
export type SignInFailure = 'denied' | 'stale' | 'unreachable' | 'rejected' | 'blocked';

export class SignInError extends Error {
  override readonly name = 'SignInError';

  constructor(
    readonly failure: SignInFailure,
    options?: ErrorOptions,
  ) {
    super(`signing in failed: ${failure}`, options);
  }
}
