// The same columns and values as outreach stores, a row at a time, prepared once for each connection. What the search reads
// is made by outreach's own function, since the schema leaves that to whoever stores a row.
import {uuidv7} from 'uuidv7';
import {searchedInquiry} from '../../../dist/repositories/inquiry/inquiry-search.js';
import {clean, cleanLines, cleanMetadata, cleanUrl} from './clean.mjs';

const text = `
INSERT INTO inquiry (id, topic, name, email, phone, company, subject, message, locale, source_url, metadata,
                     privacy_notice_version, created_at, updated_at, search_words, search_text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15)`;

/** Stores a valid submission; resolved means committed. */
export async function insert(pool, body) {
  const id = uuidv7();
  const createdAt = new Date();
  const inquiry = cleaned(body);
  const {words, text: searchText} = searchedInquiry({...inquiry, metadata: body.metadata});
  await pool.query({
    name: 'insert_inquiry',
    text,
    values: [
      id,
      inquiry.topic,
      inquiry.name,
      inquiry.email,
      inquiry.phone,
      inquiry.company,
      inquiry.subject,
      inquiry.message,
      inquiry.locale,
      inquiry.sourceUrl,
      inquiry.metadata,
      inquiry.privacyNoticeVersion,
      createdAt,
      words,
      searchText,
    ],
  });
  return {id, receivedAt: createdAt.toISOString()};
}

function cleaned(body) {
  return {
    topic: body.topic,
    name: clean(body.name),
    email: clean(body.email),
    phone: optional(body.phone, clean),
    company: optional(body.company, clean),
    subject: optional(body.subject, clean),
    message: cleanLines(body.message),
    locale: optional(body.locale, clean),
    sourceUrl: optional(body.sourceUrl, cleanUrl),
    metadata: optional(body.metadata, cleanMetadata),
    privacyNoticeVersion: optional(body.privacyNoticeVersion, clean),
  };
}

function optional(value, clean) {
  return value === undefined ? null : clean(value);
}
