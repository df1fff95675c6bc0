// What a visitor reads of each kind of problem, in their language.
import type {IncomingMessage} from 'node:http';
import {PROBLEMS, type ProblemKind} from '../../../src/contract/problem';
import {problemPage} from '../../../src/rest/problems/problem-page';
import {toProblem} from '../../../src/rest/problems/problem-error';

const reader = {headers: {'accept-language': 'de'}} as unknown as IncomingMessage; // as far as a page looks at it
const pageOf = (kind: ProblemKind) => problemPage(toProblem(kind, {instance: '1', detail: 'Detail.'}), reader);

test.each<[ProblemKind, heading: string, text: string]>([
  ['too-many-requests', 'Das war viel auf einmal', 'in ein paar Minuten'],
  ['request-timeout', 'Das ist im Augenblick nicht möglich', 'in ein paar Minuten'],
  ['unavailable', 'Das ist im Augenblick nicht möglich', 'in ein paar Minuten'],
  ['body-too-large', 'Ihre Nachricht ist zu lang', 'Bitte kürzen Sie sie'],
  ['headers-too-large', 'Das Formular wurde nicht gesendet', '<li>Detail.</li>'],
  ['forbidden', 'Das Formular wurde nicht gesendet', '<p lang="en" dir="ltr">Detail.</p>'],
])('%s', (kind, heading, text) => {
  const page = pageOf(kind);
  expect(page).toMatchObject({language: 'de', heading, reference: '1'});
  expect(page.content).toContain(text);
});

test('each kind there is has a page', () => {
  for (const kind of Object.keys(PROBLEMS) as ProblemKind[]) expect(pageOf(kind).heading).toMatch(/\S/);
});

test('what an extension refuses in its own way is said in its own words', () => {
  const problem = {type: 'about:blank', title: 'Payment Required', status: 402, detail: 'Pay <first>.', instance: '1'};
  const page = problemPage(problem, reader);
  expect(page.heading).toBe('Das Formular wurde nicht gesendet');
  expect(page.content).toContain('<p lang="en" dir="ltr">Pay &#60;first&#62;.</p>');
});
