// The query string as a plain value: each parameter once, brackets of LoopBack's filters as one object each.
import {ProblemError} from '../../../src/rest/problems/problem-error';
import {nextPageLink} from '../../../src/rest/list/next-page';
import {readQuery} from '../../../src/rest/http/query';

test.each([
  ['/inquiries', {}],
  ['/inquiries?', {}],
  ['/inquiries?status=new&limit=5', {status: 'new', limit: '5'}],
  ['/inquiries?q=what%3F+now', {q: 'what? now'}],
  ['/inquiries?q=what?&limit=5', {q: 'what?', limit: '5'}],
  ['/inquiries?filter={"limit":1}', {filter: '{"limit":1}'}],
  ['/inquiries?filter[where][status]=new', {filter: {where: {status: 'new'}}}],
  ['/inquiries?filter%5Bwhere%5D%5Bstatus%5D=new', {filter: {where: {status: 'new'}}}],
  ['/inquiries?filter[where][id][inq]=a&filter[where][id][inq]=b', {filter: {where: {id: {inq: ['a', 'b']}}}}],
  ['/inquiries?filter[where][id][inq][]=a', {filter: {where: {id: {inq: ['a']}}}}],
  ['/inquiries?filter[where][id][inq][1]=b&filter[where][id][inq][0]=a', {filter: {where: {id: {inq: ['a', 'b']}}}}],
  ['/inquiries?filter[where][and][0][status]=new', {filter: {where: {and: [{status: 'new'}]}}}],
  ['/inquiries?filter[limit]=5&where[status]=new', {filter: {limit: '5'}, where: {status: 'new'}}],
  ['/inquiries?filters[where]=x', {'filters[where]': 'x'}], // another parameter, which no schema knows
])('%s', (target, expected) => {
  expect(JSON.parse(JSON.stringify(readQuery(target)))).toEqual(expected);
});

test.each([
  ['/inquiries?q=%ff', 'q'],
  ['/inquiries?limit=1&q=100%', 'q'],
  ['/inquiries?%c3%28=x', '?c3?28'],
])('%s is not percent-encoded UTF-8', (target, parameter) => {
  expect(() => readQuery(target)).toThrow(
    expect.objectContaining({
      kind: 'invalid-parameter',
      extra: {errors: [expect.objectContaining({parameter})]},
    }) as Error,
  );
});

test('a name that objects have is a name like any other', () => {
  const values = readQuery('/inquiries?__proto__=a&constructor=b&toString=c');
  expect(Object.entries(values)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['toString', 'c'],
  ]);
  expect(({} as Record<string, unknown>).a).toBeUndefined();
});

test.each([
  ['status=new&status=spam', 'status', 'repeated'],
  ['__proto__=a&__proto__=b', '__proto__', 'repeated'],
  ['filter={}&filter[limit]=1', 'filter', 'repeated'],
  ['filter[__proto__][a]=b', 'filter', 'format'],
  ['filter[where][__proto__][status]=new', 'filter', 'format'],
  ['filter[where', 'filter', 'format'],
  ['filter[where=1', 'filter', 'format'],
  ['filter[where][status]x=new', 'filter', 'format'],
  ['filter[[where]]=1', 'filter', 'format'],
  [`filter${'[a]'.repeat(50)}=1`, 'filter', 'format'],
  [`where${'[a]'.repeat(50)}=1`, 'where', 'format'],
  ['filter[]=&'.repeat(210), 'filter', 'too_big', 200],
  ['&'.repeat(250), '', 'too_big', 250],
  [Array.from({length: 201}, (_, index) => `filter[where][id][inq][${index}]=a`).join('&'), 'filter', 'too_big', 200],
])('refuses %.60s', (query, parameter, code, ...[max]) => {
  const error = thrownBy(() => readQuery(`/inquiries?${query}`));
  expect(error.kind).toBe('invalid-parameter');
  expect(error.extra.errors).toEqual([{parameter, code, max, detail: expect.any(String) as string}]);
});

function thrownBy(act: () => unknown): ProblemError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('the link to the next page keeps the query, a question mark in it included', () => {
  expect(nextPageLink('/inquiries?q=what?&limit=5&total=true', 'abc')).toBe(
    '</inquiries?q=what%3F&limit=5&cursor=abc>; rel="next"',
  );
  expect(nextPageLink('/inquiries', 'abc')).toBe('</inquiries?cursor=abc>; rel="next"');
});
