// react-admin's view of the session. Who may do what is the service's decision: a 403 is shown where it happens.
import type {AuthProvider} from 'react-admin';
import type {Session} from './session';

/**
 * `session.start()` has run before react-admin is shown, so that there is nothing to check at first. `onRefused` hears of
 * a token that the service refuses and that cannot be renewed. Nobody is sent to sign in unasked: what they type would
 * be lost, and a service that refuses every token would send them round and round.
 */
export function createAuthProvider(session: Session, onRefused: () => void): AuthProvider {
  return {
    login: () => session.signIn(),
    logout: async () => {
      await session.signOut?.();
    },
    checkAuth: () => Promise.resolve(),
    checkError: async (error: {status?: number}) => {
      if (error.status === 401 && !(await session.renew())) onRefused();
    },
    getIdentity: () => Promise.resolve({id: 'me', fullName: session.userName()}),
    getPermissions: () => Promise.resolve(undefined),
  };
}
