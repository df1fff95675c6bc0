// The examples of the documents work: every shell block of a page runs as it is against a REST process, with a token of
// the scopes that the page's own token line names.
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {givenDatabase, type TestDatabase} from '../helpers/database';
import {givenRestProcess, type TestProcess} from '../helpers/process';
import {givenSeed} from '../helpers/route-samples';
import {onTeardown} from '../helpers/teardown';
import {givenTokenIssuer, type TokenIssuer} from '../helpers/tokens';

const TOKEN_LINE = /^TOKEN=\$\(npm run --silent token -- --scope "([^"]+)"\)$/m;
// A refused request ends the script with the problem.
const STRICT = 'set -e -o pipefail\ncurl() { command curl --fail-with-body --silent --show-error "$@"; }\n';

let issuer: TokenIssuer;
let database: TestDatabase;
let rest: TestProcess;
let directory: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  rest = await givenRestProcess({databaseUrl: database.url, issuer});
  directory = await mkdtemp(path.join(tmpdir(), 'outreach-examples-'));
  onTeardown(() => rm(directory, {recursive: true}));
});

test.each(['docs/lists.md', 'docs/triage.md'])(
  'the examples of %s work with the token that it asks for',
  async file => {
    const page = readFileSync(path.resolve(__dirname, '../..', file), 'utf8');
    const script = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block).join('');
    const [, scope] = TOKEN_LINE.exec(script) ?? [];
    expect([scope, script.match(/^curl /gm)?.length]).toEqual([expect.any(String), expect.any(Number)]);
    const {inquiryId, subscriptionId} = await givenSeed(database);
    await givenSeed(database); // for a second page
    const runnable = script
      .replace(TOKEN_LINE, `TOKEN=${await issuer.sign({scope})}`)
      .replaceAll('localhost:3000', new URL(rest.url).host)
      .replaceAll('/subscriptions/<id>', `/subscriptions/${subscriptionId}`)
      .replaceAll('<id>', inquiryId);
    await promisify(execFile)('bash', ['-c', STRICT + runnable], {cwd: directory});
  },
);
