// Rows as JSON text, made of the text that PostgreSQL sends for each value: nothing is parsed into a value that would be
// written again, and PostgreSQL, of which there is one, does not write JSON for servers, of which there may be many.
import type {PostgresText} from '../../datasources/postgres/pipelined-connections';
import type {Column, ValueKind} from '../../models/column';

/** The fields of a table's rows with their columns, in the order in which they are selected and written. */
export type FieldColumns = Readonly<Record<string, Column>>;

const asIs = (text: string) => text;
const quoted = (text: string) => `"${text}"`;
// How PostgreSQL's text of a value becomes JSON.
const WRITERS: Readonly<Record<ValueKind, (text: string) => string>> = {
  text: JSON.stringify,
  phone: JSON.stringify,
  code: quoted,
  plain: quoted,
  json: asIs,
  number: asIs,
  time: text => quoted(isoTime(text)),
};

/** The select list of rows with a property for each field. */
export function rowSelect(columns: FieldColumns): string {
  return Object.entries(columns)
    .map(([field, {name}]) => `${name} AS "${field}"`)
    .join(', ');
}

/** The select list that `jsonWriter` reads. */
export function jsonSelect(columns: FieldColumns): string {
  return Object.entries(columns)
    .map(([field, {name, kind}]) => `${kind === 'time' ? `${name} AT TIME ZONE 'UTC'` : name} AS "${field}"`)
    .join(', ');
}

/** Writes a row of `jsonSelect` as an object; what the row has after those columns is not read. */
export function jsonWriter(columns: FieldColumns): (row: readonly PostgresText[]) => string {
  const members = Object.entries(columns).map(([field, {kind}], index) => ({
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
