// Which fields of a body count as left out.
import {z} from 'zod';
import {withoutLeftOutFields} from '../../../src/rest/http/input';

const schema = z.strictObject({name: z.string(), phone: z.string().optional(), metadata: z.object({}).optional()});

test.each([
  [
    {name: 'Ada', phone: '1'},
    {name: 'Ada', phone: '1'},
  ],
  [{name: '', phone: null, metadata: null}, {}],
  [{name: ' \n', phone: '\u200b\ufe0f'}, {}],
  [
    {name: '\u0000', phone: false, metadata: {a: ''}},
    {name: '\u0000', phone: false, metadata: {a: ''}},
  ],
  [
    {other: '', toString: null},
    {other: '', toString: null},
  ], // refused by name
  [null, null],
  ['', ''],
  [[''], ['']],
])('of %j stays %j', (body, expected) => {
  expect(withoutLeftOutFields(schema, body)).toEqual(expected);
});
