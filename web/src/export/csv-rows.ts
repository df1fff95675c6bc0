// Counts the rows of a CSV while it comes in, in pieces that may end anywhere. A line break inside quotes is no new row
// (RFC 4180); a doubled quote closes and opens again, which changes nothing.

/** Feed it text; `rows()` is how many complete rows came so far, the header line not counted. */
export function createRowCounter(): {feed: (text: string) => void; rows: () => number} {
  let lines = 0;
  let isQuoted = false;
  return {
    feed: text => {
      for (const character of text) {
        if (character === '"') isQuoted = !isQuoted;
        else if (character === '\n' && !isQuoted) lines += 1;
      }
    },
    rows: () => Math.max(0, lines - 1),
  };
}
