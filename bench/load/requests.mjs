// What the load generator sends: realistic inquiries, each one unique, and reads with a token.

/** The fields of an inquiry that do not change, as a visitor's form sends them; about 700 bytes of JSON. */
export const FIELDS = {
  topic: 'sales',
  name: 'Zoë Müller-Lüdenscheidt',
  phone: '+49 30 901820',
  company: 'Example Trading Ltd',
  subject: 'Ten of them, delivered in spring',
  message:
    'Hello, we are a small company and are looking for a supplier of what you showed at the fair last week. ' +
    'What would ten of them cost, delivered to Berlin in March, and how long is the warranty?\n' +
    'We would also like to know whether spare parts can be had after five years, and who repairs them. ' +
    'Please answer by e-mail; we are on the road until Friday.\nKind regards',
  locale: 'en-GB',
  sourceUrl: 'https://www.example.org/products/contact',
  metadata: {utm_source: 'newsletter', utm_campaign: 'spring'},
  privacyNoticeVersion: '2026-11',
};
/** Of every unique e-mail address: this, eight digits, and the domain. */
export const EMAIL_PREFIX = 'Visitor.';
export const EMAIL_DOMAIN = '@example.org';

/** Gives the next POST /inquiries; each has an address of its own. */
export function submissions(host) {
  const [before, after] = JSON.stringify({...FIELDS, email: '%'}).split('%');
  const length = Buffer.byteLength(before) + EMAIL_PREFIX.length + 8 + EMAIL_DOMAIN.length + Buffer.byteLength(after);
  const head =
    `POST /inquiries HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${length}\r\n\r\n${before}${EMAIL_PREFIX}`;
  const tail = EMAIL_DOMAIN + after;
  let count = 10_000_000 + Math.floor(Math.random() * 80_000_000);
  return () => head + String(++count) + tail;
}

/** Gives the next GET, of these paths in turn. */
export function reads(host, {paths, token}) {
  return inTurn(paths.map(path => readOf(host, path, token)));
}

/** Gives the next of these, over and over. */
export function inTurn(requests) {
  let next = 0;
  return () => requests[next++ % requests.length];
}

export function readOf(host, path, token) {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
}
