import {inject} from '@loopback/core';
import {DefaultCrudRepository} from '@loopback/repository';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {Inquiry} from '../models/inquiry.model';

export class InquiryRepository extends DefaultCrudRepository<Inquiry, typeof Inquiry.prototype.id> {
  constructor(@inject('datasources.postgres') dataSource: PostgresDataSource) {
    super(Inquiry, dataSource);
  }
}
