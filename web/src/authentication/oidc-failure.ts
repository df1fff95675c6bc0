// Sorts the errors of OpenID Connect (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6) into what a person can do
// about them.
import {ErrorResponse, ErrorTimeout} from 'oidc-client-ts';
import {SignInError, type SignInFailure} from './sign-in-error';

const BY_CODE = new Map<string, SignInFailure>([
  ['access_denied', 'denied'],
  ['login_required', 'denied'],
  ['consent_required', 'denied'],
  ['interaction_required', 'denied'],
  ['account_selection_required', 'denied'],
  ['invalid_grant', 'stale'],
  ['temporarily_unavailable', 'unreachable'],
  ['server_error', 'unreachable'],
]);

/** The error as a SignInError, with itself as the cause. */
export function toSignInError(error: unknown): SignInError {
  return new SignInError(failureOf(error), {cause: error});
}

/** The issuer itself has said no, and will say so again: not a network that is away, nor an issuer that is busy. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ErrorResponse && failureOf(error) !== 'unreachable';
}

function failureOf(error: unknown): SignInFailure {
  if (error instanceof ErrorResponse) return BY_CODE.get(error.error ?? '') ?? 'rejected';
  if (error instanceof ErrorTimeout || error instanceof TypeError) return 'unreachable'; // fetch: no answer at all
  const message = error instanceof Error ? error.message : '';
  if (/\bstate\b/i.test(message)) return 'stale'; // the library has no class for it
  return /\(5\d\d\)/.test(message) ? 'unreachable' : 'rejected'; // nor for an answer without a body of OAuth's
}
