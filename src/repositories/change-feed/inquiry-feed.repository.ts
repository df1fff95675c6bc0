// The feed of changes in PostgreSQL: inquiries by the transaction that stored and by the one that last changed them,
// and tombstones, merged in commit order. Reads only; triggers mark what is written, and no lock is taken.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {QueryConfig} from 'pg';
import type {PostgresText} from '../../datasources/postgres/pipelined-connections';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import {genericPlanParameter} from '../query/conditions';
import {type FeedPosition, HORIZON, LAST_ID, lastSettled, EPOCH} from './feed-position';
import {INQUIRY_FIELDS, INQUIRY_VALUES, toInquiryJson} from '../inquiry/inquiry-list';

/** What is read: what comes after a position, of these topics or of all. */
export interface FeedRequest {
  after: FeedPosition;
  topics?: readonly string[];
  limit: number;
}

/** The contract's inquiry as it is now, as JSON text, or the id of one that is gone. */
export type FeedEntry = {isNew: boolean; inquiryJson: string} | {goneId: string};

/** A part of the feed; `next` is where the following one starts. */
export interface FeedPage {
  entries: FeedEntry[];
  next: FeedPosition;
  hasMore: boolean;
}

// A reader of few topics passes over the others' changes, this many at a time: each page costs the same, however rare
// its topics are.
const ENTRIES_PASSED_OVER = 500;

// Of all databases of the cluster: they share the ids of transactions. Only such as have written hold it back.
const HORIZON_AGE = `
SELECT greatest(0, extract(epoch FROM clock_timestamp() - least(
  (SELECT min(xact_start) FROM pg_stat_activity WHERE backend_xid IS NOT NULL),
  (SELECT min(prepared) FROM pg_prepared_xacts))))::float8 AS age`;

@injectable({scope: BindingScope.SINGLETON})
export class InquiryFeedRepository {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {}

  /** The key of the cursor cipher, the same for all replicas. */
  async secret(): Promise<Buffer> {
    const {rows} = await this.postgres.query<{secret: Buffer}>({text: 'SELECT secret FROM feed_secret'});
    if (!rows[0]) throw new TypeError('the table feed_secret has lost its row');
    return rows[0].secret;
  }

  /** What comes after the position, in commit order; undefined when it cannot be read any more. */
  async read(request: FeedRequest): Promise<FeedPage | undefined> {
    const rows = (await this.postgres.readText(feedStatement(request))).map(toFeedRow);
    const {limit} = request;
    const [first] = rows;
    if (!first || first.isExpired) return undefined;
    const {epoch, hasMore, reachedXid, reachedId} = first;
    const emitted = rows.filter(({entryXid}) => entryXid !== null);
    const last = emitted[limit - 1];
    if (emitted.length <= limit || !last) {
      return {entries: toEntries(emitted), next: {epoch, xid: reachedXid, id: reachedId}, hasMore};
    }
    const next = {epoch, xid: String(last.entryXid), id: last.entryId};
    return {entries: toEntries(emitted.slice(0, limit)), next, hasMore: true};
  }

  /** Since when the oldest open transaction holds the horizon, in seconds; 0 when none does. */
  async horizonAgeSeconds(timeoutMs: number): Promise<number> {
    const statement = {name: 'inquiry_feed_horizon_age', text: HORIZON_AGE, query_timeout: timeoutMs}; // of pg's own
    const {rows} = await this.postgres.query<{age: number}>(statement);
    return rows[0]?.age ?? 0;
  }
}

/** The feed's state, the same in each row, and an entry: `entryXid` is null when there is none. */
interface FeedRow {
  epoch: string;
  isExpired: boolean;
  hasMore: boolean;
  reachedXid: string;
  reachedId: string;
  entryXid: string | null;
  entryId: string;
  isNew: boolean;
  /** Null when it is gone. */
  inquiryJson: string | null;
}

// What comes with each inquiry, behind its columns.
const COMPANIONS = `state.epoch, state.has_more, reached.xid, reached.id, emitted.xid, emitted.id, emitted.is_new`;

function toFeedRow(row: readonly PostgresText[]): FeedRow {
  const [epoch, hasMore, reachedXid, reachedId, entryXid = null, entryId, isNew, isExpired] = row.slice(
    INQUIRY_FIELDS.length,
  );
  return {
    epoch: String(epoch),
    isExpired: isExpired === 't',
    hasMore: hasMore === 't',
    reachedXid: String(reachedXid),
    reachedId: String(reachedId),
    entryXid,
    entryId: String(entryId),
    isNew: isNew === 't',
    inquiryJson: row[INQUIRY_FIELDS.indexOf('id')] === null ? null : toInquiryJson(row),
  };
}

const AFTER_XID = genericPlanParameter('$2', 'xid8');
const AFTER_ID = genericPlanParameter('$3', 'uuid');
const TOPICS = genericPlanParameter('$4', 'text[]');

// One of what is merged: entries after the position and below the horizon, in the order of an index.
function stream(table: string, [xid, id]: readonly [string, string], limit: number) {
  return {
    from: `FROM ${table} WHERE (${xid}, ${id}) > (${AFTER_XID}, ${AFTER_ID}) AND ${xid} < ${HORIZON}`,
    order: `ORDER BY ${xid}, ${id} LIMIT ${limit}`,
  };
}

/** One statement, so that all of it is of one snapshot. */
export function feedStatement({after, topics, limit}: FeedRequest): QueryConfig {
  const scanned = topics ? ENTRIES_PASSED_OVER : limit + 1;
  const changed = stream('inquiry', ['changed_xid', 'id'], scanned);
  const created = stream('inquiry', ['created_xid', 'id'], scanned);
  const gone = stream('inquiry_tombstone', ['changed_xid', 'inquiry_id'], scanned);
  const text = `
WITH entry AS MATERIALIZED (
  SELECT xid, id, bool_or(is_row) AS is_row, bool_or(is_new) AS is_new, bool_or(was_visible) AS was_visible
  FROM (
    (SELECT changed_xid AS xid, id, true AS is_row, created_xid IS NULL AS is_new, false AS was_visible
     ${changed.from} ${changed.order})
    UNION ALL
    (SELECT created_xid, id, true, true, false ${created.from} ${created.order})
    UNION ALL
    (SELECT changed_xid, inquiry_id, false, false, bool_or(${TOPICS} IS NULL OR topic = ANY (${TOPICS})) ${gone.from}
     GROUP BY changed_xid, inquiry_id ${gone.order})
  ) AS streams GROUP BY xid, id ORDER BY xid, id LIMIT ${scanned}
), state AS (
  SELECT ${EPOCH} AS epoch, (SELECT count(*) = ${scanned} FROM entry) AS has_more
), reached AS (
  SELECT xid, id FROM (
    (SELECT xid, id FROM entry ORDER BY xid DESC, id DESC LIMIT 1)
    UNION ALL SELECT ${lastSettled('state.epoch')}, '${LAST_ID}'::uuid FROM state WHERE NOT has_more
    UNION ALL SELECT ${AFTER_XID}, ${AFTER_ID}
  ) AS positions ORDER BY xid DESC, id DESC LIMIT 1
), emitted AS (
  SELECT entry.xid, entry.id, entry.is_new, visible.id IS NOT NULL AS is_visible
  FROM entry LEFT JOIN LATERAL (
    SELECT id FROM inquiry WHERE inquiry.id = entry.id AND (${TOPICS} IS NULL OR inquiry.topic = ANY (${TOPICS}))
  ) AS visible ON true
  WHERE CASE WHEN visible.id IS NULL THEN entry.was_visible ELSE entry.is_row END
  ORDER BY entry.xid, entry.id LIMIT ${limit + 1}
)
SELECT item.*, ${COMPANIONS},
  state.epoch <> $1 OR ${AFTER_XID} >= pg_snapshot_xmax(pg_current_snapshot()) OR EXISTS (
    SELECT FROM inquiry_tombstone_floor AS floor
    WHERE floor.epoch = state.epoch AND (floor.changed_xid, '${LAST_ID}'::uuid) > (${AFTER_XID}, ${AFTER_ID})
  ) AS is_expired
FROM state CROSS JOIN reached LEFT JOIN emitted ON true LEFT JOIN LATERAL (
  SELECT ${INQUIRY_VALUES} FROM inquiry WHERE emitted.is_visible AND inquiry.id = emitted.id
) AS item ON true
ORDER BY emitted.xid, emitted.id`;
  const {epoch, xid, id} = after;
  return {name: `inquiry_feed_${scanned}_${limit}`, text, values: [epoch, xid, id, topics ?? null]};
}

// Stored and changed, or gone from two topics, an inquiry has two entries: they would say the same twice.
function toEntries(rows: readonly FeedRow[]): FeedEntry[] {
  const entries = new Map<string, FeedEntry>();
  for (const {entryId, isNew, inquiryJson} of rows) {
    if (entries.has(entryId)) continue;
    entries.set(entryId, inquiryJson === null ? {goneId: entryId} : {isNew, inquiryJson});
  }
  return [...entries.values()];
}
