// V8's heap: minor collections on request, and the size of the semi-spaces. V8 does not count the memory of buffers, so it
// collects only once 64 MB of them are garbage, and a process that streams much stays that much larger. A minor collection
// takes about a millisecond.
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

type Collect = (options: {type: 'minor'}) => void;

let collect: Collect | undefined;

/** Runs a minor collection: frees what is unreachable in the young generation, and leaves the old one alone. */
export function collectMinor(): void {
  collect ??= exposeCollector();
  collect({type: 'minor'});
}

// Only a new context sees `gc`: no other code in the process gets it.
function exposeCollector(): Collect {
  setFlagsFromString('--expose-gc');
  const exposed = runInNewContext('gc') as Collect; // V8's own function
  setFlagsFromString('--no-expose-gc');
  return exposed;
}

/**
 * Keeps the semi-spaces of the young generation at their first size, 1 MB. For a process with many lasting connections:
 * opening them makes it grow to 128 MB, which it hardly uses afterwards: a third of the memory of 10,000 sockets.
 * Handshakes and events take as much processor time as before.
 */
export function limitSemiSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
