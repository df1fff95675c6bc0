// Chooses how to observe: with a socket of this feed's own, or with one that is shared with the tabs whose tokens have the
// same identity. When the token's identity changes, it joins the tabs of the new one.
import {createObserver, type Observer, type ObserverOptions} from './observer';
import {type Channel, createTabLeader, type Sharing} from './tab-leader';
import {sharingKey} from '../runtime/token-identity';

export interface SharedObservationOptions extends ObserverOptions {
  restUrl: string;
  sharing: Sharing;
}

/** Call `useToken` with each new token. */
export function chooseObserver({restUrl, sharing, ...options}: SharedObservationOptions): Observer {
  const {gatewayUrl, topics, tokens, onDown} = options;
  let current: {key: string | undefined; observer: Observer} | undefined;
  let turn = 0;
  let closed = false;

  const share = (key: string) =>
    createTabLeader({...options, sharing, key, observe: events => createObserver({...options, ...events})});
  const move = (key: string | undefined) => {
    if (current && current.key === key) return;
    current?.observer.close();
    if (current) onDown('lost', 0);
    current = {key, observer: key === undefined ? createObserver(options) : share(key)};
  };
  const useToken = (token: string) => {
    const mine = ++turn;
    sharingKey({token, restUrl, gatewayUrl, topics})
      .catch(() => undefined) // no hash, no sharing
      .then(key => {
        if (!closed && mine === turn) move(key);
      })
      .catch(() => move(undefined)); // no channels here either, as in a frame without an origin
  };

  // Later tokens come through useToken: the reads request them too.
  tokens.get().catch(() => {
    if (!closed) onDown('no-token', 1);
  });
  return {
    useToken,
    renew: force => current?.observer.renew(force),
    close: () => {
      closed = true;
      current?.observer.close();
    },
  };
}

interface BrowserGlobals {
  isSecureContext?: boolean;
  navigator?: {locks?: Sharing['locks']};
  BroadcastChannel?: new (name: string) => Channel;
}

/**
 * Web Locks and BroadcastChannel, where the tabs of an origin have both. Node has objects of these names, but no tabs:
 * there, and on pages without TLS, it is undefined, and each feed has a socket of its own.
 */
export function browserSharing(): Sharing | undefined {
  const {isSecureContext, navigator, BroadcastChannel} = globalThis as unknown as BrowserGlobals; // the DOM is not among the types
  if (isSecureContext !== true || !navigator?.locks || !BroadcastChannel) return undefined;
  return {locks: navigator.locks, openChannel: name => new BroadcastChannel(name)};
}
