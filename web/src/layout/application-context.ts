// What the components know of the environment they run in.
import {createContext, useContext} from 'react';

export interface Application {
  topics: readonly string[];
  canSignOut: boolean;
  /** Leaves the page. */
  signIn: () => void;
}

const ApplicationContext = createContext<Application>({
  topics: [],
  canSignOut: false,
  signIn: () => undefined,
});
export const ApplicationProvider = ApplicationContext.Provider;
export const useApplication = () => useContext(ApplicationContext);
