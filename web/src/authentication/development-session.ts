// The session of `npm start`: config.json holds a token that its own key has signed, and everybody is signed in.
import {loadConfiguration} from '../configuration';
import type {Session} from './session';

/** Keeps the token in memory; after a 401 it reads the file again, since a new start signs a new token. */
export function createDevelopmentSession(firstToken: string): Session {
  let token = firstToken;
  return {
    start: () => Promise.resolve('signed-in'),
    getToken: () => Promise.resolve(token),
    renew: async () => {
      const {developmentToken} = await loadConfiguration();
      const isFresh = developmentToken !== undefined && developmentToken !== token;
      if (isFresh) token = developmentToken;
      return isFresh;
    },
    signIn: () => {
      location.reload();
      return Promise.resolve();
    },
    userName: () => undefined,
  };
}
