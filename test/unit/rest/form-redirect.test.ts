// allowedRedirect: only pages of the allowed origins, however the URL is dressed up.
import {ProblemError} from '../../../src/contract/problem';
import {allowedRedirect} from '../../../src/rest/form-redirect';

const ORIGINS = ['https://www.example.org', 'http://localhost:3000'];

test.each([
  ['https://www.example.org', 'https://www.example.org/'],
  ['HTTPS://WWW.EXAMPLE.ORG:443/a b?c#d', 'https://www.example.org/a%20b?c#d'],
  ['http://localhost:3000/thanks', 'http://localhost:3000/thanks'],
  ['https://www.example.org\\@evil.test/', 'https://www.example.org/@evil.test/'],
  ['https://www.example.org/\r\nX: y', 'https://www.example.org/X:%20y'],
])('%j leads to %s', (next, location) => {
  expect(allowedRedirect(next, ORIGINS)).toBe(location);
});

test.each([
  '',
  '/',
  '//www.example.org',
  'www.example.org',
  'http://www.example.org',
  'https://www.example.org.',
  'https://www.example.org:8443',
  'https://www.example.org@evil.test',
  'https://evil.test#https://www.example.org',
  'https://evil.test\\@www.example.org',
  'https://www。example.org.evil.test',
  'http://localhost:3001',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://www.example.org/x',
  'file:///x',
  'null',
  'http:/www.example.org',
  'https://ada@www.example.org/',
  'https://ada:secret@www.example.org/',
  'https://:secret@www.example.org/',
  `https://www.example.org/${'a'.repeat(2048)}`,
  `https://www.example.org/${'é'.repeat(400)}`, // longer than that once it is escaped
])('%j leads nowhere', next => {
  expect(() => allowedRedirect(next, ORIGINS)).toThrow(ProblemError);
});

test('without allowed origins every place is refused, an opaque one too', () => {
  for (const next of ['https://www.example.org', 'data:,x', 'about:blank']) {
    expect(() => allowedRedirect(next, [])).toThrow(ProblemError);
  }
});
