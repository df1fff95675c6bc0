// What PostgreSQL does for a statement: its plan and the figures of one run of it.
import {type Client, escapeLiteral, type QueryConfig} from 'pg';

/** A node of EXPLAIN (FORMAT JSON), as far as tests look at it. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Plan Rows': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

export interface QueryPlan {
  /** Names of the indexes that it read; what a plan holds for another case and did not begin is neither here nor below. */
  indexes: string[];
  /** Tables that it read from end to end. */
  scanned: string[];
  /** The most rows that it sorts at once. */
  sortedRows: number;
  /** Pages of 8 KB that it touched, cached or not. */
  pages: number;
  rows: number;
  /** The whole of it, for the message of a failing test. */
  text: string;
}

/** Runs the statement and returns how; `generic`: with the plan of a prepared statement that no longer sees its values. */
export async function explain(client: Client, {text, values = []}: QueryConfig, generic = false): Promise<QueryPlan> {
  const options = 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)';
  const {rows} = generic
    ? await explainPrepared(client, {text, values, options})
    : await client.query<ExplainRow>(`${options} ${text}`, values);
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error('EXPLAIN answered nothing');
  const nodes = flatten(plan).filter(node => node['Actual Loops'] > 0);
  const sorts = nodes.filter(node => node['Node Type'] === 'Sort').flatMap(({Plans = []}) => Plans);
  return {
    indexes: nodes.flatMap(node => node['Index Name'] ?? []),
    scanned: nodes.filter(node => node['Node Type'].endsWith('Seq Scan')).map(node => String(node['Relation Name'])),
    sortedRows: Math.max(0, ...sorts.map(node => node['Actual Rows'] * node['Actual Loops'])),
    pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    rows: plan['Actual Rows'],
    text: `${text}\n${JSON.stringify(values)}\n${outline(plan)}`,
  };
}

interface ExplainRow {
  'QUERY PLAN': {Plan: PlanNode}[];
}

/** Fails for an index of the table, its primary key included, that is not among those that plans have read. */
export async function expectEachIndexUsed(client: Client, table: string, used: ReadonlySet<string>): Promise<void> {
  const {rows} = await client.query<{name: string}>('SELECT indexname AS name FROM pg_indexes WHERE tablename = $1', [
    table,
  ]);
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map(({name}) => name).filter(name => !used.has(name))).toEqual([]);
}

async function explainPrepared(client: Client, statement: {text: string; values: unknown[]; options: string}) {
  await client.query('SET plan_cache_mode = force_generic_plan');
  await client.query(`PREPARE under_test AS ${statement.text}`);
  try {
    const list = statement.values.length > 0 ? `(${statement.values.map(toLiteral).join(', ')})` : '';
    return await client.query<ExplainRow>(`${statement.options} EXECUTE under_test${list}`);
  } finally {
    await client.query('DEALLOCATE under_test');
    await client.query('RESET plan_cache_mode');
  }
}

function toLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return escapeLiteral(`{${value.map(part => JSON.stringify(part)).join(',')}}`);
  return escapeLiteral(value instanceof Date ? value.toISOString() : `${value as string | number | boolean}`); // what parameters are
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

function outline(node: PlanNode, depth = 0): string {
  const on = [node['Relation Name'], node['Index Name']].filter(Boolean).join(' by ');
  const rows = `${node['Plan Rows']} rows expected, ${node['Actual Rows']} x ${node['Actual Loops']} seen`;
  const line = `${' '.repeat(2 * depth)}${node['Node Type']} ${on} (${rows})`;
  return [line, ...(node.Plans ?? []).map(part => outline(part, depth + 1))].join('\n');
}
