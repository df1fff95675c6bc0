// An entry of the activity log as LoopBack's repository sees it. The table is append-only; rules live in the migrations.
import {Entity, model, property} from '@loopback/repository';
import type {ACTIVITY_KINDS} from '../contract/triage';
import {column} from './column';

@model({settings: {strict: true, postgresql: {table: 'inquiry_activity'}}})
export class InquiryActivity extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  declare id: string;
  @property({type: 'string', required: true, ...column('inquiry_id', 'uuid')})
  declare inquiryId: string;
  @property({type: 'string', required: true, ...column('kind', 'inquiry_activity_kind')})
  declare kind: (typeof ACTIVITY_KINDS)[number];
  @property({type: 'string', required: true, ...column('actor', 'text')})
  declare actor: string;
  @property({type: 'string', ...column('from_value', 'text')})
  declare fromValue: string | null;
  @property({type: 'string', ...column('to_value', 'text')})
  declare toValue: string | null;
  @property({type: 'string', ...column('note', 'varchar')})
  declare note: string | null;
  @property({type: 'date', required: true, ...column('created_at', 'timestamptz')})
  declare createdAt: Date;
}
