// The child's side of `npm run dev` (scripts/dev.mjs): the parent keeps PostgreSQL, Redis and the back office's
// development server running, and sends their addresses to each new child over the IPC channel.
import {once} from 'node:events';
import type {DevelopmentStorage} from './development-storage';

/** What outlives a restart. */
export interface DevelopmentHost {
  storage: DevelopmentStorage;
  /** The origin of the back office's development server. */
  backOfficeUrl: string;
}

/** Undefined when this process is no child of `npm run dev`. The process gets SIGTERM when its parent is gone. */
export async function receiveHost(): Promise<DevelopmentHost | undefined> {
  if (process.send === undefined) return undefined;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const [host] = (await once(process, 'message')) as [DevelopmentHost]; // the parent's first message
  process.channel?.unref(); // a start that fails ends the process
  return host;
}

/** Reports to the parent, if there is one, where everything listens. */
export function sendReady(addresses: {restUrl: string; webUrl: string}): void {
  process.send?.(addresses);
}
