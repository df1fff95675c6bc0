// ContentGuard: what people write passes, and what advertisements are made of adds up.
import type {InquirySubmission} from '../../../src/contract/inquiry';
import {ContentGuard} from '../../../src/services/guards/content.guard';
import {SubmissionGuards} from '../../../src/services/guards/submission-guards';

const guards = new SubmissionGuards([new ContentGuard()]);
const screen = (fields: Partial<InquirySubmission>) => {
  const input = {topic: 'sales', name: 'Ada Lovelace', email: 'ada@example.org', message: 'Hello', ...fields};
  return guards.screen({
    input,
    sender: {client: '192.0.2.1', attempts: 1, format: 'form', fields: {}, turn: {leave: () => undefined}},
  });
};
const links = (count: number) =>
  Array.from({length: count}, (_, index) => `https://site${index}.example.org/`).join(' ');

test.each([
  'Please look at https://www.example.org/pricing?plan=a: what would ten cost?',
  `Our three shops: ${links(3)}`,
  'My page has <a> tags and [brackets]; does href="x" work? See www.example.org',
  'How do I write <a href="https://example.org">? My code does not show.',
  'Viagra, casino, SEO: do you write texts about these?',
  '请看 https://example.org/你好',
])('a person who writes “%s” is let in', async message => {
  expect((await screen({message})).outcome).toBe('accept');
});

test.each<[string, Partial<InquirySubmission>, string[]]>([
  ['a link as the name', {name: 'Earn at https://evil.example'}, ['link_in_name']],
  ['a link as the name without a scheme', {name: 'WWW.evil.example'}, ['link_in_name']],
  ['eleven links', {message: links(11)}, ['links']],
  ['some links as forums take them', {message: `[url=https://a.example]x[/url] ${links(4)}`}, ['links', 'markup']],
  [
    'some links as pages have them',
    {message: `<A class="x" HREF = 'https://a.example'>x</a> ${links(3)}`},
    ['links', 'markup'],
  ],
])('%s is set aside', async (_, fields, reasons) => {
  expect(await screen(fields)).toEqual({outcome: 'quarantine', reasons, against: reasons});
});

test('four links alone are let in, and counted', async () => {
  expect(await screen({message: links(4)})).toEqual({outcome: 'accept', reasons: ['links'], against: ['links']});
});
