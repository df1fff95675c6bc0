// The same columns and values as outreach stores, a row at a time, prepared once for each connection.
import {uuidv7} from 'uuidv7';
import {clean, cleanLines, cleanMetadata, cleanUrl} from './clean.mjs';

const text = `
INSERT INTO inquiry (id, topic, name, email, email_normalized, phone, company, subject, message, locale,
                     source_url, metadata, privacy_notice_version, created_at, updated_at)
VALUES ($1, $2, $3, $4, lower($4), $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`;

/** Stores a valid submission; resolved means committed. */
export async function insert(pool, body) {
  const id = uuidv7();
  const createdAt = new Date();
  await pool.query({
    name: 'insert_inquiry',
    text,
    values: [
      id,
      body.topic,
      clean(body.name),
      clean(body.email),
      optional(body.phone, clean),
      optional(body.company, clean),
      optional(body.subject, clean),
      cleanLines(body.message),
      optional(body.locale, clean),
      optional(body.sourceUrl, cleanUrl),
      optional(body.metadata, cleanMetadata),
      optional(body.privacyNoticeVersion, clean),
      createdAt,
    ],
  });
  return {id, receivedAt: createdAt.toISOString()};
}

function optional(value, cleaned) {
  return value === undefined ? null : cleaned(value);
}
