// As `lb4 model` and `lb4 discover` write it, with the rules of outreach's contract in jsonSchema, where AJV reads them.
import {Entity, model, property} from '@loopback/repository';

const column = (columnName: string, dataType: string) => ({postgresql: {columnName, dataType}});
const NO_CONTROLS = '^[^\\u0000-\\u001F\\u007F-\\u009F\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069]*$';
const line = (maxLength: number) => ({jsonSchema: {minLength: 1, maxLength, pattern: NO_CONTROLS}});

@model({settings: {strict: true, postgresql: {schema: 'public', table: 'inquiry'}}})
export class Inquiry extends Entity {
  @property({type: 'string', id: true, generated: false, ...column('id', 'uuid')})
  id: string;

  @property({
    type: 'string',
    required: true,
    jsonSchema: {enum: ['general', 'sales', 'support', 'partnership', 'press', 'careers']},
    ...column('topic', 'text'),
  })
  topic: string;

  @property({type: 'string', required: true, ...line(120), ...column('name', 'text')})
  name: string;

  @property({type: 'string', required: true, jsonSchema: {maxLength: 254, format: 'email'}, ...column('email', 'text')})
  email: string;

  @property({type: 'string', ...line(32), ...column('phone', 'text')})
  phone?: string;

  @property({type: 'string', ...line(160), ...column('company', 'text')})
  company?: string;

  @property({type: 'string', ...line(200), ...column('subject', 'text')})
  subject?: string;

  @property({
    type: 'string',
    required: true,
    jsonSchema: {
      minLength: 1,
      maxLength: 5000,
      pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$',
    },
    ...column('message', 'text'),
  })
  message: string;

  @property({
    type: 'string',
    jsonSchema: {maxLength: 35, pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'},
    ...column('locale', 'text'),
  })
  locale?: string;

  @property({type: 'string', jsonSchema: {...line(2048).jsonSchema, format: 'uri'}, ...column('source_url', 'text')})
  sourceUrl?: string;

  @property({
    type: 'object',
    jsonSchema: {
      propertyNames: {pattern: '^[A-Za-z0-9_.-]{1,64}$'},
      additionalProperties: {type: 'string', maxLength: 1000, pattern: NO_CONTROLS},
    },
    ...column('metadata', 'jsonb'),
  })
  metadata?: object;

  @property({type: 'string', ...line(64), ...column('privacy_notice_version', 'text')})
  privacyNoticeVersion?: string;

  @property({type: 'date', required: true, ...column('created_at', 'timestamptz')})
  createdAt: Date;

  @property({type: 'date', required: true, ...column('updated_at', 'timestamptz')})
  updatedAt: Date;

  @property({type: 'string', required: true, ...column('search_words', 'tsvector')})
  searchWords: string;

  @property({type: 'string', required: true, ...column('search_text', 'text')})
  searchText: string;

  constructor(data?: Partial<Inquiry>) {
    super(data);
  }
}
