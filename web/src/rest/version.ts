// The condition of a change: the version that was read, from the body. A proxy that compresses rewrites the header ETag
// to `W/"1"` or `"1-gzip"`, or drops it; a row of a list has none.

/** The header If-Match with the strong tag that the service gives this version (RFC 9110, 13.1.1). */
export function ifVersion({version}: {version: number}): {'if-match': string} {
  return {'if-match': `"${version}"`};
}
