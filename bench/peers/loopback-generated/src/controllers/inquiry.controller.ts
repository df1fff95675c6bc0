// As `lb4 controller` writes it, but for the answer, which is outreach's.
import {inject} from '@loopback/core';
import {repository} from '@loopback/repository';
import {getModelSchemaRef, post, requestBody, response, Response, RestBindings} from '@loopback/rest';
import {uuidv7} from 'uuidv7';
import {clean, cleanMetadata, cleanUrl} from '../clean';
import {Inquiry} from '../models/inquiry.model';
import {InquiryRepository} from '../repositories/inquiry.repository';
import {searchedInquiry} from '../searched-inquiry';

type Submission = Omit<Inquiry, 'id' | 'createdAt' | 'updatedAt' | 'searchWords' | 'searchText'>;

export class InquiryController {
  constructor(
    @repository(InquiryRepository) public inquiryRepository: InquiryRepository,
    @inject(RestBindings.Http.RESPONSE) private readonly http: Response,
  ) {}

  @post('/inquiries')
  @response(201, {description: 'Stored.'})
  async create(
    @requestBody({
      content: {
        'application/json': {
          schema: getModelSchemaRef(Inquiry, {
            title: 'NewInquiry',
            exclude: ['id', 'createdAt', 'updatedAt', 'searchWords', 'searchText'],
          }),
        },
      },
    })
    body: Submission,
  ): Promise<{id: string; receivedAt: string}> {
    const createdAt = new Date();
    const submission = {
      ...body,
      name: clean(body.name),
      email: clean(body.email),
      message: clean(body.message.replaceAll('\r\n', '\n')),
      ...(body.phone !== undefined && {phone: clean(body.phone)}),
      ...(body.company !== undefined && {company: clean(body.company)}),
      ...(body.subject !== undefined && {subject: clean(body.subject)}),
      ...(body.sourceUrl !== undefined && {sourceUrl: cleanUrl(body.sourceUrl)}),
      ...(body.metadata !== undefined && {metadata: cleanMetadata(body.metadata)}),
    };
    const {words, text} = searchedInquiry(submission);
    const inquiry = await this.inquiryRepository.create({
      ...submission,
      id: uuidv7(),
      createdAt,
      updatedAt: createdAt,
      searchWords: words,
      searchText: text,
    });
    this.http.status(201).location(`/inquiries/${inquiry.id}`);
    return {id: inquiry.id, receivedAt: createdAt.toISOString()};
  }
}
