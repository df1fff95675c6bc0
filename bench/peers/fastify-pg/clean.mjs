// What AJV cannot do: the rules that need a function, and of outreach's cleaning of text what every text needs.

/** Text as it is stored; throws for a lone surrogate. */
export function clean(text) {
  if (!text.isWellFormed()) throw badRequest('must be well-formed Unicode');
  return text.normalize('NFC').trim();
}

/** Text with newlines. */
export function cleanLines(text) {
  return clean(text.replaceAll('\r\n', '\n'));
}

/** The page without query and fragment. */
export function cleanUrl(text) {
  const trimmed = clean(text);
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) throw badRequest('must be an http or https URL');
  const url = new URL(trimmed);
  return url.origin + url.pathname;
}

/** JSON of at most 4 KB. */
export function cleanMetadata(metadata) {
  const cleaned = {};
  for (const key in metadata) cleaned[key] = clean(metadata[key]);
  const text = JSON.stringify(cleaned);
  if (Buffer.byteLength(text) > 4096) throw badRequest('must be at most 4 KB as JSON');
  return text;
}

export function badRequest(message) {
  return Object.assign(new Error(message), {statusCode: 422});
}
