// A person's data over HTTP: erase it, or hand it out. The address travels in the body, never in a URL.
import {BindingScope, injectable, service} from '@loopback/core';
import {erasureCountsSchema, subjectExportSchema, subjectRequestSchema} from '../contract/privacy';
import {operation, type OperationInput, type OperationOptions} from '../rest/server/operation';
import {Reply} from '../rest/http/reply';
import {MOST_WAITING, PrivacyService} from '../services/privacy.service';

const LIMIT = `One erasure or subject export runs in a process at a time, and ${MOST_WAITING} wait for their turn; one more gets 503 with \`Retry-After\`.`;

const erase = {
  operationId: 'erase',
  summary: 'Erase everything about an e-mail address; again, it finds nothing. Not for tokens narrowed to topics.',
  description: LIMIT,
  body: subjectRequestSchema,
  responses: {200: {description: 'Erased; what was found.', body: erasureCountsSchema}},
} satisfies OperationOptions;

const exportSubject = {
  operationId: 'exportSubject',
  summary: 'Read everything held about an e-mail address. Not for tokens narrowed to topics.',
  description: LIMIT,
  body: subjectRequestSchema,
  responses: {200: {description: 'Everything held.', body: subjectExportSchema}},
} satisfies OperationOptions;

@injectable({scope: BindingScope.SINGLETON})
export class PrivacyController {
  constructor(@service(PrivacyService) private readonly privacy: PrivacyService) {}

  @operation('POST /erasures', erase)
  async erase({body, claims, requestId}: OperationInput<'POST /erasures', typeof erase>): Promise<Reply> {
    const counts = await this.privacy.erase(claims, body.email, requestId);
    return new Reply(200, counts, {}, {...counts});
  }

  @operation('POST /subject-exports', exportSubject)
  async export({
    body,
    claims,
    requestId,
  }: OperationInput<'POST /subject-exports', typeof exportSubject>): Promise<Reply> {
    const held = await this.privacy.export(claims, body.email, requestId);
    const counts = {
      inquiries: held.inquiries.length,
      activity: held.activity.length,
      subscriptions: held.subscriptions.length,
      consents: held.consents.length,
      quotes: held.quotes.length,
    };
    return new Reply(200, held, {}, counts);
  }
}
