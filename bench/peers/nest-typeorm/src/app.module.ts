import {Module} from '@nestjs/common';
import {TypeOrmModule} from '@nestjs/typeorm';
import {InquiryController} from './inquiry.controller.js';
import {Inquiry} from './inquiry.entity.js';
import {InquiryService} from './inquiry.service.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env.DATABASE_URL,
      entities: [Inquiry],
      synchronize: false,
      extra: {max: 10},
    }),
    TypeOrmModule.forFeature([Inquiry]),
  ],
  controllers: [InquiryController],
  providers: [InquiryService],
})
export class AppModule {}
