// Points in time as filters take them.
import {z} from 'zod';

/** An ISO 8601 date and time with offset or Z; becomes a Date. */
export const dateTime = z.iso.datetime({offset: true}).transform(text => new Date(text));
