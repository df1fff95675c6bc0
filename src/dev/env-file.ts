// Reads `.env` for `npm start` and `npm run token` as Node's `--env-file` does, but only when nobody else could have
// written it: who runs them as root would otherwise run what another user put there (`NODE_OPTIONS`).
import {parseEnv} from 'node:util';
import {readTrustedFile} from './trusted-files';

/** Sets the variables of the file that are not set. Throws ConfigurationError when the file is not to be trusted. */
export async function readEnvFile(file = '.env'): Promise<void> {
  const text = await readTrustedFile(file);
  if (text === undefined) return;
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}
