import {inject, lifeCycleObserver, LifeCycleObserver} from '@loopback/core';
import {juggler} from '@loopback/repository';

const config = {name: 'postgres', connector: 'postgresql', url: process.env.DATABASE_URL, max: 10};

@lifeCycleObserver('datasource')
export class PostgresDataSource extends juggler.DataSource implements LifeCycleObserver {
  static dataSourceName = 'postgres';
  static readonly defaultConfig = config;

  constructor(@inject('datasources.config.postgres', {optional: true}) dsConfig: object = config) {
    super(dsConfig);
  }
}
