// The steps that take one press: what each changes, where the status machine allows it, and the way back.
import {type Inquiry, type InquiryPatch, type InquiryStatus, NEXT_STATUSES} from './inquiry-requests';

export const STEPS = ['take', 'resolve', 'spam'] as const;
export type Step = (typeof STEPS)[number];

/** Taking an inquiry is to be at work on it: it is assigned to this person, and in progress. */
export function changeOf(step: Step, userId: string | undefined): InquiryPatch {
  if (step === 'take') return {status: 'in_progress', assignee: userId};
  return {status: step === 'resolve' ? 'resolved' : 'spam'};
}

/** Those that change something and that the status machine allows; nobody can take whose token does not name them. */
export function possibleSteps({status, assignee}: Inquiry, userId: string | undefined): Step[] {
  return STEPS.filter(step => {
    if (step === 'take' && (userId === undefined || (status === 'in_progress' && assignee === userId))) return false;
    const {status: next = status} = changeOf(step, userId);
    return next === status ? step === 'take' : NEXT_STATUSES[status].includes(next);
  });
}

/**
 * The changes, one after the other, that lead back from `after` to `before`: two where the status machine has no step
 * straight back, such as from resolved to new.
 */
export function changesBack(before: Inquiry, after: Inquiry): InquiryPatch[] {
  const assignee = before.assignee === after.assignee ? {} : {assignee: before.assignee};
  if (before.status === after.status) return [assignee];
  const last = {status: before.status, ...assignee};
  return NEXT_STATUSES[after.status].includes(before.status)
    ? [last]
    : [...between(after.status, before.status).map(status => ({status})), last];
}

function between(from: InquiryStatus, to: InquiryStatus): InquiryStatus[] {
  return NEXT_STATUSES[from].filter(status => NEXT_STATUSES[status].includes(to)).slice(0, 1);
}
