// The one table from errors to problems: what services and dependencies throw, as a caller gets it.
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {UnavailableError} from '../../../src/platform/errors';
import {createLogger} from '../../../src/platform/logger';
import {RateLimitedLog} from '../../../src/platform/rate-limited-log';
import {writeProblem} from '../../../src/rest/problems/problem-details';
import {
  Conflict,
  ExpiredCursor,
  ForeignCursor,
  InvalidField,
  NotAllowed,
  NotFound,
  Stale,
  Unavailable,
} from '../../../src/services/domain-errors';

const FIELD = {field: 'status', code: 'illegal_transition', detail: 'is not possible'} as const;
const POINTED = [{pointer: '/status', code: 'illegal_transition', detail: 'is not possible'}];

const REFUSALS: {error: Error; answer: object}[] = [
  {error: new NotFound('None.'), answer: {status: 404, type: '/problems/not-found', detail: 'None.'}},
  {error: new NotAllowed('No.'), answer: {status: 403, type: '/problems/forbidden', detail: 'No.'}},
  {error: new Stale('Old.'), answer: {status: 412, type: '/problems/precondition-failed', detail: 'Old.'}},
  {
    error: new Conflict('Not so.', FIELD),
    answer: {status: 409, type: '/problems/conflict', detail: 'Not so.', errors: POINTED},
  },
  {
    error: new InvalidField(FIELD),
    answer: {status: 422, type: '/problems/invalid-body', detail: 'One field is not valid.', errors: POINTED},
  },
  {error: new ExpiredCursor('Anew.'), answer: {status: 410, type: '/problems/feed-expired', detail: 'Anew.'}},
  {
    error: new ForeignCursor('Anew.'),
    answer: {status: 400, type: '/problems/invalid-parameter', detail: 'Anew.', errors: [{parameter: 'after'}]},
  },
];

test.each(REFUSALS)('$error.name is the problem $answer.type', async ({error, answer}) => {
  const {problem} = await answerTo(error);
  expect(problem).toMatchObject(answer);
});

test.each([
  {error: new Unavailable('Later.', 30), seconds: '30'},
  {error: new UnavailableError('PostgreSQL', {cause: new Error('gone')}), seconds: '2'},
])('$error.name is 503, with the time after which to try again', async ({error, seconds}) => {
  const {problem, headers} = await answerTo(error);
  expect(problem).toMatchObject({status: 503, type: '/problems/unavailable'});
  expect(headers.get('Retry-After')).toBe(seconds);
});

test('a refusal of a token names the reason in WWW-Authenticate', async () => {
  const {headers} = await answerTo(new NotAllowed('No.'));
  expect(headers.get('WWW-Authenticate')).toContain('insufficient_scope');
});

test('an error that no row names is masked', async () => {
  const {problem} = await answerTo(new Error('a secret'));
  expect(problem).toMatchObject({status: 500, type: '/problems/internal-error'});
  expect(JSON.stringify(problem)).not.toContain('secret');
});

async function answerTo(error: unknown): Promise<{problem: unknown; headers: Headers}> {
  const log = new RateLimitedLog({logger: createLogger({name: 'test', level: 'silent'})});
  const server = createServer((_request, response) => writeProblem(error, {response, requestId: 'id', log}));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const {port} = server.address() as AddressInfo; // it listens on a port
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    return {problem: await answer.json(), headers: answer.headers};
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
