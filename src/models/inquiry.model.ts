// The inquiry as LoopBack's repository sees it; columns are named by hand, since the connector would lower-case them.
// Limits and rules live in the contract and in the migration, not here.
import {Entity, model, property} from '@loopback/repository';
import type {INQUIRY_STATUSES} from '../contract/inquiry-status';

const column = (columnName: string, dataType: string) => ({postgresql: {columnName, dataType}});

@model({settings: {strict: true, postgresql: {table: 'inquiry'}}})
export class Inquiry extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  id: string;
  @property({type: 'string', required: true, ...column('topic', 'text')})
  topic: string;
  @property({type: 'string', required: true, ...column('name', 'text')})
  name: string;
  @property({type: 'string', required: true, ...column('email', 'text')})
  email: string;
  @property({type: 'string', required: true, ...column('email_normalized', 'text')})
  emailNormalized: string;
  @property({type: 'string', ...column('phone', 'text')})
  phone: string | null;
  @property({type: 'string', ...column('company', 'text')})
  company: string | null;
  @property({type: 'string', ...column('subject', 'text')})
  subject: string | null;
  @property({type: 'string', required: true, ...column('message', 'text')})
  message: string;
  @property({type: 'string', ...column('locale', 'text')})
  locale: string | null;
  @property({type: 'string', ...column('source_url', 'text')})
  sourceUrl: string | null;
  @property({type: 'object', ...column('metadata', 'jsonb')})
  metadata: Record<string, string> | null;
  @property({type: 'string', ...column('privacy_notice_version', 'text')})
  privacyNoticeVersion: string | null;
  @property({type: 'string', ...column('status', 'text')})
  status: (typeof INQUIRY_STATUSES)[number];
  @property({type: 'string', ...column('assignee', 'text')})
  assignee: string | null;
  @property({type: 'array', itemType: 'string', ...column('spam_reasons', 'jsonb')})
  spamReasons: string[];
  @property({type: 'number', ...column('version', 'integer')})
  version: number;
  @property({type: 'date', ...column('created_at', 'timestamptz')})
  createdAt: Date;
  @property({type: 'date', ...column('updated_at', 'timestamptz')})
  updatedAt: Date;
}
