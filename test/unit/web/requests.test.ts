import {inParts, type PageQuery, readPage, readThese} from '../../../web/src/rest/requests';

const rowsOf = (count: number, first = 0) => Array.from({length: count}, (_, index) => ({id: `${first + index}`}));

/** Answers as a service with so many rows; notes what it was asked for. */
function givenService(count: number) {
  const asked: PageQuery[] = [];
  const read = (query: PageQuery) => {
    asked.push(query);
    const {offset = 0} = JSON.parse(query.filter ?? '{}') as {offset?: number};
    const body = rowsOf(Math.max(0, Math.min(query.limit, count - offset)), offset);
    return Promise.resolve({body, headers: new Headers({'X-Total-Count': String(count)})});
  };
  return {asked, read};
}

test('the last page that can be reached has rows of its own, and none past the offset is asked for', async () => {
  const {asked, read} = givenService(50_644);
  const page = (number: number) => readPage({pagination: {page: number, perPage: 250}}, read);
  expect((await page(40)).data.map(({id}) => id)).toEqual(rowsOf(250, 9750).map(({id}) => id));
  asked.length = 0;
  expect((await page(41)).data).toEqual([]);
  expect(asked).toEqual([]);
});

test('rows are asked for by their ids, as many at once as the service takes', async () => {
  const ids = rowsOf(230).map(({id}) => id);
  const asked: string[][] = [];
  const rows = await readThese(ids, ({filter = '{}', limit}) => {
    const {where} = JSON.parse(filter) as {where: {id: {inq: string[]}}};
    expect(where.id.inq.length).toBeLessThanOrEqual(limit);
    asked.push(where.id.inq);
    return Promise.resolve({body: where.id.inq.filter(id => id !== '7')}); // the filter leaves it out
  });
  expect(asked.map(part => part.length)).toEqual([100, 100, 30]);
  expect(rows).toEqual(ids.filter(id => id !== '7'));
});

test('nothing is no part', () => {
  expect(inParts([], 100)).toEqual([]);
});
