// Web Locks and BroadcastChannel, where the tabs of an origin have both. Node has things of these names as well, but
// no tabs: there, and on pages without TLS, each feed has a socket of its own.
import type {Channel, Sharing} from './tab-leader';

interface BrowserGlobals {
  isSecureContext?: boolean;
  navigator?: {locks?: Sharing['locks']};
  BroadcastChannel?: new (name: string) => Channel;
}

export function browserSharing(): Sharing | undefined {
  const {isSecureContext, navigator, BroadcastChannel} = globalThis as unknown as BrowserGlobals; // the DOM is not among the types
  if (isSecureContext !== true || !navigator?.locks || !BroadcastChannel) return undefined;
  return {locks: navigator.locks, openChannel: name => new BroadcastChannel(name)};
}
