// Nest as its documentation sets it up: express, the global ValidationPipe, TypeORM's repository; no request log.
import 'reflect-metadata';
import {ValidationPipe} from '@nestjs/common';
import {NestFactory} from '@nestjs/core';
import {AppModule} from './app.module.js';

const app = await NestFactory.create(AppModule, {logger: ['error', 'warn']});
app.useGlobalPipes(new ValidationPipe({whitelist: true, forbidNonWhitelisted: true, transform: true}));
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT), '127.0.0.1');
console.log(`listening at ${await app.getUrl()}`);
