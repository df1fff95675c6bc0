// pgbench with the same INSERT: what PostgreSQL itself can do with these rows, with no server in between.
import {spawn} from 'node:child_process';
import {globSync, readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import path from 'node:path';
import {onCleanup} from '../machine/cleanup.mjs';
import {LOAD_CORE, pinned} from '../machine/pin.mjs';
import {EMAIL_DOMAIN, EMAIL_PREFIX, FIELDS} from '../load/requests.mjs';
import {summarize} from '../load/summary.mjs';
import {findPostgresProgram} from './installed-program.mjs';

const {searchedInquiry} = createRequire(import.meta.url)('../../dist/repositories/inquiry/inquiry-search.js');

// Each `:name` is a parameter of the prepared statement, sent with every row as a server would send it. The id is made
// by PostgreSQL 18, since pgbench cannot make one; the address is put together from two parameters for the same reason. What
// the search reads is that of one address in all rows.
const SCRIPT = `\\set n random(10000000, 99999999)
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
                     privacy_notice_version, created_at, updated_at, search_words, search_text)
VALUES (uuidv7(), :topic, :name, :before::text || :n::text || :after::text, :phone, :company, :subject, :message, :locale,
        :sourceUrl, :metadata, :privacyNoticeVersion, now(), now(), :words, :text);
`;

/** Runs it for this long; the same figures as a load generator's. */
export async function runPgbench(databaseUrl, {connections, seconds}) {
  const directory = await mkdtemp(path.join('/var/tmp', 'outreach-pgbench-'));
  const remove = onCleanup(() => rm(directory, {recursive: true, force: true}));
  await writeFile(path.join(directory, 'insert.sql'), SCRIPT);
  const {hostname, port, username, password, pathname} = new URL(databaseUrl);
  const searched = searchedInquiry({...FIELDS, email: `${EMAIL_PREFIX}12345678${EMAIL_DOMAIN}`});
  const address = {before: EMAIL_PREFIX, after: EMAIL_DOMAIN};
  const variables = {...FIELDS, metadata: JSON.stringify(FIELDS.metadata), ...address, ...searched};
  const [command, args] = pinned(LOAD_CORE, findPostgresProgram('pgbench'), [
    ...['-n', '-M', 'prepared', '-f', 'insert.sql', '-c', String(connections), '-j', '1', '-T', String(seconds), '-l'],
    ...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    ...['-h', hostname, '-p', port, '-U', username, pathname.slice(1)],
  ]);
  const child = spawn(command, args, {
    cwd: directory,
    env: {PATH: process.env.PATH, PGPASSWORD: password, LC_ALL: 'C.UTF-8'},
  });
  const stop = onCleanup(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const [code] = await once(child, 'close');
  const tps = Number(/tps = ([\d.]+)/.exec(output)?.[1]);
  if (code !== 0 || !tps) throw new Error(`pgbench failed:\n${output.slice(-2000)}`);
  const latencies = globSync('pgbench_log*', {cwd: directory})
    .flatMap(file => readFileSync(path.join(directory, file), 'utf8').trim().split('\n'))
    .map(line => Number(line.split(' ')[2]) / 1000);
  await stop();
  await remove();
  return {...summarize(latencies, latencies.length / tps), rps: tps, cpu: NaN};
}
