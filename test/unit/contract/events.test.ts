// INQUIRY_SUBMITTED: the same inquiry always gives the same event, small and without personal data.
import {inquirySubmittedSchema, observeRequestSchema, toInquirySubmitted} from '../../../src/contract/events';

const INQUIRY = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  topic: 'sales',
  createdAt: '2026-01-02T03:04:05.678Z',
};

test('the event of an inquiry is a CloudEvent that its schema accepts', () => {
  const event = toInquirySubmitted(INQUIRY);
  expect(inquirySubmittedSchema.parse(event)).toEqual(event);
  expect(event).toMatchObject({
    specversion: '1.0',
    id: `inquiry-submitted-${INQUIRY.id}`,
    subject: `inquiries/${INQUIRY.id}`,
    time: '2026-01-02T03:04:05.678Z',
  });
});

test('a repeat gives the same event, byte for byte', () => {
  expect(JSON.stringify(toInquirySubmitted({...INQUIRY}))).toBe(JSON.stringify(toInquirySubmitted(INQUIRY)));
});

test('nothing but id, topic and time leaves, whatever the inquiry holds, in at most 1 KB', () => {
  const personal = {name: 'zqMark7', email: 'zqmark7@example.org', message: 'zqMark7', phone: 'zqMark7'};
  const text = JSON.stringify(toInquirySubmitted({...INQUIRY, ...personal, topic: 't'.repeat(40)}));
  expect(text).not.toMatch(/zqMark7/i);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
});

test('the schema takes no field more, not even inside data', () => {
  const event = toInquirySubmitted(INQUIRY);
  expect(inquirySubmittedSchema.safeParse({...event, name: 'Ada'}).success).toBe(false);
  expect(inquirySubmittedSchema.safeParse({...event, data: {...event.data, email: 'a@b.org'}}).success).toBe(false);
});

test.each([[{}], [{topics: []}], [{topics: ['sales']}], [{topics: ['*']}], [{topics: ['Sales!', '']}]])(
  '%j is a request to observe',
  request => {
    expect(observeRequestSchema.safeParse(request).success).toBe(true);
  },
);

test.each([
  [null],
  ['sales'],
  [{topics: 'sales'}],
  [{topics: [1]}],
  [{topics: null}],
  [{rooms: ['inquiries']}],
  [{topics: Array(101).fill('a')}],
])('%j is no request to observe', request => {
  expect(observeRequestSchema.safeParse(request).success).toBe(false);
});
