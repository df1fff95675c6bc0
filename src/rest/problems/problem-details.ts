// Every error answer, as problem details (RFC 9457); as a page for a person who has sent a form. What is not the
// caller's mistake or an unavailable dependency is ours: masked for the caller, and in the log with its stack.
import type {ServerResponse} from 'node:http';
import {type Problem, ProblemError, type ProblemKind, PROBLEMS} from '../../contract/problem';
import {isError, UnavailableError} from '../../platform/errors';
import type {RateLimitedLog} from '../../platform/rate-limited-log';
import {wantsPage, writePage} from '../http/html-page';
import {type PlainProblem, problemOfHttpError} from '../loopback/http-errors';
import {problemPage} from './problem-page';

const RETRY_AFTER_SECONDS = '2';

// What services refuse is told as authorize() tells it (RFC 6750, 3.1).
const HEADERS_BY_KIND: Readonly<Partial<Record<ProblemKind, Record<string, string>>>> = {
  forbidden: {'WWW-Authenticate': 'Bearer realm="outreach", error="insufficient_scope"'},
};

/**
 * Answers with the problem that this error is, and logs the ones that are not the caller's: of each kind one line a
 * second, since under a flood the lines would cost more than all else.
 */
export function writeProblem(
  error: unknown,
  {response, requestId, log}: {response: ServerResponse; requestId: string; log: RateLimitedLog},
): void {
  const known = toProblemError(error) ?? problemOfHttpError(error);
  if (!known) log.write('error', 'request.failed', {reason: kindOf(error), err: error, requestId});
  else if ('kind' in known && known.kind === 'unavailable')
    log.write('warn', 'request.unavailable', {...causeOf(error), requestId});
  if (response.headersSent || response.writableEnded) {
    response.destroy();
    return;
  }
  const {headers, ...parts} = partsOf(
    known ?? new ProblemError('internal-error', 'Try again; if it stays, report the instance.'),
  );
  const problem: Problem = {...parts, instance: requestId};
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = problem.status;
  response.setHeader('Cache-Control', 'no-store');
  if (wantsPage(response.req)) {
    writePage(response, problemPage(problem, response.req));
    return;
  }
  response.setHeader('Content-Type', 'application/problem+json');
  response.end(JSON.stringify(problem));
}

type Parts = Omit<Problem, 'instance'> & {headers: Readonly<Record<string, string>>};

function partsOf(refused: ProblemError | PlainProblem): Parts {
  if (!('kind' in refused)) return refused;
  const {kind, message, extra} = refused;
  const {errors, headers} = extra;
  const {status, title} = PROBLEMS[kind];
  return {
    type: `/problems/${kind}`,
    title,
    status,
    detail: message,
    ...(errors && {errors}),
    headers: {...HEADERS_BY_KIND[kind], ...headers},
  };
}

// Defects of different kinds have a line each.
function kindOf(error: unknown): string {
  if (!isError(error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

// What is not there, or that too much is asked at once.
function causeOf(error: unknown): {reason: string; err?: unknown} {
  return error instanceof UnavailableError ? {reason: error.dependency, err: error} : {reason: 'overload'};
}

function toProblemError(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof UnavailableError) {
    return new ProblemError(
      'unavailable',
      'Try again in a few seconds; with the same Idempotency-Key nothing is stored twice.',
      {
        headers: {'Retry-After': RETRY_AFTER_SECONDS},
      },
    );
  }
  if (error instanceof URIError) return new ProblemError('not-found', 'There is no such path.');
  return undefined;
}
