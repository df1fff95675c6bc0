// The inquiry as LoopBack's repository sees it, and the one list of its columns: lists, JSON, CSV, INSERTs and erasure are made of
// it (repositories/inquiry/inquiry-list.ts). Limits and rules live in the contract and in the migration, not here.
import {Entity, model, property} from '@loopback/repository';
import type {MetadataValue} from '../contract/metadata';
import type {InquiryStatus} from '../contract/status';
import {column} from './column';

@model({settings: {strict: true, postgresql: {table: 'inquiry'}}})
export class Inquiry extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  declare id: string;
  @property({type: 'string', required: true, ...column('topic', 'varchar', 'code')})
  declare topic: string;
  @property({type: 'string', required: true, ...column('name', 'varchar')})
  declare name: string;
  @property({type: 'string', required: true, ...column('email', 'varchar')})
  declare email: string;
  @property({type: 'string', ...column('phone', 'varchar', 'phone')})
  declare phone: string | null;
  @property({type: 'string', ...column('company', 'varchar')})
  declare company: string | null;
  @property({type: 'string', ...column('subject', 'varchar')})
  declare subject: string | null;
  @property({type: 'string', required: true, ...column('message', 'varchar')})
  declare message: string;
  @property({type: 'string', ...column('locale', 'varchar')})
  declare locale: string | null;
  @property({type: 'string', ...column('source_url', 'varchar')})
  declare sourceUrl: string | null;
  @property({type: 'object', ...column('metadata', 'jsonb')})
  declare metadata: Record<string, MetadataValue> | null;
  @property({type: 'string', ...column('privacy_notice_version', 'varchar')})
  declare privacyNoticeVersion: string | null;
  @property({type: 'string', ...column('status', 'inquiry_status')})
  declare status: InquiryStatus;
  @property({type: 'string', ...column('assignee', 'text')})
  declare assignee: string | null;
  @property({type: 'array', itemType: 'string', ...column('spam_reasons', 'jsonb')})
  declare spamReasons: string[];
  @property({type: 'number', ...column('version', 'integer')})
  declare version: number;
  @property({type: 'date', ...column('created_at', 'timestamptz')})
  declare createdAt: Date;
  @property({type: 'date', ...column('updated_at', 'timestamptz')})
  declare updatedAt: Date;
}
