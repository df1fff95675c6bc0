// Writes what is generated from the code: docs/openapi.json, docs/access.md, the types of the REST client, docs/schema.sql
// and docs/sql/. With --check it only compares, and fails when one is stale; without PostgreSQL, so test/contract/ compares
// the schema and the statements.
import {readFile, writeFile} from 'node:fs/promises';
import openapiTypeScript, {astToString} from 'openapi-typescript';
import {pino} from 'pino';
import prettier from 'prettier';
import application from '../dist/application.js';
import environment from '../dist/config/env.js';
import {renderAccess} from './access.mjs';
import {renderSchema, withMigratedDatabase} from './schema.mjs';
import {findUnshown, renderStatements} from './sql.mjs';

// Nothing is started, so nothing of this is ever reached.
const env = environment.readEnv(environment.restEnvSchema, {
  DATABASE_URL: 'postgres://localhost/none',
  AUTH_ISSUER: 'none',
  AUTH_AUDIENCE: 'none',
  AUTH_JWKS: JSON.stringify({keys: [{kty: 'OKP', crv: 'Ed25519', x: 'none'}]}),
});
const app = new application.OutreachApplication({env, logger: pino({level: 'silent'})});
const document = JSON.parse(JSON.stringify(await app.restServer.getApiSpec()));

const CLIENT_TYPES = '// Generated from docs/openapi.json by `npm run generate`. Do not edit.\n';
const files = {
  'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'docs/access.md': await prettier.format(renderAccess(), {parser: 'markdown', printWidth: 120}),
  'src/client/rest/rest-api.ts': CLIENT_TYPES + astToString(await openapiTypeScript(withoutPages(document))),
};

// A client sends JSON, so that it is never answered with the page that a person reads.
function withoutPages(whole) {
  const copy = JSON.parse(JSON.stringify(whole));
  const operations = Object.values(copy.paths).flatMap(item => Object.values(item));
  for (const {content} of operations.flatMap(({responses}) => Object.values(responses))) {
    if (content) delete content['text/html'];
  }
  return copy;
}

const isCheck = process.argv.includes('--check');
if (!isCheck) {
  await withMigratedDatabase(async url => {
    files['docs/schema.sql'] = await renderSchema(url);
    const statements = await renderStatements(url);
    Object.assign(files, statements);
    for (const unshown of findUnshown(statements)) {
      console.error(`No request of scripts/sql.mjs sends this, so docs/sql/ lacks it: ${unshown}`);
      process.exitCode = 1;
    }
  });
}

for (const [name, text] of Object.entries(files)) {
  const file = new URL(`../${name}`, import.meta.url);
  if (!isCheck) await writeFile(file, text);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} is stale: run \`npm run generate\` and commit it.`);
    process.exitCode = 1;
  }
}
