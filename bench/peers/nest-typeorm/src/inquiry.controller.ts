import {Body, Controller, Post, Res} from '@nestjs/common';
import {InquiryService} from './inquiry.service.js';
import {Submission} from './submission.dto.js';

@Controller('inquiries')
export class InquiryController {
  constructor(private readonly inquiries: InquiryService) {}

  @Post()
  async submit(
    @Body() submission: Submission,
    @Res({passthrough: true}) response: {location(path: string): void},
  ): Promise<{id: string; receivedAt: string}> {
    const receipt = await this.inquiries.submit(submission);
    response.location(`/inquiries/${receipt.id}`);
    return receipt;
  }
}
