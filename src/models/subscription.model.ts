// The subscription as LoopBack's repository sees it. Limits and rules live in the contract and in the migration.
import {Entity, model, property} from '@loopback/repository';
import type {SUBSCRIPTION_STATUSES} from '../contract/subscription';

const column = (columnName: string, dataType: string) => ({postgresql: {columnName, dataType}});

@model({settings: {strict: true, postgresql: {table: 'subscription'}}})
export class Subscription extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  id: string;
  @property({type: 'string', required: true, ...column('email', 'varchar')})
  email: string;
  @property({type: 'string', required: true, ...column('email_normalized', 'varchar')})
  emailNormalized: string;
  @property({type: 'string', required: true, ...column('list', 'varchar')})
  list: string;
  @property({type: 'string', ...column('locale', 'varchar')})
  locale: string | null;
  @property({type: 'string', ...column('status', 'subscription_status')})
  status: (typeof SUBSCRIPTION_STATUSES)[number];
  @property({type: 'string', required: true, ...column('consent_version', 'varchar')})
  consentVersion: string;
  @property({type: 'string', required: true, ...column('consent_text_sha256', 'varchar')})
  consentTextSha256: string;
  @property({type: 'date', required: true, ...column('consented_at', 'timestamptz')})
  consentedAt: Date;
  @property({type: 'string', ...column('source_url', 'varchar')})
  sourceUrl: string | null;
  @property({type: 'date', ...column('unsubscribed_at', 'timestamptz')})
  unsubscribedAt: Date | null;
  @property({type: 'number', ...column('version', 'integer')})
  version: number;
  @property({type: 'date', ...column('created_at', 'timestamptz')})
  createdAt: Date;
  @property({type: 'date', ...column('updated_at', 'timestamptz')})
  updatedAt: Date;
}
