// The feed of changes over HTTP.
import {BindingScope, injectable, service} from '@loopback/core';
import {changesQuerySchema, changesSchema} from '../contract/feed';
import {JsonText} from '../platform/json-text';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {type FeedPart, FeedService} from '../services/feed.service';

const listChanges = {
  operationId: 'listInquiryChanges',
  summary: 'Read what has changed since a list or an earlier answer, in commit order; nothing is ever skipped.',
  query: changesQuerySchema,
  responses: {200: {description: 'The next part of the feed.', body: changesSchema}},
  problems: ['invalid-parameter', 'feed-expired', 'unavailable'],
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class FeedController {
  constructor(@service(FeedService) private readonly feed: FeedService) {}

  @operation('GET /inquiries/changes', listChanges)
  async changes(input: OperationInput<'GET /inquiries/changes', typeof listChanges>): Promise<JsonText> {
    const {query, claims} = input;
    const {entries, feed, hasMore} = await this.feed.changes(claims, query);
    return new JsonText(`{"data":[${entries.map(toChange).join()}],"feed":"${feed}","hasMore":${hasMore}}`);
  }
}

// The contract's change as JSON; ids and feeds need no escaping.
function toChange(entry: FeedPart['entries'][number]): string {
  if ('goneId' in entry) return `{"kind":"gone","id":"${entry.goneId}"}`;
  return `{"kind":"inquiry","isNew":${entry.isNew},"inquiry":${entry.inquiryJson}}`;
}
