// What AJV cannot do: the rules that need a function, and of outreach's cleaning of text what every text needs.
import {HttpErrors} from '@loopback/rest';

export function clean(text: string): string {
  if (!text.isWellFormed()) throw new HttpErrors.UnprocessableEntity('must be well-formed Unicode');
  return text.normalize('NFC').trim();
}

export function cleanUrl(text: string): string {
  const trimmed = clean(text);
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) {
    throw new HttpErrors.UnprocessableEntity('must be an http or https URL');
  }
  const url = new URL(trimmed);
  return url.origin + url.pathname;
}

export function cleanMetadata(metadata: object): object {
  const cleaned = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, clean(String(value))]));
  if (Buffer.byteLength(JSON.stringify(cleaned)) > 4096) {
    throw new HttpErrors.UnprocessableEntity('must be at most 4 KB as JSON');
  }
  return cleaned;
}
