// Tables for the terminal.
import {cells} from './format.mjs';

export function printTable({caption, ...table}) {
  const lines = cells(table);
  const widths = lines[0].map((_, column) => Math.max(...lines.map(line => line[column].length)));
  console.log(`\n${caption}`);
  for (const line of lines) {
    const padded = line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])));
    console.log(`  ${padded.join('  ')}`);
  }
}
