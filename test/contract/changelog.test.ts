// CHANGELOG.md has the form of Keep a Changelog, and no more kinds of entries than it explains to its readers.
import {readFileSync} from 'node:fs';
import path from 'node:path';

const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security', 'Upgrade'];
const VERSION = /^\[(?:Unreleased\]|\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2})$/;

function faultsOf(text: string): string[] {
  const faults: string[] = [];
  let kinds: string[] | undefined;
  for (const line of text.split('\n')) {
    const [, marks = '', title = ''] = /^(#{1,6}) (.*)$/.exec(line) ?? [];
    if (marks === '##') {
      if (!VERSION.test(title)) faults.push(`not a version: ${title}`);
      kinds = [];
    } else if (marks === '###') {
      if (!KINDS.includes(title)) faults.push(`not a kind of entry: ${title}`);
      else if (kinds?.some(earlier => KINDS.indexOf(earlier) >= KINDS.indexOf(title)))
        faults.push(`out of order: ${title}`);
      kinds?.push(title);
    } else if (kinds && marks === '' && line !== '' && !/^(?:-| ) /.test(line)) {
      faults.push(`no entry of a list: ${line}`);
    }
  }
  return faults;
}

test('CHANGELOG.md has versions, kinds of entries in their order, and lists', () => {
  const text = readFileSync(path.resolve(__dirname, '../../CHANGELOG.md'), 'utf8');
  expect(text).toMatch(/^# Changelog\n/);
  expect(text).toContain('\n## [Unreleased]\n');
  expect(faultsOf(text)).toEqual([]);
});

test('prose, another kind and another order are found', () => {
  const text =
    '## Unreleased\n### Fixed\n- One.\n### Added\nProse.\n### News\n## [1.0.0] - 2027-01-31\n### Added\n- Two,\n  to its end.';
  expect(faultsOf(text)).toEqual([
    'not a version: Unreleased',
    'out of order: Added',
    'no entry of a list: Prose.',
    'not a kind of entry: News',
  ]);
});
