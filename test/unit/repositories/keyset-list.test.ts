// Which pages are prepared statements: a closed set of forms, since PostgreSQL keeps each for as long as it is connected.
import {Parameters} from '../../../src/repositories/query/conditions';
import {INQUIRY_LIST, type InquiryField} from '../../../src/repositories/inquiry/inquiry-list';
import {type ListFilter, pageStatement, type PageRequest} from '../../../src/repositories/query/keyset-list';

const ID = '0192f7c4-0000-7000-8000-000000000010';
const at = new Date(0);
const COMMON: ListFilter<InquiryField>['conditions'] = [
  {field: 'topic', operator: 'inq', value: ['a', 'b']},
  {field: 'topic', operator: 'eq', value: 'a'},
  {field: 'status', operator: 'eq', value: 'new'},
  {field: 'createdAt', operator: 'gte', value: at},
  {field: 'createdAt', operator: 'lt', value: at},
];
const nameOf = (filter: Partial<ListFilter<InquiryField>>, page: Partial<PageRequest> = {}) =>
  pageStatement(INQUIRY_LIST, {conditions: [], order: 'newest', ...filter}, {limit: 26, ...page}).name;

test('what back offices ask for is prepared', () => {
  expect(nameOf({})).toBeDefined();
  expect(nameOf({conditions: COMMON})).toBeDefined();
  expect(nameOf({}, {limit: 101, after: {id: ID}})).toBeDefined();
});

test('pages of all sizes are the same statement', () => {
  const sizes = [1, 8, 26, 101].map(limit =>
    pageStatement(INQUIRY_LIST, {conditions: COMMON, order: 'newest'}, {limit}),
  );
  expect(new Set(sizes.map(({name}) => name)).size).toBe(1);
  expect(new Set(sizes.map(({text}) => text)).size).toBe(1);
  expect(nameOf({}, {limit: 102})).toBeUndefined();
});

test('a page is made of at most a hundred ranges of assignees within topics', () => {
  const textOf = (topics: number) => {
    const values = (count: number) => Array.from({length: count}, (_, index) => `value-${index}`);
    const conditions: ListFilter<InquiryField>['conditions'] = [
      {field: 'assignee', operator: 'inq', value: values(10)},
      {field: 'topic', operator: 'inq', value: values(topics)},
    ];
    return pageStatement(INQUIRY_LIST, {conditions, order: 'newest'}, {limit: 26}).text;
  };
  expect(textOf(10)).toContain('stream_topic');
  expect(textOf(11)).toContain('stream_assignee');
  expect(textOf(11)).not.toContain('stream_topic');
});

test.each<[string, Partial<ListFilter<InquiryField>>, Partial<PageRequest>]>([
  ['an offset', {}, {offset: 5}],
  ['a search', {search: {text: 'a'}}, {}],
  ['a comparison that is not usual', {conditions: [{field: 'status', operator: 'neq', value: 'new'}]}, {}],
  ['another range of ids', {conditions: [{field: 'id', operator: 'gt', value: ID}]}, {}],
  ['a range of updates', {conditions: [{field: 'updatedAt', operator: 'gte', value: at}]}, {}],
  ['a time and a range of ids', {conditions: [...COMMON, {field: 'id', operator: 'gte', value: ID}]}, {}],
  ['the same comparison twice', {conditions: [...COMMON, ...COMMON]}, {}],
])('%s is not', (_title, filter, page) => {
  expect(nameOf(filter, page)).toBeUndefined();
});

test('a parameter is a placeholder with its type', () => {
  const parameters = new Parameters();
  expect([parameters.add('a', 'text'), parameters.add(1, 'int')]).toEqual(['$1::text', '$2::int']);
});
