// Which query parameters are nobody's mistake.
import {withoutAnalytics} from '../../../src/rest/http/query';

test.each([
  ['/inquiries', '/inquiries'],
  ['/inquiries?', '/inquiries?'],
  ['/inquiries?utm_source=x&_gl=1', '/inquiries'],
  ['/inquiries?utm_source=a&utm_source=b&utm_term=%E4', '/inquiries'],
  ['/inquiries?gclid=1&fbclid=2&msclkid=3&GCLID=4&gad_source=5&mc_eid=6', '/inquiries'],
  ['/inquiries?a=1&utm_source=x&b=utm_y', '/inquiries?a=1&b=utm_y'],
  ['/inquiries?utm=1', '/inquiries?utm=1'],
  ['/inquiries?_global=1&topic=sales', '/inquiries?_global=1&topic=sales'],
])('of %s stays %s', (target, expected) => {
  expect(withoutAnalytics(target)).toBe(expected);
});
