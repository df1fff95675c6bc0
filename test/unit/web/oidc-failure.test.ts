// What each error of an issuer means to a person; the ones that a real provider gives are in
// test/e2e/back-office-sign-in.test.ts.
import {ErrorResponse, ErrorTimeout} from 'oidc-client-ts';
import {toSignInError} from '../../../web/src/authentication/oidc-failure';

test.each([
  [new ErrorResponse({error: 'access_denied'}), 'denied'],
  [new ErrorResponse({error: 'consent_required'}), 'denied'],
  [new ErrorResponse({error: 'invalid_grant'}), 'stale'],
  [new ErrorResponse({error: 'temporarily_unavailable'}), 'unreachable'],
  [new ErrorResponse({error: 'server_error'}), 'unreachable'],
  [new ErrorResponse({error: 'invalid_client'}), 'rejected'],
  [new ErrorResponse({error: 'toString'}), 'rejected'],
  [new ErrorTimeout('Network timed out'), 'unreachable'],
  [new TypeError('Failed to fetch'), 'unreachable'],
  [new Error('Bad Gateway (502): {}'), 'unreachable'],
  [new Error('No matching state found in storage'), 'stale'],
  [new Error('anything else'), 'rejected'],
  ['no error at all', 'rejected'],
] as const)('%s', (error, failure) => {
  expect(toSignInError(error)).toMatchObject({failure, cause: error});
});
