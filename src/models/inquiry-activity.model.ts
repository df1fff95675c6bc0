// An entry of the activity log as LoopBack's repository sees it. The table is append-only; rules live in the migrations.
import {Entity, model, property} from '@loopback/repository';
import type {ACTIVITY_KINDS} from '../contract/triage';

const column = (columnName: string, dataType: string) => ({postgresql: {columnName, dataType}});

@model({settings: {strict: true, postgresql: {table: 'inquiry_activity'}}})
export class InquiryActivity extends Entity {
  @property({type: 'string', id: true, ...column('id', 'uuid')})
  id: string;
  @property({type: 'string', required: true, ...column('inquiry_id', 'uuid')})
  inquiryId: string;
  @property({type: 'string', required: true, ...column('kind', 'inquiry_activity_kind')})
  kind: (typeof ACTIVITY_KINDS)[number];
  @property({type: 'string', required: true, ...column('actor', 'text')})
  actor: string;
  @property({type: 'string', ...column('from_value', 'text')})
  fromValue: string | null;
  @property({type: 'string', ...column('to_value', 'text')})
  toValue: string | null;
  @property({type: 'string', ...column('note', 'varchar')})
  note: string | null;
  @property({type: 'date', required: true, ...column('created_at', 'timestamptz')})
  createdAt: Date;
}
