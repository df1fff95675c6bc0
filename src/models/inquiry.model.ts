// The inquiry as LoopBack's repository sees it; columns are named by hand, since the connector would lower-case them.
// Limits and rules live in the contract and in the migration, not here.
import {Entity, model, property} from '@loopback/repository';
import type {INQUIRY_STATUSES} from '../contract/inquiry-status';

const column = (columnName: string, dataType: string) => ({postgresql: {columnName, dataType}});

@model({settings: {strict: true, postgresql: {table: 'inquiry'}}})
export class Inquiry extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  id: string;
  @property({type: 'string', required: true, ...column('topic', 'varchar')})
  topic: string;
  @property({type: 'string', required: true, ...column('name', 'varchar')})
  name: string;
  @property({type: 'string', required: true, ...column('email', 'varchar')})
  email: string;
  @property({type: 'string', ...column('phone', 'varchar')})
  phone: string | null;
  @property({type: 'string', ...column('company', 'varchar')})
  company: string | null;
  @property({type: 'string', ...column('subject', 'varchar')})
  subject: string | null;
  @property({type: 'string', required: true, ...column('message', 'varchar')})
  message: string;
  @property({type: 'string', ...column('locale', 'varchar')})
  locale: string | null;
  @property({type: 'string', ...column('source_url', 'varchar')})
  sourceUrl: string | null;
  @property({type: 'object', ...column('metadata', 'jsonb')})
  metadata: Record<string, string> | null;
  @property({type: 'string', ...column('privacy_notice_version', 'varchar')})
  privacyNoticeVersion: string | null;
  @property({type: 'string', ...column('status', 'inquiry_status')})
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
