// The rules and answers of outreach's contract as JSON schemas: AJV compiles the one, fast-json-stringify the other.
const NO_CONTROLS = '^[^\\u0000-\\u001F\\u007F-\\u009F\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069]*$';
const line = maxLength => ({type: 'string', minLength: 1, maxLength, pattern: NO_CONTROLS});
const TOPICS = ['general', 'sales', 'support', 'partnership', 'press', 'careers'];

export const submission = {
  type: 'object',
  additionalProperties: false,
  required: ['topic', 'name', 'email', 'message'],
  properties: {
    topic: {enum: TOPICS},
    name: line(120),
    email: {type: 'string', maxLength: 254, format: 'email'},
    phone: line(32),
    company: line(160),
    subject: line(200),
    message: {
      type: 'string',
      minLength: 1,
      maxLength: 5000,
      pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$',
    },
    locale: {type: 'string', maxLength: 35, pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'},
    sourceUrl: line(2048),
    metadata: {
      type: 'object',
      propertyNames: {pattern: '^[A-Za-z0-9_.-]{1,64}$'},
      additionalProperties: {type: 'string', maxLength: 1000, pattern: NO_CONTROLS},
    },
    privacyNoticeVersion: line(64),
  },
};

export const receipt = {
  type: 'object',
  properties: {id: {type: 'string'}, receivedAt: {type: 'string'}},
  required: ['id', 'receivedAt'],
};

export const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status: {enum: ['new', 'in_progress', 'resolved', 'spam']},
    topic: {enum: TOPICS},
    createdFrom: {type: 'string', format: 'date-time'},
    createdTo: {type: 'string', format: 'date-time'},
    limit: {type: 'integer', minimum: 1, maximum: 100, default: 25},
    cursor: {type: 'string', maxLength: 200},
  },
};

const text = {type: 'string'};
const nullable = {type: ['string', 'null']};
export const list = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      id: text,
      topic: text,
      name: text,
      email: text,
      phone: nullable,
      company: nullable,
      subject: nullable,
      message: text,
      locale: nullable,
      sourceUrl: nullable,
      metadata: {anyOf: [{type: 'null'}, {type: 'object', additionalProperties: {type: 'string'}}]},
      privacyNoticeVersion: nullable,
      status: text,
      assignee: nullable,
      spamReasons: {type: 'array', items: text},
      version: {type: 'integer'},
      createdAt: {type: 'string', format: 'date-time'},
      updatedAt: {type: 'string', format: 'date-time'},
    },
  },
};
