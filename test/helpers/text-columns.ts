// Walks every text and JSON column of a database: for what must be in none of them.
import type {TestDatabase} from './database';

export interface TextColumn {
  table: string;
  column: string;
  type: string;
}

/** Every column of the public schema that can hold text, but for views. */
export function textColumns(database: TestDatabase): Promise<TextColumn[]> {
  return database.query<TextColumn>(`
SELECT table_name AS "table", column_name AS "column", data_type AS type
FROM information_schema.columns JOIN information_schema.tables USING (table_catalog, table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
  AND data_type IN ('text', 'character varying', 'character', 'jsonb', 'json', 'bytea', 'ARRAY', 'USER-DEFINED')
ORDER BY 1, 2`);
}

/** The columns, as `table.column`, that hold `text` anywhere, plain or percent-encoded, whatever its case. */
export async function columnsThatHold(database: TestDatabase, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const {table, column, type} of await textColumns(database)) {
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const rows = await database.query(
      `SELECT FROM "${table}", lower((${value}) COLLATE "C") AS text WHERE position($1 IN text) > 0 OR position($2 IN text) > 0 LIMIT 1`,
      [text.toLowerCase(), text.toLowerCase().replaceAll('@', '%40')],
    );
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}
