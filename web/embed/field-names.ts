/** The fields of `POST /inquiries`; what else a form has goes into `metadata`. A test holds them equal to the contract's. */
export const INQUIRY_FIELDS: readonly string[] = [
  'topic',
  'name',
  'email',
  'phone',
  'company',
  'subject',
  'message',
  'locale',
  'sourceUrl',
  'privacyNoticeVersion',
];
