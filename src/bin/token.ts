// Prints a token of the development key: `npm run token -- --scope "inquiries:read" [--topics sales] [--ttl 1h]`.
import {parseArgs} from 'node:util';
import {ConfigurationError, readEnv, tokenEnvSchema} from '../config/env';
import {signDevelopmentToken} from '../dev/development-key';
import {readEnvFile} from '../dev/env-file';
import {exitOnStartError} from './start-error';

async function main(): Promise<void> {
  await readEnvFile();
  const env = readEnv(tokenEnvSchema);
  const {values} = parseArgs({
    options: {scope: {type: 'string'}, topics: {type: 'string'}, ttl: {type: 'string', default: '1h'}},
  });
  if (values.scope === undefined) throw new ConfigurationError('--scope is needed, such as --scope "inquiries:read"');
  if (!/^\d+ ?[smhd]$/.test(values.ttl)) throw new ConfigurationError('--ttl must be a time span such as 30m or 1h');
  const topics = values.topics?.split(',').filter(Boolean);
  const token = await signDevelopmentToken(env.OUTREACH_DIRECTORY, {scope: values.scope, topics, ttl: values.ttl});
  process.stdout.write(`${token}\n`);
}

main().catch(exitOnStartError);
