// Exports over HTTP: a table as CSV, streamed, with the number of rows in a header before the first of them.
import type {Readable} from 'node:stream';
import {BindingScope, injectable, service} from '@loopback/core';
import {z} from 'zod';
import {inquiryCsvSchema, subscriptionCsvSchema} from '../contract/export';
import {attachmentHeader, exportTotalHeader} from '../contract/headers';
import {CSV_SEPARATORS, type CsvSeparator} from '../contract/page';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {Reply} from '../rest/http/reply';
import {ExportService} from '../services/export.service';
import {exportQuery as inquiryExportQuery, toFilter} from './inquiry-queries';
import {exportQuery as subscriptionExportQuery, toConditions} from './subscription-queries';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

const responsesOf = (body: z.ZodString) => ({
  200: {
    description: 'A header line with the fields of one item, then one line for each, as it was when the export began.',
    body,
    mediaType: 'text/csv',
    headers: z.object({'Content-Disposition': attachmentHeader, 'X-Total-Count': exportTotalHeader}),
  },
});
const LIMIT = 'At most two exports run in a process at a time; a third gets 503 with `Retry-After`.';

const exportInquiries = {
  operationId: 'exportInquiries',
  summary: 'All matching inquiries as CSV; text that a spreadsheet could run begins with an apostrophe.',
  description: LIMIT,
  query: inquiryExportQuery,
  responses: responsesOf(inquiryCsvSchema),
} satisfies OperationOptions;

const exportSubscriptions = {
  operationId: 'exportSubscriptions',
  summary: 'All matching subscriptions as CSV; text that a spreadsheet could run begins with an apostrophe.',
  description: LIMIT,
  query: subscriptionExportQuery,
  responses: responsesOf(subscriptionCsvSchema),
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class ExportController {
  constructor(@service(ExportService) private readonly exports: ExportService) {}

  @operation('GET /inquiries/export.csv', exportInquiries)
  async inquiries({
    query,
    claims,
    isHead,
  }: OperationInput<'GET /inquiries/export.csv', typeof exportInquiries>): Promise<Reply> {
    const {conditions, search} = toFilter(query);
    const filter = {conditions: [...conditions, ...(query.where ?? [])], search, order: query.order};
    if (isHead) return head('inquiries', await this.exports.countInquiries(claims, filter));
    return reply('inquiries', await this.exports.exportInquiries(claims, filter, query.separator), query);
  }

  @operation('GET /subscriptions/export.csv', exportSubscriptions)
  async subscriptions({
    query,
    isHead,
  }: OperationInput<'GET /subscriptions/export.csv', typeof exportSubscriptions>): Promise<Reply> {
    const filter = {conditions: [...toConditions(query), ...(query.where ?? [])], order: query.order};
    if (isHead) return head('subscriptions', await this.exports.countSubscriptions(filter));
    return reply('subscriptions', await this.exports.exportSubscriptions(filter, query.separator), query);
  }
}

/** The body of an export; `rows` grows while it is read. */
interface ExportBody {
  total: number;
  csv: Readable & {rows: number};
}

/** How the file begins, as the query says. */
interface FileStart {
  separator: CsvSeparator;
  sep: boolean;
  bom: boolean;
}

function head(name: string, total: number): Reply {
  return new Reply(200, undefined, headersOf(name, total), {rows: 0});
}

function reply(name: string, {total, csv}: ExportBody, {separator, sep, bom}: FileStart): Reply {
  if (sep) csv.unshift(`sep=${CSV_SEPARATORS[separator]}\r\n`);
  if (bom) csv.unshift(BYTE_ORDER_MARK);
  const counts = {
    get rows() {
      return Math.max(0, csv.rows); // until the answer is over, and then for the audit
    },
  };
  return new Reply(200, csv, headersOf(name, total), counts);
}

function headersOf(name: string, total: number): Record<string, string> {
  const day = new Date().toISOString().slice(0, 10);
  return {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name}-${day}.csv"`,
    'X-Total-Count': String(total),
  };
}
