// What each error of an issuer means to a person; the ones that a real provider gives are in
// test/e2e/back-office-sign-in.test.ts.
import {ErrorResponse, ErrorTimeout} from 'oidc-client-ts';
import {isRefusal, toSignInError} from '../../../web/src/authentication/oidc-failure';

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

test.each([
  [new ErrorResponse({error: 'invalid_grant'}), true],
  [new ErrorResponse({error: 'invalid_client'}), true],
  [new ErrorResponse({error: 'temporarily_unavailable'}), false],
  [new ErrorTimeout('Network timed out'), false],
  [new TypeError('Failed to fetch'), false],
  [new Error('Invalid response Content-Type: text/html'), false], // a page of the network's, such as a hotel's
] as const)('%s: is the refresh token of no use any more? %s', (error, expected) => {
  expect(isRefusal(error)).toBe(expected);
});
