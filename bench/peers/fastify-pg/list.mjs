// Keyset pages by a few hand-written filters; one named statement for each combination of them. Ids are in the order of time,
// so a range of times is one of ids. The snapshot's horizon comes with the rows, for what outreach reads for its Feed-Cursor.
import {boundOfTime} from '../../../dist/platform/time-ordered-id.js';

const COLUMNS = `id, topic, name, email, phone, company, subject, message, locale, source_url AS "sourceUrl", metadata,
  privacy_notice_version AS "privacyNoticeVersion", status, assignee, spam_reasons AS "spamReasons", version,
  created_at AS "createdAt", updated_at AS "updatedAt", pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`;
const FILTERS = {
  status: 'status = $',
  topic: 'topic = $',
  createdFrom: 'id >= $',
  createdTo: 'id < $',
};

/** The rows of a page, one more than its limit when there is a next one. */
export async function list(pool, query) {
  const names = Object.keys(FILTERS).filter(name => query[name] !== undefined);
  const values = names.map(name =>
    name.startsWith('created') ? boundOfTime(new Date(query[name]), 'first') : query[name],
  );
  const conditions = names.map((name, index) => FILTERS[name] + (index + 1));
  if (query.cursor !== undefined) {
    conditions.push(`id < $${values.push(Buffer.from(query.cursor, 'base64url').toString())}`);
    names.push('cursor');
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const {rows} = await pool.query({
    name: `list_${names.join('_')}`,
    text: `SELECT ${COLUMNS} FROM inquiry ${where} ORDER BY id DESC LIMIT $${values.push(query.limit + 1)}`,
    values,
  });
  return rows;
}

/** The Link header's target for the page after these rows. */
export function nextPage(rows, query) {
  const last = rows[query.limit - 1];
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', Buffer.from(last.id).toString('base64url'));
  return `</inquiries?${parameters}>; rel="next"`;
}
