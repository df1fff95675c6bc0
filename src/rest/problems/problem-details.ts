// Every error answer, as problem details (RFC 9457); as a page for a person who has sent a form. What is not the
// caller's mistake or an unavailable dependency is ours: masked for the caller, and in the log with its stack.
import type {ServerResponse} from 'node:http';
import type {InputError, Problem, ProblemKind} from '../../contract/problem';
import {isError, UnavailableError} from '../../platform/errors';
import type {RateLimitedLog} from '../../platform/rate-limited-log';
import {
  Conflict,
  ExpiredCursor,
  ForeignCursor,
  InvalidField,
  NotAllowed,
  NotFound,
  type RefusedField,
  Stale,
  Unavailable,
} from '../../services/domain-errors';
import {wantsPage, writePage} from '../http/html-page';
import {type PlainProblem, problemOfHttpError} from './http-errors';
import {toPointer} from './input-errors';
import {inputProblem, ProblemError, toProblem} from './problem-error';
import {problemPage} from './problem-page';

const TRY_AGAIN = 'Try again in a few seconds; with the same Idempotency-Key nothing is stored twice.';
const OTHER_FILTER: InputError = {
  parameter: 'after',
  code: 'other_filter',
  detail: 'must be of the same topics, by parameter and by token',
};

/** What the errors of services and of dependencies are over HTTP. Those of LoopBack and its libraries: http-errors.ts. */
const PROBLEM_BY_ERROR = [
  row(NotFound, ({message}) => new ProblemError('not-found', message)),
  row(NotAllowed, ({message}) => new ProblemError('forbidden', message)),
  row(Stale, ({message}) => new ProblemError('precondition-failed', message)),
  row(Conflict, ({message, refused}) => new ProblemError('conflict', message, {errors: [toInputError(refused)]})),
  row(InvalidField, ({message, refused}) => inputProblem('field', [toInputError(refused)], {detail: message})),
  row(ExpiredCursor, ({message}) => new ProblemError('feed-expired', message)),
  row(ForeignCursor, ({message}) => inputProblem('parameter', [OTHER_FILTER], {detail: message})),
  row(Unavailable, ({message, retryAfterSeconds}) => unavailable(message, retryAfterSeconds)),
  row(UnavailableError, () => unavailable(TRY_AGAIN, 2)),
  row(URIError, () => new ProblemError('not-found', 'There is no such path.')),
] as const;

/** As `authorize` has them (RFC 6750, 3.1): a service and a consumer's code know no headers. */
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
  const known = problemOf(error);
  if (!known) log.write('error', 'request.failed', {reason: kindOf(error), err: error, requestId});
  else if ('kind' in known && known.kind === 'unavailable')
    log.write('warn', 'request.unavailable', {...causeOf(error), requestId});
  if (response.headersSent || response.writableEnded) {
    response.destroy();
    return;
  }
  const {headers, problem} = answerOf(
    known ?? new ProblemError('internal-error', 'Try again; if it stays, report the instance.'),
    requestId,
  );
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

// Undefined for what is a defect of ours.
function problemOf(error: unknown): ProblemError | PlainProblem | undefined {
  if (error instanceof ProblemError) return error;
  for (const toProblemError of PROBLEM_BY_ERROR) {
    const problem = toProblemError(error);
    if (problem) return problem;
  }
  return problemOfHttpError(error);
}

function row<E extends Error>(
  type: new (...args: never[]) => E,
  toProblemError: (error: E) => ProblemError,
): (error: unknown) => ProblemError | undefined {
  return error => (error instanceof type ? toProblemError(error) : undefined);
}

function toInputError({field, code, detail}: RefusedField): InputError {
  return {pointer: toPointer([field]), code, detail};
}

function unavailable(detail: string, retryAfterSeconds: number): ProblemError {
  return new ProblemError('unavailable', detail, {headers: {'Retry-After': String(retryAfterSeconds)}});
}

function answerOf(
  refused: ProblemError | PlainProblem,
  instance: string,
): {problem: Problem; headers: Readonly<Record<string, string>>} {
  if (!('kind' in refused)) {
    const {headers, ...problem} = refused;
    return {problem: {...problem, instance}, headers};
  }
  const {kind, message, extra} = refused;
  return {
    problem: toProblem(kind, {detail: message, errors: extra.errors, instance}),
    headers: {...HEADERS_BY_KIND[kind], ...extra.headers},
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
