// What visitors read, for sites that say it themselves: the catalogue of the service's own pages, so that caches may keep it.
import {BindingScope, injectable} from '@loopback/core';
import {z} from 'zod';
import {CACHEABLE, ifNoneMatchSchema, pageTagHeader} from '../contract/headers';
import {messagesPathSchema, messagesSchema} from '../contract/messages';
import {JsonText} from '../platform/json-text';
import type {Reply} from '../rest/http/reply';
import {listReply} from '../rest/list/list-reply';
import {languageOfTag, LANGUAGES, messagesView, type PageLanguage} from '../rest/messages/catalogue';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';

const tagged = z.object({
  ETag: pageTagHeader,
  'Content-Language': z.string().meta({description: 'The language of the messages.', examples: ['de']}),
});
const getMessages = {
  operationId: 'getMessages',
  summary: 'Read what visitors are shown, in one language.',
  description: `There are ${LANGUAGES.join(', ')}. Caches may keep the answer for five minutes.`,
  path: messagesPathSchema,
  headers: z.object({'if-none-match': ifNoneMatchSchema.optional()}),
  responses: {
    200: {description: 'The messages.', body: messagesSchema, headers: tagged},
    304: {description: 'They are still those of `If-None-Match`.', headers: tagged},
  },
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class MessageController {
  // Written when they are first read.
  private readonly written = new Map<PageLanguage, JsonText>();

  @operation('GET /messages/{locale}', getMessages)
  get({path, headers}: OperationInput<'GET /messages/{locale}', typeof getMessages>): Promise<Reply> {
    const language = languageOfTag(path.locale);
    return Promise.resolve(
      listReply(this.messagesIn(language), {
        headers: {...CACHEABLE, 'Content-Language': language},
        ifNoneMatch: headers['if-none-match'],
      }),
    );
  }

  private messagesIn(language: PageLanguage): JsonText {
    const text = this.written.get(language) ?? new JsonText(JSON.stringify(messagesView(language)));
    this.written.set(language, text);
    return text;
  }
}
