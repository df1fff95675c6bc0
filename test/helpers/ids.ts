// Ids of rows that tests store by SQL: lists, ranges of time and retention go by ids, whose time is the row's created_at.

/**
 * SQL of an id of the time that the SQL expression gives, as src/platform/time-ordered-id.ts makes them. `digits` is SQL of
 * 32 hexadecimal digits, of which all but the time are taken; random by default.
 */
export function idOf(time: string, digits = `replace(gen_random_uuid()::text, '-', '')`): string {
  const milliseconds = `(extract(epoch FROM ${time}) * 1000)::bigint`;
  return `(lpad(to_hex(${milliseconds}), 12, '0') || '7' || substr(${digits}, 14, 3) || '8' || right(${digits}, 15))::uuid`;
}
