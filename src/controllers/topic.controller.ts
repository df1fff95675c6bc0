// The topics over HTTP, for forms that offer them: they change with the configuration alone, so that caches may keep them.
import {BindingScope, inject, injectable} from '@loopback/core';
import {z} from 'zod';
import {CACHEABLE, ifNoneMatchSchema, pageTagHeader} from '../contract/headers';
import {topicsSchema} from '../contract/inquiry';
import {JsonText} from '../platform/json-text';
import type {Reply} from '../rest/http/reply';
import {listReply} from '../rest/list/list-reply';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {ServiceBindings} from '../services/keys';

const listTopics = {
  operationId: 'listTopics',
  summary: 'Read the topics that an inquiry may have, in the order of INQUIRY_TOPICS.',
  description: 'Caches may keep the answer for five minutes.',
  headers: z.object({'if-none-match': ifNoneMatchSchema.optional()}),
  responses: {
    200: {description: 'The topics.', body: topicsSchema, headers: z.object({ETag: pageTagHeader})},
    304: {description: 'They are still those of `If-None-Match`.', headers: z.object({ETag: pageTagHeader})},
  },
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class TopicController {
  private readonly topics: JsonText;

  constructor(@inject(ServiceBindings.INQUIRY_TOPICS) topics: readonly string[]) {
    this.topics = new JsonText(JSON.stringify({topics, defaultTopic: topics[0]}));
  }

  @operation('GET /topics', listTopics)
  list({headers}: OperationInput<'GET /topics', typeof listTopics>): Promise<Reply> {
    const ifNoneMatch = headers['if-none-match'];
    return Promise.resolve(listReply(this.topics, {headers: CACHEABLE, ifNoneMatch}));
  }
}
