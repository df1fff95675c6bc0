// The fields that the script for forms knows are those of the contract.
import {inquirySubmissionSchema} from '../../../src/contract/inquiry';
import {INQUIRY_FIELDS} from '../../../web/embed/field-names';

test('the script for forms knows each field of an inquiry, and puts any other into metadata', () => {
  expect([...INQUIRY_FIELDS, 'metadata'].sort()).toEqual(Object.keys(inquirySubmissionSchema.shape).sort());
});
