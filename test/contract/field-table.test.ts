// The table of fields in docs/public-site.md says of each field of an inquiry what docs/openapi.json says.
import {readFileSync} from 'node:fs';
import path from 'node:path';

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
