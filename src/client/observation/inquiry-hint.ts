// Reads a hint that came from outside: from the gateway, or from another tab.
import type {InquirySubmitted} from '../../contract/events';
import type {Toast} from '../feed-types';

/** The hint in `data`, and nothing else of it; undefined when it is none. */
export function readToast(message: unknown): Toast | undefined {
  const {data} = Object(message) as {data?: unknown};
  const {inquiryId, topic, receivedAt} = Object(data) as Partial<Record<keyof Toast, unknown>>;
  if (typeof inquiryId !== 'string' || typeof topic !== 'string' || typeof receivedAt !== 'string') return undefined;
  return {inquiryId, topic, receivedAt} satisfies InquirySubmitted['data'];
}
