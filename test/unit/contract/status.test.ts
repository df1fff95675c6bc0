// The status machine of inquiries.
import {INQUIRY_STATUSES, NEXT_STATUSES, statusesBefore} from '../../../src/contract/status';

test('has these steps and no others', () => {
  expect(NEXT_STATUSES).toEqual({
    new: ['in_progress', 'resolved', 'spam'],
    in_progress: ['new', 'resolved', 'spam'],
    resolved: ['in_progress'],
    spam: ['new'],
  });
});

test.each(INQUIRY_STATUSES)('a step to %s starts where NEXT_STATUSES leads to it, or there', status => {
  const before = statusesBefore(status);
  for (const from of INQUIRY_STATUSES) {
    expect({from, is: before.includes(from)}).toEqual({
      from,
      is: from === status || NEXT_STATUSES[from].includes(status),
    });
  }
});

test('every status can be left and reached, and none leads to itself', () => {
  for (const status of INQUIRY_STATUSES) {
    expect(NEXT_STATUSES[status].length).toBeGreaterThan(0);
    expect(statusesBefore(status).length).toBeGreaterThan(1);
    expect(NEXT_STATUSES[status]).not.toContain(status);
  }
});
