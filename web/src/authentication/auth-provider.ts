// react-admin's view of the session. Who may do what is the service's decision: a 403 is shown where it happens.
import type {AuthProvider} from 'react-admin';
import type {Session} from './session';

/** `session.start()` has run before react-admin is shown, so that there is nothing to check at first. */
export function createAuthProvider(session: Session): AuthProvider {
  return {
    login: () => session.signIn(),
    logout: async () => {
      await session.signOut?.();
    },
    checkAuth: () => Promise.resolve(),
    checkError: async (error: {status?: number}) => {
      if (error.status !== 401) return;
      if (!(await session.renew())) await session.signIn();
    },
    getIdentity: () => Promise.resolve({id: 'me', fullName: session.userName()}),
    getPermissions: () => Promise.resolve(undefined),
  };
}
