// Chooses how to observe: by a socket of one's own, or shared with the tabs whose tokens say the same. When the token
// begins to say something else, it moves to the tabs that it belongs to now.
import {createObserver, type Observer, type ObserverOptions} from './observer';
import {createSharedObserver, type Sharing} from './tab-leader';
import {sharingKey} from '../runtime/token-identity';

export interface SharingObserverOptions extends ObserverOptions {
  restUrl: string;
  sharing: Sharing;
}

/** It has to be told of each new token. */
export function createSharingObserver({restUrl, sharing, ...options}: SharingObserverOptions): Observer {
  const {gatewayUrl, topics, tokens, onDown} = options;
  let current: {key: string | undefined; observer: Observer} | undefined;
  let turn = 0;
  let closed = false;

  const share = (key: string) =>
    createSharedObserver({...options, sharing, key, observe: events => createObserver({...options, ...events})});
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

  // Later tokens come by useToken: the reads ask for them too.
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
