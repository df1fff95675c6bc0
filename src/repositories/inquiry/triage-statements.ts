// The SQL of triage: a change with its entries in the log, and a note, each in one statement. Times are those of
// PostgreSQL, taken while the row is locked, so that the log of an inquiry is in the order of its changes.
import type {QueryConfig} from 'pg';
import {statusesBefore} from '../../contract/status';
import type {InquiryPatch} from '../../contract/triage';
import {newId} from '../../platform/time-ordered-id';
import {type Condition, Parameters, toSql, whereAll} from '../query/conditions';
import {INQUIRY_LIST, type InquiryField} from './inquiry-list';
import {addressVector} from '../privacy/mention-keys';

/** A change of some inquiries. */
export interface Triage {
  ids: readonly string[];
  /** What else the inquiries must meet to be seen at all. */
  conditions: readonly Condition<InquiryField>[];
  patch: InquiryPatch;
  /** One of these versions, or any when undefined. */
  expectedVersions?: readonly number[];
  /** `sub` of who changes them. */
  actor: string;
}

/**
 * One row for each inquiry that is there, as it is after the statement, with its `outcome`.
 *
 * Rows are locked in the order of their ids, so that two changes of the same inquiries wait for each other instead of
 * deadlocking. A lock that had to wait returns the row as the other one left it: what is judged is what is changed.
 *
 * `isRelease` is true of an inquiry that was quarantined and is new from now on, for the first time: nobody was notified of it yet.
 */
export function triageStatement(triage: Triage): QueryConfig {
  const {ids, conditions, patch, expectedVersions, actor} = triage;
  const parameters = new Parameters();
  const add = (value: unknown, type: string) => parameters.add(value, type);
  const [status, topic] = [add(patch.status, 'inquiry_status'), add(patch.topic, 'text')];
  const [assignee, setsAssignee] = [add(patch.assignee, 'text'), add(patch.assignee !== undefined, 'boolean')];
  const before = add(patch.status && statusesBefore(patch.status), 'inquiry_status[]');
  const visible = conditions.map(condition => toSql(condition, INQUIRY_LIST.columns, parameters));
  const entries = ids.flatMap(id => Object.keys(patch).map(kind => ({id: newId(), inquiryId: id, kind})));
  const column = (name: 'id' | 'inquiryId' | 'kind') => entries.map(entry => entry[name]);
  const addresses = add(addressVector([actor, patch.assignee]), 'tsvector');
  const entryRows = [add(column('id'), 'uuid[]'), add(column('inquiryId'), 'uuid[]'), add(column('kind'), 'text[]')];
  const text = `
WITH target AS (
  SELECT * FROM inquiry ${whereAll([...visible, `id = ANY (${add(ids, 'uuid[]')})`])} ORDER BY id FOR NO KEY UPDATE
), judged AS (
  SELECT id, CASE
    WHEN version <> ALL (${add(expectedVersions, 'int[]')}) THEN 'stale'
    WHEN status <> ALL (${before}) THEN 'conflict'
    WHEN status = coalesce(${status}, status) AND topic = coalesce(${topic}, topic)
      AND (NOT ${setsAssignee} OR assignee IS NOT DISTINCT FROM ${assignee}) THEN 'unchanged'
    ELSE 'updated' END AS outcome,
    status = 'spam' AND ${status} = 'new' AND spam_reasons <> '[]' AND NOT EXISTS (
      SELECT FROM inquiry_activity AS entry
      WHERE entry.inquiry_id = target.id AND entry.kind = 'status' AND entry.from_value = 'spam') AS was_quarantined
  FROM target
), changed AS (
  UPDATE inquiry
  SET status = coalesce(${status}, inquiry.status), topic = coalesce(${topic}, inquiry.topic),
      assignee = CASE WHEN ${setsAssignee} THEN ${assignee} ELSE inquiry.assignee END, version = inquiry.version + 1,
      updated_at = greatest(clock_timestamp(), inquiry.updated_at + interval '1 millisecond')
  FROM judged WHERE judged.id = inquiry.id AND judged.outcome = 'updated'
  RETURNING inquiry.*
), logged AS (
  INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, from_value, to_value, created_at, addresses)
  SELECT entry.id, changed.id, entry.kind::inquiry_activity_kind, ${add(actor, 'text')}, field.from_value, field.to_value,
         changed.updated_at, ${addresses}
  FROM changed JOIN target ON target.id = changed.id
  CROSS JOIN LATERAL (VALUES
    ('status', target.status::text, changed.status::text),
    ('assignee', target.assignee, changed.assignee),
    ('topic', target.topic, changed.topic)) AS field (kind, from_value, to_value)
  JOIN unnest(${entryRows.join(', ')}) AS entry (id, inquiry_id, kind)
    ON entry.inquiry_id = changed.id AND entry.kind = field.kind
  WHERE field.from_value IS DISTINCT FROM field.to_value
)
SELECT outcome, coalesce(outcome = 'updated' AND was_quarantined, false) AS "isRelease", ${INQUIRY_LIST.select}
FROM (SELECT * FROM changed UNION ALL SELECT * FROM target WHERE id NOT IN (SELECT id FROM changed)) AS inquiry
JOIN judged USING (id)`;
  // One form with a claim that narrows and one without, so it is prepared twice per connection at most.
  return {name: `triage_inquiries_${visible.length}`, text, values: parameters.values};
}

/** A note on an inquiry that meets the conditions. */
export interface NewNote {
  inquiryId: string;
  conditions: readonly Condition<InquiryField>[];
  note: string;
  actor: string;
}

/** Returns the entry; no row when there is no such inquiry. */
export function noteStatement({inquiryId, conditions, note, actor}: NewNote): QueryConfig {
  const parameters = new Parameters();
  const visible = conditions.map(condition => toSql(condition, INQUIRY_LIST.columns, parameters));
  const id = parameters.add(inquiryId, 'uuid');
  // The lock keeps an erasure at the same time from making this a violation of the foreign key.
  const text = `
WITH target AS (SELECT id FROM inquiry ${whereAll([...visible, `id = ${id}`])} FOR KEY SHARE)
INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at, addresses)
SELECT ${parameters.add(newId(), 'uuid')}, target.id, 'note', ${parameters.add(actor, 'text')},
       ${parameters.add(note, 'text')}, clock_timestamp(), ${parameters.add(addressVector([actor, note]), 'tsvector')}
FROM target
RETURNING id, inquiry_id AS "inquiryId", kind, actor, from_value AS "fromValue", to_value AS "toValue", note, created_at AS "createdAt"`;
  return {name: `insert_inquiry_note_${visible.length}`, text, values: parameters.values};
}
