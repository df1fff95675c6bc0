// The subscription as LoopBack's repository sees it. Limits and rules live in the contract and in the migration.
import {Entity, model, property} from '@loopback/repository';
import type {SubscriptionStatus} from '../contract/status';
import {column} from './column';

@model({settings: {strict: true, postgresql: {table: 'subscription'}}})
export class Subscription extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  declare id: string;
  @property({type: 'string', required: true, ...column('email', 'varchar')})
  declare email: string;
  @property({type: 'string', required: true, ...column('email_normalized', 'varchar')})
  declare emailNormalized: string;
  @property({type: 'string', required: true, ...column('list', 'varchar')})
  declare list: string;
  @property({type: 'string', ...column('locale', 'varchar')})
  declare locale: string | null;
  @property({type: 'string', ...column('status', 'subscription_status')})
  declare status: SubscriptionStatus;
  @property({type: 'string', required: true, ...column('consent_version', 'varchar')})
  declare consentVersion: string;
  @property({type: 'string', required: true, ...column('consent_text_sha256', 'varchar')})
  declare consentTextSha256: string;
  @property({type: 'date', required: true, ...column('consented_at', 'timestamptz')})
  declare consentedAt: Date;
  @property({type: 'string', ...column('source_url', 'varchar')})
  declare sourceUrl: string | null;
  @property({type: 'date', ...column('unsubscribed_at', 'timestamptz')})
  declare unsubscribedAt: Date | null;
  @property({type: 'number', ...column('version', 'integer')})
  declare version: number;
  @property({type: 'date', ...column('created_at', 'timestamptz')})
  declare createdAt: Date;
  @property({type: 'date', ...column('updated_at', 'timestamptz')})
  declare updatedAt: Date;
}
