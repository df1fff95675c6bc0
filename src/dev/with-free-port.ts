// Starts a server that cannot pick its own port. Another program may take a free port before the server listens on it: any
// outgoing connection does, by chance. Another port is tried then.
import {freePort} from './free-port';

const TRIES = 5;
// The words of the C library for EADDRINUSE, which PostgreSQL and Redis both print.
const PORT_IS_TAKEN = 'Address already in use';

/** Resolves with what `start` resolves with, for the first port that nobody else took. Rejects with its last error. */
export async function withFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      const isTaken = error instanceof Error && error.message.includes(PORT_IS_TAKEN);
      if (!isTaken || attempt === TRIES) throw error;
    }
  }
}
