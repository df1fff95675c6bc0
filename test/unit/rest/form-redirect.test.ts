// readRedirect: only pages of the allowed origins, however the URL is dressed up; and why any other is none.
import {MAX_REDIRECT, readRedirect} from '../../../src/rest/http/form-redirect';

const ORIGINS = ['https://www.example.org', 'http://localhost:3000'];

test.each([
  ['https://www.example.org', 'https://www.example.org/'],
  ['HTTPS://WWW.EXAMPLE.ORG:443/a b?c#d', 'https://www.example.org/a%20b?c#d'],
  ['http://localhost:3000/thanks', 'http://localhost:3000/thanks'],
  ['https://www.example.org\\@evil.test/', 'https://www.example.org/@evil.test/'],
  ['https://www.example.org/\r\nX: y', 'https://www.example.org/X:%20y'],
])('%j leads to %s', (next, location) => {
  expect(readRedirect(next, ORIGINS)).toEqual({location});
});

test.each([
  ['', 'not_absolute'],
  ['/', 'not_absolute'],
  ['//www.example.org', 'not_absolute'],
  ['www.example.org', 'not_absolute'],
  ['http://www.example.org', 'origin'],
  ['https://www.example.org.', 'origin'],
  ['https://www.example.org:8443', 'origin'],
  ['https://www.example.org@evil.test', 'origin'],
  ['https://evil.test#https://www.example.org', 'origin'],
  ['https://evil.test\\@www.example.org', 'origin'],
  ['https://www。example.org.evil.test', 'origin'],
  ['http://localhost:3001', 'origin'],
  ['javascript:alert(1)', 'not_absolute'],
  ['data:text/html,x', 'not_absolute'],
  ['blob:https://www.example.org/x', 'not_absolute'],
  ['file:///x', 'not_absolute'],
  ['null', 'not_absolute'],
  ['http:/www.example.org', 'not_absolute'],
  ['https://ada@www.example.org/', 'credentials'],
  ['https://ada:secret@www.example.org/', 'credentials'],
  ['https://:secret@www.example.org/', 'credentials'],
  [`https://www.example.org/${'a'.repeat(MAX_REDIRECT)}`, 'too_long'],
  [`https://www.example.org/${'é'.repeat(400)}`, 'too_long'], // once it is escaped
])('%j leads nowhere: %s', (next, refusal) => {
  expect(readRedirect(next, ORIGINS)).toEqual({refusal});
});

test('without allowed origins every place is refused, an opaque one too', () => {
  for (const next of ['https://www.example.org', 'data:,x', 'about:blank']) {
    expect(readRedirect(next, [])).toEqual({refusal: expect.any(String) as string});
  }
});
