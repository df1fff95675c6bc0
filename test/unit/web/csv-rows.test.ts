import {createRowCounter} from '../../../web/src/export/csv-rows';

const CSV = 'id,message\r\n1,"two\nlines"\r\n2,"a ""quoted"" word,\r\nand more"\r\n3,plain\r\n';

test.each([1, 2, 3, 7, CSV.length])('counts rows, not lines, from pieces of %i characters', size => {
  const counter = createRowCounter();
  for (let start = 0; start < CSV.length; start += size) counter.feed(CSV.slice(start, start + size));
  expect(counter.rows()).toBe(3);
});

test('the header line is no row, and a row counts when it is complete', () => {
  const counter = createRowCounter();
  expect(counter.rows()).toBe(0);
  counter.feed('id\r\n');
  expect(counter.rows()).toBe(0);
  counter.feed('1');
  expect(counter.rows()).toBe(0);
  counter.feed('\r\n');
  expect(counter.rows()).toBe(1);
});
