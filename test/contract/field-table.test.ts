// The tables in docs/public-site.md say of each field of an inquiry, each answer and each code what docs/openapi.json says.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {INPUT_ERROR_CODES} from '../../src/contract/problem';

const read = (file: string) => readFileSync(path.resolve(__dirname, '../../docs', file), 'utf8');

test('the table for sites has each field of an inquiry, whether it is needed, and its length', () => {
  const rows = [...read('public-site.md').matchAll(/^\| `(\w+)` +\| (yes|no) +\| (\d*) +\|/gm)];
  const {components} = JSON.parse(read('openapi.json')) as {
    components: {schemas: Record<string, {required: string[]; properties: Record<string, {maxLength?: number}>}>};
  };
  const {required = [], properties = {}} = components.schemas.InquirySubmission ?? {};
  expect(Object.fromEntries(rows.map(([, name, needed, most]) => [name, [needed, most]]))).toEqual(
    Object.fromEntries(
      Object.entries(properties).map(([name, {maxLength}]) => [
        name,
        [required.includes(name) ? 'yes' : 'no', String(maxLength ?? '')],
      ]),
    ),
  );
});

test('the table of answers has each status of the public routes, with its problems', () => {
  const rows = [...read('public-site.md').matchAll(/^\| (\d{3}) +\| ([^|]*) \|/gm)];
  const {paths} = JSON.parse(read('openapi.json')) as {
    paths: Record<string, {post: {responses: Record<string, {description: string}>}}>;
  };
  const answers = ['/inquiries', '/subscriptions'].map(route => paths[route]?.post.responses ?? {});
  expect(
    Object.fromEntries(
      rows.map(([, status, kinds = '']) => [status, [...kinds.matchAll(/`([\w-]+)`/g)].map(([, kind]) => kind)]),
    ),
  ).toEqual(
    Object.fromEntries(
      answers
        .flatMap(responses => Object.entries(responses))
        .map(([status, {description}]) => [
          status,
          [...description.matchAll(/\/problems\/([\w-]+)/g)].map(([, kind]) => kind),
        ]),
    ),
  );
});

test('the table of codes has each code, with what it means', () => {
  const rows = [...read('public-site.md').matchAll(/^\| `(\w+)` +\| ([^|]*?) +\|$/gm)];
  expect(Object.fromEntries(rows.map(([, code, meaning]) => [code, meaning]))).toEqual(INPUT_ERROR_CODES);
});
