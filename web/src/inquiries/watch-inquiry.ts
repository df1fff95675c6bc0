// An open inquiry is read again by itself: a change of it is no event, so the live feed learns of it only on its timer,
// and somebody is about to work on it here.

const EVERY_MS = 10_000;

/** Options of react-query: while the page is seen, and at once when it is seen again. */
export const WATCHED = {refetchInterval: EVERY_MS, refetchOnWindowFocus: 'always'} as const;
