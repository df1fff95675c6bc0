// A page of inquiries as the text of a JSON array, made of the values' text: rows that the server would parse and write
// again cost it more, and JSON that PostgreSQL makes costs PostgreSQL half as much again. With it comes where the feed
// ends, in the same statement and so of the same snapshot.
import type {QueryConfig} from 'pg';
import type {PostgresText} from '../../datasources/postgres/pipelined-connections';
import {END_OF_FEED, type FeedPosition, LAST_ID} from '../change-feed/feed-position';
import {INQUIRY_FIELDS, INQUIRY_LIST, INQUIRY_VALUES, type InquiryFilter, toInquiryJson} from './inquiry-list';
import {type ListPosition, pageStatement, type PageRequest} from '../query/keyset-list';

/** A page; `next` is where the following one starts, absent on the last one. */
export interface InquiryPage {
  /** An array of the contract's inquiries. */
  json: string;
  /**
   * Differs when `json` does, and is shorter: in one epoch of the database a row's version grows with each change that a
   * reader sees.
   */
  identity: string;
  next?: ListPosition;
  /** Where the feed goes on from these rows. */
  end: FeedPosition;
}

const [ID = 0, VERSION = 0] = ['id', 'version'].map(field => INQUIRY_FIELDS.indexOf(field));
const END = INQUIRY_FIELDS.length;
const LISTED = {...INQUIRY_LIST, select: INQUIRY_VALUES};

/** The page with one row more; each row says where the feed ends, and one without an inquiry does when there is none. */
export function inquiryPageStatement(filter: InquiryFilter, page: PageRequest): QueryConfig {
  const {name, text, values} = pageStatement(LISTED, filter, {...page, limit: page.limit + 1});
  const direction = filter.order === 'newest' ? 'DESC' : 'ASC';
  return {
    ...(name !== undefined && {name: `inquiries_${name}`}),
    text: `
SELECT listed.*, feed.epoch || ' ' || feed.xid FROM (${END_OF_FEED}) AS feed LEFT JOIN (${text}) AS listed ON true
ORDER BY listed.id ${direction}`,
    values,
  };
}

/** What the statement's rows say of a page of `limit` rows. Throws TypeError unless they are the statement's. */
export function toInquiryPage(rows: readonly (readonly PostgresText[])[], limit: number): InquiryPage {
  const [epoch, xid] = rows[0]?.[END]?.split(' ') ?? [];
  if (epoch === undefined || xid === undefined) throw new TypeError('there is no end of the feed');
  const end = {epoch, xid, id: LAST_ID};
  const listed = rows[0]?.[ID] === null ? [] : rows;
  const shown = listed.slice(0, limit);
  // Added up rather than joined: V8 then puts the text together once, when it is written.
  const items = shown.reduce((text, row) => (text === '' ? toInquiryJson(row) : `${text},${toInquiryJson(row)}`), '');
  const last = shown.at(-1);
  const page = {json: `[${items}]`, identity: [epoch, INQUIRY_FIELDS, ...shown.map(versionOf)].join(), end};
  return listed.length > limit && last ? {...page, next: positionOf(last)} : page;
}

function versionOf(row: readonly PostgresText[]): string {
  return `${row[ID]} ${row[VERSION]}`;
}

function positionOf(row: readonly PostgresText[]): ListPosition {
  return {id: String(row[ID])};
}
