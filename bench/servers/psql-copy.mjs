// The table as CSV by psql's own COPY: how fast PostgreSQL hands it out when nobody makes it safe for a spreadsheet.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {onCleanup} from '../machine/cleanup.mjs';
import {LOAD_CORE, pinned} from '../machine/pin.mjs';
import {findPostgresProgram} from './installed-program.mjs';

const COLUMNS = `id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
  privacy_notice_version, status, assignee, spam_reasons, version, created_at, updated_at`;

/** Resolves with bytes and seconds. */
export async function copyByPsql(databaseUrl) {
  const copy = `COPY (SELECT ${COLUMNS} FROM inquiry ORDER BY id DESC) TO STDOUT (FORMAT csv, HEADER)`;
  const [command, args] = pinned(LOAD_CORE, findPostgresProgram('psql'), ['-X', '-q', '-c', copy, databaseUrl]);
  const startedAt = performance.now();
  const child = spawn(command, args, {env: {PATH: process.env.PATH}, stdio: ['ignore', 'pipe', 'inherit']});
  const stop = onCleanup(() => void child.kill('SIGKILL'));
  let bytes = 0;
  child.stdout.on('data', chunk => (bytes += chunk.length));
  const [code] = await once(child, 'close');
  await stop();
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return {bytes, seconds: (performance.now() - startedAt) / 1000};
}
