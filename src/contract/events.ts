// The one event, its payload and the typed event maps of the socket, for both sides.
// CloudEvents 1.0 in JSON, at most 1 KB, without personal data: Redis and gateway logs see no name or text.
import {z} from 'zod';
import {OBSERVE, SocketEvent} from './event-names';
import {topicSchema} from './fields';

export {OBSERVE, SocketEvent};

/** Payload of `INQUIRY_SUBMITTED`. `id` is derived from the inquiry, so that a repeat has the same id. */
export const inquirySubmittedSchema = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().max(80),
  source: z.literal('/outreach'),
  type: z.literal('outreach.inquiry.submitted.v1'),
  subject: z.string().max(80),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({inquiryId: z.uuid(), topic: topicSchema, receivedAt: z.iso.datetime()}),
});
export type InquirySubmitted = z.infer<typeof inquirySubmittedSchema>;

/** Builds the event of a committed inquiry; the same inquiry always gives the same event. `createdAt` is ISO 8601. */
export function toInquirySubmitted(inquiry: {id: string; topic: string; createdAt: string}): InquirySubmitted {
  const receivedAt = inquiry.createdAt;
  return {
    specversion: '1.0',
    id: `inquiry-submitted-${inquiry.id}`,
    source: '/outreach',
    type: 'outreach.inquiry.submitted.v1',
    subject: `inquiries/${inquiry.id}`,
    time: receivedAt,
    datacontenttype: 'application/json',
    data: {inquiryId: inquiry.id, topic: inquiry.topic, receivedAt},
  };
}

/**
 * What a client may ask to observe: some topics, or all that its token allows, with `'*'` or without `topics`. A topic is
 * any text here: one that does not exist is denied, and is no bad request.
 */
export const observeRequestSchema = z.strictObject({topics: z.array(z.string()).max(100).optional()});
export type ObserveRequest = z.infer<typeof observeRequestSchema>;

/** Answer to `observe`. `'*'` in `granted` means every topic, also those added later; what is granted can be asked for. */
export interface ObserveResult {
  ok: boolean;
  granted: string[];
  denied: string[];
  /** Present when `ok` is false. */
  error?: 'bad_request' | 'forbidden';
}

export interface ServerToClientEvents {
  INQUIRY_SUBMITTED: (event: InquirySubmitted) => void;
}

export interface ClientToServerEvents {
  [OBSERVE]: (request: ObserveRequest, ack: (result: ObserveResult) => void) => void;
}
