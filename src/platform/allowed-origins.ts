// Which origins are allowed: exact ones, and families of them by one wildcard in place of the first label of the host.
// Two look-ups decide, however many there are.

/** Anything that knows origins; an array of exact ones does. */
export interface AllowedOrigins {
  /** Whether this is one of them. `origin` is text as browsers send it; any other is none. */
  includes(origin: string): boolean;
}

// A label of a host name as it travels (RFC 1035, and the underscore that some previews have).
const FIRST_LABEL = /^(https?:\/\/)[a-z0-9_-]{1,63}(?=\.)/;

/**
 * `https://*.preview.example.org` allows `https://a.preview.example.org`: one label, on the same scheme and port, and
 * neither `https://preview.example.org` nor `https://a.b.preview.example.org`. ALLOWED_ORIGINS checks what is given.
 */
export function createAllowedOrigins(origins: readonly string[]): AllowedOrigins {
  const known = new Set(origins);
  const hasWildcard = origins.some(origin => origin.includes('*'));
  return {
    includes: origin => {
      if (origin.includes('*')) return false;
      return known.has(origin) || (hasWildcard && known.has(origin.replace(FIRST_LABEL, '$1*')));
    },
  };
}
