// Reads `.env` for `npm start` and `npm run token` as Node's `--env-file` does, but only when nobody else could have
// written it: who runs them as root would otherwise run what another user put there (`NODE_OPTIONS`).
import {isTrusted} from './trusted-files';

/** Sets the variables of the file that are not set. Throws ConfigurationError when the file is not to be trusted. */
export async function readEnvFile(file = '.env'): Promise<void> {
  if (await isTrusted(file)) process.loadEnvFile(file);
}
