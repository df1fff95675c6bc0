// react-admin's view of the session. Who may do what is the service's decision: a 403 is shown where it happens.
import type {AuthProvider} from 'react-admin';
import type {Session} from './session';

/** A page that was opened so long ago has had a token that was good. */
const SETTLED_MS = 60_000;

/** `session.start()` has run before react-admin is shown, so that there is nothing to check at first. */
export function createAuthProvider(session: Session): AuthProvider {
  const openedAt = Date.now();
  return {
    login: () => session.signIn(),
    logout: async () => {
      await session.signOut?.();
    },
    checkAuth: () => Promise.resolve(),
    checkError: async (error: {status?: number}) => {
      if (error.status !== 401) return;
      if (await session.renew()) return;
      // Signing in again at once would give the same answer, round and round: the request's error is shown instead.
      if (Date.now() - openedAt > SETTLED_MS) await session.signIn();
    },
    getIdentity: () => Promise.resolve({id: 'me', fullName: session.userName()}),
    getPermissions: () => Promise.resolve(undefined),
  };
}
