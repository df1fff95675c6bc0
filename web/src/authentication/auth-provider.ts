// react-admin's view of the session. Who may do what is the service's decision: a 403 is shown where it happens.
import type {InquiryFeed} from 'outreach/client';
import type {AuthProvider} from 'react-admin';
import type {Session} from './session';

/**
 * `session.start()` has run before react-admin is shown, so that there is nothing to check at first. A 401 here answers
 * a renewed token, or one that cannot be renewed: it refreshes the feed, whose status then shows it on every page. No
 * redirect to sign in happens unasked: it would interrupt the user's work, and a service that refuses every token would
 * cause an endless loop.
 */
export function createAuthProvider(session: Session, feed: Pick<InquiryFeed, 'refresh' | 'snapshot'>): AuthProvider {
  return {
    login: () => session.signIn(),
    logout: async () => {
      await session.signOut?.();
    },
    checkAuth: () => Promise.resolve(),
    checkError: (error: {status?: number}) => {
      // A feed that knows already asks again by itself, ever less often.
      if (error.status === 401 && feed.snapshot().status !== 'unauthorized') feed.refresh();
      return Promise.resolve();
    },
    getIdentity: () => Promise.resolve({id: 'me', fullName: session.userName()}),
    getPermissions: () => Promise.resolve(undefined),
  };
}
