// GET /inquiries/export.csv of a million rows: bytes a second and how much memory the process takes for it, beside psql's
// COPY of the same rows. Every row must arrive.
import {startGenerator} from '../load/start-generator.mjs';
import {watchResidentPeak} from '../machine/cpu.mjs';
import {ratio, summaries} from '../report/statistics.mjs';
import {startRest} from '../servers/outreach.mjs';
import {copyByPsql} from '../servers/psql-copy.mjs';
import {databaseOfMany} from '../servers/rows.mjs';

export const title = 'GET /inquiries/export.csv';
const ROWS = 1_000_000;
const OURS = 'outreach';
const PSQL = 'psql, COPY';
const MEBI = 2 ** 20;

export async function run({postgres, issuer, rounds, quick, say}) {
  const count = quick ? ROWS / 5 : ROWS;
  const database = await databaseOfMany(postgres, 'export_many', count, say);
  const server = await startRest({databaseUrl: database.url, issuer});
  const generator = startGenerator();
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const before = (await server.memory()).rss;
    const cpu = server.cpu();
    const peak = watchResidentPeak(server.pid);
    const result = await generator.run({
      kind: 'download',
      url: `${server.url}/inquiries/export.csv`,
      token: issuer.token,
    });
    const growth = peak.stop() - before;
    if (result.lines !== count + 1 || result.total !== count) throw new Error(`${result.lines} lines of ${count} rows`);
    const copied = await copyByPsql(database.url);
    measured.push({
      [OURS]: {
        speed: result.bytes / MEBI / result.seconds,
        rows: count / result.seconds,
        growth: growth / MEBI,
        cpu: (server.cpu() - cpu) / count,
      },
      [PSQL]: {speed: copied.bytes / MEBI / copied.seconds, rows: count / copied.seconds},
    });
    say(`${measured[round][OURS].speed.toFixed(1)} MB a second, ${(growth / MEBI).toFixed(0)} MB more memory`);
  }
  await server.stop();
  await database.close();
  return {
    ratios: {rows_of_psql: ratio(measured, 'rows', OURS, PSQL)},
    tables: [
      {
        caption: `${count.toLocaleString('en-US')} rows`,
        columns: {
          speed: 'MB a second',
          rows: 'rows a second',
          cpu: 'CPU µs a row',
          growth: 'RSS growth MB',
        },
        rows: summaries(measured, ['speed', 'rows', 'cpu', 'growth']),
        reference: {
          title: `rows, of ${PSQL}`,
          values: {[OURS]: ratio(measured, 'rows', OURS, PSQL), [PSQL]: ratio(measured, 'rows', PSQL, PSQL)},
        },
      },
    ],
    chart: {file: 'export', title: 'Export: rows a second', table: 0, field: 'rows', unit: 'rows a second'},
  };
}
