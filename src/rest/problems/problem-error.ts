// The error of the REST layer that is answered as a problem, and the one builder of problem details (RFC 9457). What the
// errors of services, dependencies and LoopBack become stands in problem-details.ts.
import {type InputError, MAX_ERRORS, type Problem, type ProblemKind, PROBLEMS} from '../../contract/problem';

/** Answered as a problem of that kind. Its message becomes `detail`, so it repeats nothing that was sent. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly extra: {errors?: InputError[]; headers?: Readonly<Record<string, string>>; cause?: unknown} = {},
  ) {
    super(message, {cause: extra.cause});
  }
}

/** 400 for parameters, 422 for the fields of a body; `errors` are the first MAX_ERRORS of `count`. */
export function inputProblem(
  of: 'parameter' | 'field',
  errors: InputError[],
  {count = errors.length, detail = counted(count, of)}: {count?: number; detail?: string} = {},
): ProblemError {
  return new ProblemError(of === 'parameter' ? 'invalid-parameter' : 'invalid-body', detail, {errors});
}

function counted(count: number, noun: string): string {
  if (count === 1) return `One ${noun} is not valid.`;
  return `${count} ${noun}s are not valid${count > MAX_ERRORS ? `; \`errors\` has the first ${MAX_ERRORS}` : ''}.`;
}

/** The body of the answer; `instance` is the request's id. */
export function toProblem(
  kind: ProblemKind,
  {instance, detail, errors}: Pick<Problem, 'instance' | 'detail' | 'errors'>,
): Problem {
  const {status, title} = PROBLEMS[kind];
  return {
    type: `/problems/${kind}`,
    title,
    status,
    ...(detail !== undefined && {detail}),
    ...(errors && {errors}),
    instance,
  };
}
