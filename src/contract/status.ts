// What inquiries and subscriptions can be, and their status machines. Without zod, so that browsers can have it.

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

/** What a subscription can be. */
export const SUBSCRIPTION_STATUSES = ['active', 'pending', 'unsubscribed'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/**
 * What the back office may turn a subscription into. Who has left asks again by `POST /subscriptions` only, since that is
 * where new consent is recorded, and waits as `pending` then.
 */
export const NEXT_SUBSCRIPTION_STATUSES: Readonly<Record<SubscriptionStatus, readonly SubscriptionStatus[]>> = {
  pending: ['active', 'unsubscribed'],
  active: ['unsubscribed'],
  unsubscribed: [],
};
