// Reads CSV as RFC 4180 has it, strictly: each record as an object by the header line.

/**
 * As a spreadsheet reads it that takes another separator: a quote begins a cell only where a cell begins, and whatever
 * follows the closing quote belongs to the cell.
 */
export function cellsReadBy(separator: string, text: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let isStart = true;
  for (const character of text) {
    if (isQuoted ? character === '"' : isStart && character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === separator || character === '\r' || character === '\n')) {
      cells.push(cell);
      cell = '';
      isStart = true;
      continue;
    } else cell += character;
    isStart = false;
  }
  return [...cells, cell];
}

/** Throws when a record has another number of cells than the header, or a line end is missing. */
export function parseCsv(text: string, separator = ','): Record<string, string>[] {
  const records: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n)`, 'y');
  while (at < text.length) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (!match) throw new Error(`no CSV cell at ${at} of ${text.length}`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      records.push(cells);
      cells = [];
    }
    at = cell.lastIndex;
  }
  if (cells.length > 0) throw new Error('the last record has no line end');
  const [header = [], ...rows] = records;
  return rows.map(row => {
    if (row.length !== header.length) throw new Error(`a record has ${row.length} cells, the header ${header.length}`);
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
  });
}
