// Who is signed in, whatever the way: what the rest of the back office knows about tokens.

export interface Session {
  /**
   * Makes sure that somebody is signed in, before anything is shown. `signed-out` when a person has to ask for it;
   * does not resolve when the browser is leaving for the sign-in page. Rejects with SignInError.
   */
  start(): Promise<'signed-in' | 'signed-out'>;
  /**
   * A token that has not expired; undefined when there is none any more. Renews without asking if it can. Rejects with
   * SignInError when the token has expired and the issuer cannot be asked for another now.
   */
  getToken(): Promise<string | undefined>;
  /**
   * After a 401: true when there is a fresh token; false when a person has to sign in again. Rejects with SignInError
   * when the issuer cannot be asked now: a later try may work.
   */
  renew(): Promise<boolean>;
  /** Leaves for the sign-in page, which asks who it is even if it knows. Rejects with SignInError. */
  signIn(): Promise<void>;
  /** Undefined when signing out makes no sense, as with the development token. */
  signOut?: () => Promise<void>;
  /** The name to show, if the token contains one. */
  userName(): string | undefined;
}
