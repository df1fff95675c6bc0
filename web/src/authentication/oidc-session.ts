// Signing in with OpenID Connect: authorization code with PKCE, by oidc-client-ts. Tokens are kept in this page's memory
// only: a script that gets in cannot find them in storage, nothing stays on a shared machine, and a reload asks the
// issuer, whose own session answers without a question. The PKCE verifier must outlive the redirect, so it waits in
// sessionStorage and is removed when the answer is there.
import {ErrorResponse, InMemoryWebStorage, type User, UserManager, WebStorageStateStore} from 'oidc-client-ts';
import type {OidcConfiguration} from '../configuration';
import {isRefusal, toSignInError} from './oidc-failure';
import type {Session} from './session';
import {SignInError} from './sign-in-error';

const EXPIRES_SOON_SECONDS = 30;
const SIGNED_OUT = 'signed-out';

/**
 * Needs `page`, the back office's own address without query and fragment, to be a redirect URI of the client. Throws
 * SignInError where the browser keeps nothing for the page.
 */
export function createOidcSession(oidc: OidcConfiguration, page = location.origin + location.pathname): Session {
  const users = new UserManager({
    authority: oidc.authority,
    client_id: oidc.clientId,
    scope: oidc.scope,
    ...(oidc.resource !== undefined && {resource: oidc.resource}),
    redirect_uri: page,
    post_logout_redirect_uri: `${page}?${SIGNED_OUT}`,
    userStore: new WebStorageStateStore({store: new InMemoryWebStorage()}),
    stateStore: new WebStorageStateStore({store: storageOfTab()}),
    automaticSilentRenew: false, // getToken renews, when a token is needed
    loadUserInfo: false,
  });
  let user: User | null = null;
  let renewal: Promise<boolean> | undefined;

  // The library keeps the state; the URL does not.
  const leave = (prompt?: 'login') =>
    users.signinRedirect({state: location.hash, prompt}).catch((error: unknown) => {
      throw toSignInError(error);
    });
  const useRefreshToken = async () => {
    if (user?.refresh_token === undefined) return false; // no iframe: issuers' cookies do not reach them any more
    try {
      user = await users.signinSilent();
    } catch (error) {
      // The refresh token is as good as before: what failed may work the next time.
      if (!isRefusal(error)) throw new SignInError('unreachable', {cause: error});
      user = null;
    }
    return user !== null;
  };
  // One at a time: a refresh token may be good for one use only.
  const renew = () => (renewal ??= useRefreshToken().finally(() => (renewal = undefined)));

  return {
    start: async () => {
      const query = new URLSearchParams(location.search);
      if (query.has('state') && (query.has('code') || query.has('error'))) {
        user = await finishSignIn(users, page);
        return 'signed-in';
      }
      if (query.has(SIGNED_OUT)) {
        history.replaceState(null, '', page + location.hash);
        return 'signed-out';
      }
      await leave();
      return new Promise(() => undefined); // the browser is leaving
    },
    getToken: async () => {
      if ((user?.expires_in ?? Infinity) < EXPIRES_SOON_SECONDS) {
        await renew().catch((error: unknown) => {
          if (user?.expired !== false) throw error;
        });
      }
      return user?.access_token;
    },
    renew,
    signIn: () => leave('login'), // or an account that is refused would be chosen again without a question
    signOut: async () => {
      if (user?.refresh_token !== undefined) await users.revokeTokens(['refresh_token']).catch(() => undefined); // best effort
      user = null;
      // Without the user the library sends no id_token_hint: no token of any kind goes into an address.
      await users.removeUser();
      // An issuer without an end-of-session endpoint needs no request: forgetting the tokens is enough.
      await users.signoutRedirect().catch(() => location.replace(`${page}?${SIGNED_OUT}`));
      await new Promise(() => undefined); // the browser is leaving
    },
    userName: () => user?.profile.name ?? user?.profile.preferred_username ?? user?.profile.sub,
  };
}

// Reading the property throws while site data is blocked.
function storageOfTab(): Storage {
  try {
    return sessionStorage;
  } catch (error) {
    throw new SignInError('blocked', {cause: error});
  }
}

// The code can be used once and only with the verifier; it leaves the address all the same, before anything is shown.
async function finishSignIn(users: UserManager, page: string): Promise<User> {
  const address = location.href;
  history.replaceState(null, '', page);
  const goTo = (state: unknown) => {
    if (typeof state === 'string') history.replaceState(null, '', page + state);
  };
  try {
    const user = await users.signinRedirectCallback(address);
    goTo(user.state);
    return user;
  } catch (error) {
    if (error instanceof ErrorResponse) goTo(error.state); // the next try leads to the same place
    throw toSignInError(error);
  }
}
