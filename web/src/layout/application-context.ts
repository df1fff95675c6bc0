// What the components know of the environment they run in.
import {createContext, useContext} from 'react';
import {type Permissions, permissionsOf} from '../authentication/permissions';

export interface Application extends Permissions {
  /** Those that the bearer may see. */
  topics: readonly string[];
  /** Nobody but its owner confirms a subscription. */
  doubleOptIn: boolean;
  canSignOut: boolean;
  /** Leaves the page. */
  signIn: () => void;
}

const ApplicationContext = createContext<Application>({
  ...permissionsOf(undefined),
  topics: [],
  doubleOptIn: false,
  canSignOut: false,
  signIn: () => undefined,
});
export const ApplicationProvider = ApplicationContext.Provider;
export const useApplication = () => useContext(ApplicationContext);
