import {Injectable} from '@nestjs/common';
import {InjectRepository} from '@nestjs/typeorm';
import {Repository} from 'typeorm';
import {uuidv7} from 'uuidv7';
import {Inquiry} from './inquiry.entity.js';
import {searchedInquiry} from './searched-inquiry.js';
import type {Submission} from './submission.dto.js';

@Injectable()
export class InquiryService {
  constructor(@InjectRepository(Inquiry) private readonly inquiries: Repository<Inquiry>) {}

  // insert() rather than save(), which would look for the row first and open a transaction.
  async submit(submission: Submission): Promise<{id: string; receivedAt: string}> {
    const id = uuidv7();
    const createdAt = new Date();
    const {words, text} = searchedInquiry(submission);
    await this.inquiries.insert({
      ...submission,
      id,
      createdAt,
      updatedAt: createdAt,
      searchWords: words,
      searchText: text,
    });
    return {id, receivedAt: createdAt.toISOString()};
  }
}
