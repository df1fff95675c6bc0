// Lays a statement out to be read: a clause begins a line, what is in parentheses is indented. Quoted text stays as it is.
const CLAUSE =
  /^(?:SELECT|FROM|WHERE|ORDER BY|GROUP BY|LIMIT|OFFSET|UNION(?: ALL)?|(?:LEFT |CROSS |INNER )?JOIN|VALUES|RETURNING|ON CONFLICT|SET|USING|INSERT INTO|UPDATE|DELETE FROM|FOR UPDATE|WITH)\b/;
const TOKEN = /(\s*)('(?:[^']|'')*'|"[^"]*"|\$\$[^]*?\$\$|\(|\)|,|[^\s'"(),]+)/g;
const NO_CLAUSE_AFTER = /^(?:LEFT|CROSS|INNER|DISTINCT|LOCAL|DO|NO|FOR|ON|INSERT|DELETE)$/;
const WIDTH = 120;
const SHORT = 40; // a query in parentheses that is no longer stays on its line

/** The statement in lines. */
export function formatSql(text) {
  const tokens = [...text.trim().matchAll(TOKEN)].map(([, space, token]) => ({token, isApart: space !== ''}));
  const ahead = index => [0, 1, 2].map(step => tokens[index + step]?.token ?? '').join(' ');
  const lines = [];
  const open = []; // of each open parenthesis: does a query stand in it?
  let line = '';
  const flush = () => {
    if (line !== '') lines.push(line);
    line = '';
  };
  const add = ({token, isApart}) => {
    const indent = '  '.repeat(open.filter(Boolean).length);
    if (line !== '' && isApart && line.length + token.length >= WIDTH) {
      flush();
      line = `${indent}  ${token}`;
    } else if (line === '') line = indent + token;
    else line += (isApart ? ' ' : '') + token;
  };
  tokens.forEach((part, index) => {
    const {token} = part;
    if (token === ')' && open.pop()) flush();
    const before = tokens[index - 1]?.token ?? '';
    const mayBegin = open.length === 0 || open.at(-1);
    if (mayBegin && !NO_CLAUSE_AFTER.test(before) && CLAUSE.test(`${ahead(index)} `)) flush();
    add(part);
    if (token === '(') {
      open.push(/^(?:SELECT|WITH|INSERT|UPDATE|DELETE|VALUES)\b/.test(ahead(index + 1)) && !isShort(tokens, index));
      if (open.at(-1)) flush();
    }
    if (token.endsWith(';')) flush();
  });
  flush();
  return lines.join('\n');
}

function isShort(tokens, start) {
  let length = 0;
  let depth = 0;
  for (const {token, isApart} of tokens.slice(start)) {
    length += token.length + (isApart ? 1 : 0);
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (length > SHORT) return false;
    if (depth === 0) return true;
  }
  return false;
}
