// Keyset pages by a few hand-written filters; one named statement for each combination of them. The snapshot's horizon
// comes with the rows, for what outreach reads for its Feed-Cursor.
const COLUMNS = `id, topic, name, email, phone, company, subject, message, locale, source_url AS "sourceUrl", metadata,
  privacy_notice_version AS "privacyNoticeVersion", status, assignee, spam_reasons AS "spamReasons", version,
  created_at AS "createdAt", updated_at AS "updatedAt", pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`;
const FILTERS = {
  status: 'status = $',
  topic: 'topic = $',
  createdFrom: 'created_at >= $',
  createdTo: 'created_at < $',
};

/** The rows of a page, one more than its limit when there is a next one. */
export async function list(pool, query) {
  const names = Object.keys(FILTERS).filter(name => query[name] !== undefined);
  const values = names.map(name => query[name]);
  const conditions = names.map((name, index) => FILTERS[name] + (index + 1));
  if (query.cursor !== undefined) {
    const [time, id] = JSON.parse(Buffer.from(query.cursor, 'base64url').toString());
    conditions.push(`(created_at, id) < ($${values.push(new Date(time))}, $${values.push(id)})`);
    names.push('cursor');
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const {rows} = await pool.query({
    name: `list_${names.join('_')}`,
    text: `SELECT ${COLUMNS} FROM inquiry ${where} ORDER BY created_at DESC, id DESC LIMIT $${values.push(query.limit + 1)}`,
    values,
  });
  return rows;
}

/** The Link header's target for the page after these rows. */
export function nextPage(rows, query) {
  const last = rows[query.limit - 1];
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', Buffer.from(JSON.stringify([last.createdAt.getTime(), last.id])).toString('base64url'));
  return `</inquiries?${parameters}>; rel="next"`;
}
