// Writes docs/openapi.json from the application's routes; with --check it only compares, and fails when stale.
import {readFile, writeFile} from 'node:fs/promises';
import {pino} from 'pino';
import application from '../dist/application.js';
import environment from '../dist/config/env.js';

const FILE = new URL('../docs/openapi.json', import.meta.url);

// Nothing is started, so nothing of this is ever reached.
const env = environment.readEnv(environment.restEnvSchema, {
  DATABASE_URL: 'postgres://localhost/none',
  AUTH_ISSUER: 'none',
  AUTH_AUDIENCE: 'none',
  AUTH_JWKS_URL: 'http://localhost/none',
});
const app = new application.OutreachApplication({env, logger: pino({level: 'silent'})});
const document = `${JSON.stringify(await app.restServer.getApiSpec(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if ((await readFile(FILE, 'utf8').catch(() => '')) !== document) {
    console.error('docs/openapi.json is stale: run `npm run openapi` and commit it.');
    process.exitCode = 1;
  }
} else {
  await writeFile(FILE, document);
}
