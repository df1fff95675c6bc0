// An inquiry as the back office reads it: only what the contract names.
import {inquirySchema, type InquiryView} from '../contract/inquiry';
import type {Row} from '../models/column';
import type {Inquiry} from '../models/inquiry.model';

const FIELDS = Object.keys(inquirySchema.shape) as (keyof InquiryView)[]; // Object.keys forgets them

/** A row may have more than that. */
export function toView(row: Row<Inquiry>): InquiryView {
  const inquiry: InquiryView = {...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString()};
  return Object.fromEntries(FIELDS.map(field => [field, inquiry[field]])) as InquiryView; // each field of it
}
