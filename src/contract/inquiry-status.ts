// What an inquiry can be, and the status machine. Without zod, so that browsers can have it.

/** What a triaged inquiry can be. */
export const INQUIRY_STATUSES = ['new', 'in_progress', 'resolved', 'spam'] as const;

export type InquiryStatus = (typeof INQUIRY_STATUSES)[number];

/** The status machine: where an inquiry can go next. Staying is no step, so it is always possible. */
export const NEXT_STATUSES: Readonly<Record<InquiryStatus, readonly InquiryStatus[]>> = {
  new: ['in_progress', 'resolved', 'spam'],
  in_progress: ['new', 'resolved', 'spam'],
  resolved: ['in_progress'], // opened again
  spam: ['new'], // it was none
};

/** The statuses from which an inquiry can come to be `status`, itself among them. */
export function statusesBefore(status: InquiryStatus): InquiryStatus[] {
  return INQUIRY_STATUSES.filter(from => from === status || NEXT_STATUSES[from].includes(status));
}
