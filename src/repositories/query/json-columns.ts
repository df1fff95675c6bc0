// Rows as JSON text, made of the text that PostgreSQL sends for each value: nothing is parsed into a value that would be
// written again, and PostgreSQL, of which there is one, does not write JSON for servers, of which there may be many.
import type {PostgresText} from '../../datasources/postgres/pipelined-connections';

/**
 * How a field's text becomes JSON: `text` may hold anything, `plain` holds nothing that JSON escapes, `json` is JSON
 * already (jsonb and integers), `time` is a timestamptz.
 */
export type JsonKind = 'text' | 'plain' | 'json' | 'time';

/** The fields of a table's rows, in the order of the columns. */
export type JsonColumns<Field extends string = string> = Readonly<Record<Field, JsonKind>>;

const WRITERS: Readonly<Record<JsonKind, (text: string) => string>> = {
  text: JSON.stringify,
  plain: text => `"${text}"`,
  json: text => text,
  time: text => `"${isoTime(text)}"`,
};

/** The select list that `jsonWriter` reads; `columns` are the table's names of the fields. */
export function jsonSelect<Field extends string>(
  kinds: JsonColumns<Field>,
  columns: Readonly<Record<Field, string>>,
): string {
  return (Object.keys(kinds) as Field[]) // Object.keys forgets them
    .map(field => `${kinds[field] === 'time' ? `${columns[field]} AT TIME ZONE 'UTC'` : columns[field]} AS "${field}"`)
    .join(', ');
}

/** Writes a row of `jsonSelect` as an object; what the row has after those columns is not read. */
export function jsonWriter(kinds: JsonColumns): (row: readonly PostgresText[]) => string {
  const members = Object.entries(kinds).map(([field, kind], index) => ({
    before: `${index === 0 ? '{' : ','}${JSON.stringify(field)}:`,
    write: WRITERS[kind],
  }));
  return row => {
    let json = '';
    for (let index = 0; index < members.length; index++) {
      const {before, write} = members[index] as (typeof members)[number];
      const text = row[index];
      json += before + (text == null ? 'null' : write(text));
    }
    return `${json}}`;
  };
}

/** A timestamp in UTC as PostgreSQL writes it (`2026-11-25 12:00:00.1`) as `toISOString` does. Throws TypeError for others. */
export function isoTime(text: string): string {
  if (text[4] !== '-') throw new TypeError('PostgreSQL writes no ISO times: its DateStyle must be ISO');
  const seconds = text.length === 19 ? `${text}.` : text;
  return `${seconds.slice(0, 10)}T${seconds.slice(11).padEnd(12, '0')}Z`;
}
