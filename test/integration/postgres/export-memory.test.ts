// A million rows through the REST process as operations run it: every row arrives, and its memory hardly grows.
import {readFile} from 'node:fs/promises';
import {get, type IncomingMessage} from 'node:http';
import {givenDatabase, type TestDatabase} from '../../helpers/database';
import {expectNoExportConnections, givenManyInquiries} from '../../helpers/exports';
import {givenRestProcess, type TestProcess} from '../../helpers/process';
import {givenTokenIssuer, type TokenIssuer} from '../../helpers/tokens';

const ROWS = 1_000_000;
const MEBIBYTE = 1024 * 1024;
const BOUND = 64 * MEBIBYTE;

let database: TestDatabase;
let issuer: TokenIssuer;
let rest: TestProcess;
let token: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([givenDatabase(), givenTokenIssuer()]);
  token = await issuer.sign({scope: 'inquiries:read inquiries:export'});
  // Searching is no part of this, and its indexes would take minutes to fill.
  await database.query('DROP INDEX inquiry_search_words_idx, inquiry_search_text_idx');
  say(`storing ${ROWS} inquiries`);
  await givenManyInquiries(database, ROWS, 200);
  await database.query('ANALYZE inquiry');
  rest = await givenRestProcess({databaseUrl: database.url, issuer});
}, 300_000);

test('a million rows arrive, each once and in order, and the process grows by less than 64 MB', async () => {
  expect((await rest.get('/inquiries?limit=1', token)).status).toBe(200); // the pool is open; nothing else is warm
  const before = await residentBytes();
  const peak = await peakWhile(async () => {
    const {announced, lines, bytes} = await exportAll('/inquiries/export.csv?order=oldest');
    expect({announced, lines}).toEqual({announced: String(ROWS), lines: ROWS + 1});
    expect(bytes).toBeGreaterThan(300 * MEBIBYTE); // several times the bound
  });
  say(`resident ${mebibytes(before)} before, ${mebibytes(peak)} at the peak: ${mebibytes(peak - before)} more`);
  expect(peak - before).toBeLessThan(BOUND);
  await expectNoExportConnections(database);
  rest.expectHealthy();
}, 300_000);

/** Reads an export without keeping it. Fails when a line is not the one after the line before. */
async function exportAll(path: string): Promise<{announced: string | undefined; lines: number; bytes: number}> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(rest.url + path, {headers: {Authorization: `Bearer ${token}`}}, resolve).once('error', reject);
  });
  expect(response.statusCode).toBe(200);
  let [lines, bytes, tail, last] = [0, 0, '', ''];
  for await (const chunk of response) {
    bytes += (chunk as Buffer).byteLength;
    const complete = (tail + (chunk as Buffer).toString('latin1')).split('\r\n'); // all of it is ASCII
    tail = complete.pop() ?? '';
    for (const line of complete) {
      const id = line.slice(1, 37); // quoted
      if (lines > 0 && id <= last) throw new Error(`line ${lines} is out of order`);
      last = lines > 0 ? id : '';
      lines += 1;
      if (lines % 250_000 === 0) say(`${lines} lines read`);
    }
  }
  expect(tail).toBe('');
  return {announced: response.headers['x-total-count'] as string | undefined, lines, bytes};
}

// The kernel's own high-water mark is exact but cannot be set back, so the test looks often instead.
async function peakWhile(work: () => Promise<void>): Promise<number> {
  let peak = 0;
  const looking = setInterval(() => {
    void residentBytes().then(bytes => (peak = Math.max(peak, bytes)));
  }, 20);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  return peak;
}

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${rest.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}

function say(text: string): void {
  process.stderr.write(`export-memory: ${text}\n`);
}
