// An inquiry as the back office reads it: only what the contract names.
import type {InquiryView} from '../contract/inquiry';
import type {Row} from '../models/column';
import type {Inquiry} from '../models/inquiry.model';

export function toView(inquiry: Row<Inquiry>): InquiryView {
  return {
    id: inquiry.id,
    topic: inquiry.topic,
    name: inquiry.name,
    email: inquiry.email,
    phone: inquiry.phone,
    company: inquiry.company,
    subject: inquiry.subject,
    message: inquiry.message,
    locale: inquiry.locale,
    sourceUrl: inquiry.sourceUrl,
    metadata: inquiry.metadata,
    privacyNoticeVersion: inquiry.privacyNoticeVersion,
    status: inquiry.status,
    assignee: inquiry.assignee,
    spamReasons: inquiry.spamReasons,
    version: inquiry.version,
    createdAt: inquiry.createdAt.toISOString(),
    updatedAt: inquiry.updatedAt.toISOString(),
  };
}
