// The application with what a consumer adds to it, and what is asked of it.
import {get, HttpErrors, del, param, post, put, requestBody} from '@loopback/rest';
import {repository} from '@loopback/repository';
import type {OutreachApplication} from '../../src/application';
import {InquiryRepository} from '../../src/repositories/inquiry/inquiry.repository';
import type {TestDatabase} from './database';
import {givenSubmission} from './inquiries';
import {givenRest, type RestOptions, type TestRest} from './rest';
import {ALLOWED_ORIGIN} from './route-samples';

/** The least that describes an operation. */
export const OPERATION = {responses: {200: {description: 'ok'}}};

export function givenExtendedRest({
  extend,
  ...options
}: Pick<RestOptions, 'databaseUrl' | 'issuer'> & {extend: (app: OutreachApplication) => unknown}): Promise<TestRest> {
  return givenRest({...options, env: {ALLOWED_ORIGINS: ALLOWED_ORIGIN}, extend: app => void extend(app)});
}

/** Counts the requests that LoopBack serves instead of the direct path. */
export function countHandedOver({app}: TestRest): () => number {
  const handOver = jest.spyOn(app.restServer, 'handOver');
  return () => handOver.mock.calls.length;
}

/** Submits an inquiry, which must be stored as it always is. */
export async function submit(rest: Pick<TestRest, 'post'>, database: TestDatabase): Promise<Response> {
  const submission = givenSubmission();
  const answer = await rest.post('/inquiries', submission);
  expect(answer.status).toBe(201);
  expect(await database.query('SELECT status FROM inquiry WHERE email = $1', [submission.email])).toEqual([
    {status: 'new'},
  ]);
  return answer;
}

export function send(rest: TestRest, method: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(rest.url + path, {method, redirect: 'manual', ...init});
}

/** A plain LoopBack controller, with a repository of outreach. */
export class GreetingController {
  constructor(@repository(InquiryRepository) private readonly inquiries: InquiryRepository) {}

  @get('/greetings/{name}')
  greet(@param.path.string('name') name: string, @param.query.number('times') times = 1): string {
    return `hello ${name} `.repeat(times).trim();
  }

  @post('/greetings', {responses: {200: {description: 'What was sent.'}}})
  create(
    @requestBody({
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: {name: {type: 'string', minLength: 2}, age: {type: 'integer'}},
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
    })
    body: object,
  ): object {
    return {body};
  }

  @get('/greetings/inquiries')
  async count(): Promise<{count: number}> {
    return this.inquiries.count();
  }

  @put('/greetings/{name}')
  replace(): never {
    throw new HttpErrors.Conflict('it is there already');
  }

  @del('/greetings/{name}')
  remove(): void {
    return;
  }

  @get('/greetings/failing')
  fail(): never {
    throw new Error('no way');
  }
}
