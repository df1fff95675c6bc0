// How much one request may ask for. Without zod, so that browsers can have it.

/** Rows of one answer of a list, and changes of one answer of the feed: the largest `limit`. */
export const MAX_PAGE_ROWS = 100;

/** Rows that an `offset` may skip; further down, a cursor is the way. */
export const MAX_OFFSET = 10_000;

/** Values that one condition of a LoopBack filter may name, such as the ids of `inq`: a page can be read again by its ids. */
export const MAX_FILTER_VALUES = MAX_PAGE_ROWS;

/** Inquiries that one `PATCH /inquiries` can change. */
export const MAX_BULK_IDS = 100;
