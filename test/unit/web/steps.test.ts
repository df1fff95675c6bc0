// Which steps are offered, and that each can be taken back as the status machine allows.
import {INQUIRY_STATUSES, NEXT_STATUSES} from '../../../src/contract/status';
import type {Inquiry} from '../../../web/src/inquiries/inquiry-requests';
import {changesBack, changeOf, possibleSteps} from '../../../web/src/inquiries/steps';

const givenInquiry = (fields: Partial<Inquiry>) => ({status: 'new', assignee: null, ...fields}) as Inquiry; // all that is read

test.each([
  [{status: 'new'}, ['take', 'resolve', 'spam']],
  [{status: 'new', assignee: 'ada'}, ['take', 'resolve', 'spam']],
  [{status: 'in_progress', assignee: 'ada'}, ['resolve', 'spam']],
  [{status: 'in_progress', assignee: 'grace'}, ['take', 'resolve', 'spam']],
  [{status: 'resolved'}, ['take']],
  [{status: 'spam'}, []],
] as const)('ada is offered of %j: %j', (fields, steps) => {
  expect(possibleSteps(givenInquiry(fields), 'ada')).toEqual(steps);
});

test('nobody can take whose token does not name them', () => {
  expect(possibleSteps(givenInquiry({}), undefined)).toEqual(['resolve', 'spam']);
});

const GIVEN = INQUIRY_STATUSES.flatMap(status => [givenInquiry({status}), givenInquiry({status, assignee: 'grace'})]);
const DONE = GIVEN.flatMap(before => possibleSteps(before, 'ada').map(step => ({before, step})));
test.each(DONE)('$step of $before.status ($before.assignee) leads back by steps that are allowed', ({before, step}) => {
  const after = {...before, ...changeOf(step, 'ada')};
  let present: Inquiry = after;
  for (const change of changesBack(before, after)) {
    const {status = present.status} = change;
    if (status !== present.status) expect(NEXT_STATUSES[present.status]).toContain(status);
    present = {...present, ...change};
  }
  expect(present).toEqual(before);
});
