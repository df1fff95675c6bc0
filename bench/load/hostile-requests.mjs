// What attackers send to REST: valid and cheap, valid and dear, and wrong in the ways that cost most to say so.
import {randomBytes} from 'node:crypto';
import {FIELDS, inTurn, readOf, submissions} from './requests.mjs';

/** How many texts take turns, so that no index always meets the same one. */
export const DIFFERENT = 64;
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const VALID = {topic: 'sales', name: 'Mallory', email: 'mallory@example.org', message: 'Hello'};
const BODY_BYTES = 32 * 1024; // what REST takes at most
const IDEOGRAPHS = {first: 0x4e00, count: 20_000};
const SIGNATURE_BYTES = 256; // of RS256

/** A POST as text. */
export function postOf(host, path, body, type = JSON_TYPE) {
  const length = Buffer.byteLength(body);
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`;
}

/** Bodies of up to 32 KB by what makes them dear, with their media type where it is not JSON. */
export const DEAR_BODIES = {
  // Sorting marks by their class is quadratic in how many follow each other (UAX #15).
  '15,800 accents out of order': () => withMessage(accents(7900)),
  '4,998 accents out of order, a valid length': () => withMessage(accents(2499)),
  'a page address of accents': () => JSON.stringify({...VALID, sourceUrl: `https://example.org/${accents(7500)}`}),
  '17 KB of CJK with an @': ideographs,
  'bad metadata keys': () => JSON.stringify({...VALID, metadata: manyFields(key => `!${key}`)}),
  'unknown fields': () => JSON.stringify({...manyFields(key => key), ...VALID}),
  'unknown fields of a form': () => new URLSearchParams(manyFields(key => key)).toString(),
};

/** The request with one of them. */
export function dearRequest(host, name) {
  return postOf(host, '/inquiries', DEAR_BODIES[name](), name.endsWith('form') ? FORM_TYPE : JSON_TYPE);
}

/** Gives the next request of a flood. */
export function hostileRequests(host, {what, token}) {
  switch (what) {
    case 'inquiries':
      return submissions(host);
    case 'ideographs':
      return inTurn(Array.from({length: DIFFERENT}, () => postOf(host, '/inquiries', ideographs())));
    case 'accents and keys':
      return inTurn([dearRequest(host, '15,800 accents out of order'), dearRequest(host, 'bad metadata keys')]);
    case 'subscriptions':
      return subscriptions(host);
    case 'refusals':
      return refusals(host, token);
    default:
      throw new Error(`no such request: ${what}`);
  }
}

/** What readers ask for who never read: twenty pages at once, or an export. */
export function bigReads(host, token) {
  const page = readOf(host, '/inquiries?limit=100', token);
  return inTurn([page.repeat(20), readOf(host, '/inquiries/export.csv', token)]);
}

/** A token that looks right and whose signature is wrong, another one each time. */
export function forged(token) {
  const [header, claims] = token.split('.');
  return [header, claims, randomBytes(SIGNATURE_BYTES).toString('base64url')].join('.');
}

function subscriptions(host) {
  const fields = {consentVersion: '2026-11', consentTextSha256: '0'.repeat(64), sourceUrl: FIELDS.sourceUrl};
  let count = 10_000_000 + Math.floor(Math.random() * 80_000_000);
  return () => postOf(host, '/subscriptions', JSON.stringify({email: `mallory.${++count}@example.org`, ...fields}));
}

// Nothing there, a probe, and a token that has to be verified to be refused.
function refusals(host, token) {
  const get = path => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const next = inTurn([() => get('/nope'), () => get('/ready'), () => readOf(host, '/inquiries', forged(token))]);
  return () => next()();
}

function withMessage(message) {
  return JSON.stringify({...VALID, message});
}

function accents(count) {
  return `a${'\u0301'.repeat(count)}${'\u0316'.repeat(count)}`;
}

// Every field that takes a free text is full: 5,000 characters of three bytes are the message alone.
function ideographs() {
  const text = length =>
    Array.from({length}, () => String.fromCharCode(IDEOGRAPHS.first + Math.random() * IDEOGRAPHS.count)).join('');
  const rest = {name: text(120), company: text(160), subject: text(200)};
  return JSON.stringify({...VALID, ...rest, message: `${text(2500)}@${text(2499)}`});
}

// As many as fit, each with a value that is no text.
function manyFields(keyOf) {
  const fields = {};
  let bytes = 300;
  for (let index = 0; bytes < BODY_BYTES; index++) {
    const key = keyOf(index.toString(36));
    fields[key] = 1;
    bytes += key.length + 5;
  }
  return fields;
}
