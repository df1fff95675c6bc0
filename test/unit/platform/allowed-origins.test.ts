// Which origins a list with wildcards allows.
import {createAllowedOrigins} from '../../../src/platform/allowed-origins';

const allowed = createAllowedOrigins([
  'https://www.example.org',
  'https://*.preview.example.org',
  'http://*.example.test:8080',
]);

test.each([
  'https://www.example.org',
  'https://a.preview.example.org',
  'https://pr-7.preview.example.org',
  'https://feature_x.preview.example.org',
  'https://xn--bcher-kva.preview.example.org',
  'http://a.example.test:8080',
])('allows %s', origin => {
  expect(allowed.includes(origin)).toBe(true);
});

test.each([
  'https://preview.example.org',
  'https://.preview.example.org',
  'https://*.preview.example.org',
  'https://a.b.preview.example.org',
  'https://a.preview.example.org:8443',
  'https://a.preview.example.org.evil.test',
  'https://evil.test/.preview.example.org',
  'https://evil.test#.preview.example.org',
  'https://ada@.preview.example.org',
  'http://a.preview.example.org',
  'https://a.example.test:8080',
  'http://a.example.test',
  'https://A.preview.example.org',
  `https://${'a'.repeat(64)}.preview.example.org`,
  'https://a.www.example.org',
  'null',
  '*',
  '',
])('does not allow "%s"', origin => {
  expect(allowed.includes(origin)).toBe(false);
});

test('without a wildcard, exact ones alone', () => {
  const exact = createAllowedOrigins(['https://www.example.org']);
  expect(['https://www.example.org', 'https://a.www.example.org'].map(origin => exact.includes(origin))).toEqual([
    true,
    false,
  ]);
});
