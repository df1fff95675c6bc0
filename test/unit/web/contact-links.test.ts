// What softphones dial and mail programs open, of numbers and addresses as people type them.
import {mailLink, phoneLink} from '../../../web/src/inquiries/contact-links';

test.each([
  ['+43 (0)1 23 45', 'tel:+4312345'],
  ['+49 40 5550199', 'tel:+49405550199'],
  ['+49 (40) 555-0199', 'tel:+49405550199'],
  ['(555) 010-7788', 'tel:5550107788'],
  ['(0)30 1234567', 'tel:0301234567'], // no country: the zero is dialled
  ['0049.30/12 34', 'tel:0049301234'],
  ['+1 555 010 7788 ext. 12', 'tel:+15550107788;ext=12'],
  ['+1 555 010 7788 x12', 'tel:+15550107788;ext=12'],
  ['1-800-FLOWERS', undefined],
  ['call my office', undefined],
  ['+', undefined],
])('phone %s', (phone, link) => {
  expect(phoneLink(phone)).toBe(link);
});

test.each([
  ['a+b@example.org', 'mailto:a+b@example.org'],
  ['katharina.weiß@bücher.example', 'mailto:katharina.wei%C3%9F@b%C3%BCcher.example'],
  ['r&d@example.org', 'mailto:r%26d@example.org'],
  ['what?subject=x@example.org', 'mailto:what%3Fsubject%3Dx@example.org'],
  ['100%@example.org', 'mailto:100%25@example.org'],
])('address %s', (email, link) => {
  expect(mailLink(email)).toBe(link);
  expect(decodeURIComponent(mailLink(email))).toBe(`mailto:${email}`);
});
