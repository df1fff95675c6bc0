// Problems of the errors that LoopBack throws and that a consumer's code throws as LoopBack has it: HttpErrors, those of
// its parsers and validators, and a row that is not there.
import {STATUS_CODES} from 'node:http';
import {HttpErrors, type RestHttpErrors} from '@loopback/rest';
import {type InputError, type InputErrorCode, MAX_ERRORS, type ProblemKind, PROBLEMS} from '../../contract/problem';
import {isError} from '../../platform/errors';
import {toPointer} from './input-errors';
import {inputProblem, ProblemError} from './problem-error';

/** A status that has no kind of ours (RFC 9457, 4.2.1). */
export interface PlainProblem {
  type: 'about:blank';
  title: string;
  status: number;
  detail?: string;
  headers: Record<string, string>;
}

// Their messages may quote input, so none is kept.
const KIND_BY_STATUS: Readonly<Record<number, ProblemKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};
const PARAMETER_CODES: Readonly<Record<string, InputErrorCode>> = {
  INVALID_PARAMETER_VALUE: 'format',
  MISSING_REQUIRED_PARAMETER: 'required',
};
const INPUT_CODES: Readonly<Record<string, InputErrorCode>> = {
  required: 'required',
  type: 'type',
  additionalProperties: 'unknown',
  enum: 'not_allowed',
  const: 'not_allowed',
  minLength: 'too_small',
  minItems: 'too_small',
  minimum: 'too_small',
  maxLength: 'too_big',
  maxItems: 'too_big',
  maximum: 'too_big',
};

/** Undefined when the error is neither of these, or one of the server: those are masked. */
export function problemOfHttpError(error: unknown): ProblemError | PlainProblem | undefined {
  if (!isError(error)) return undefined;
  const {code} = error as {code?: unknown};
  if (code === 'ENTITY_NOT_FOUND') return ofKind('not-found'); // of LoopBack's repositories
  if (!HttpErrors.isHttpError(error)) return undefined;
  const {statusCode, message, expose} = error;
  if (statusCode === 503) return ofKind('unavailable', {'Retry-After': '2', ...headersOf(error)});
  if (statusCode >= 500) return undefined;
  if (code === 'VALIDATION_FAILED') return invalidBody(error as Partial<Validation>);
  const parameterCode = typeof code === 'string' ? PARAMETER_CODES[code] : undefined;
  if (parameterCode) return invalidParameter(String((error as {parameterName?: unknown}).parameterName), parameterCode);
  const kind = statusCode === 400 && isOfBodyParser(error) ? 'malformed-body' : KIND_BY_STATUS[statusCode];
  if (kind) return ofKind(kind, headersOf(error));
  return {
    type: 'about:blank',
    title: STATUS_CODES[statusCode] ?? 'Refused',
    status: statusCode,
    ...(expose && code === undefined && {detail: message}),
    headers: headersOf(error),
  };
}

function ofKind(kind: ProblemKind, headers?: Record<string, string>): ProblemError {
  return new ProblemError(kind, PROBLEMS[kind].title + '.', {headers});
}

// body-parser, which LoopBack's parsers use, says what it could not do: `entity.parse.failed`.
function isOfBodyParser(error: Error): boolean {
  return 'type' in error || error instanceof SyntaxError;
}

function headersOf({headers = {}}: {headers?: Record<string, string>}): Record<string, string> {
  return headers;
}

function invalidParameter(parameter: string, code: InputErrorCode): ProblemError {
  const detail = code === 'required' ? 'is missing' : 'is not valid';
  return inputProblem('parameter', [{parameter, code, detail}]);
}

interface Validation {
  details: RestHttpErrors.ValidationErrorDetails[];
}

function invalidBody({details = []}: Partial<Validation>): ProblemError {
  const errors = details.map(({path, code, message, info}): InputError => {
    const {missingProperty, additionalProperty} = info as Partial<Record<string, string>>; // AJV's parameters of a rule
    const name = missingProperty ?? additionalProperty;
    return {
      pointer: name === undefined ? path : path + toPointer([name]),
      code: INPUT_CODES[code] ?? 'format',
      detail: message,
    };
  });
  return inputProblem('field', errors.slice(0, MAX_ERRORS), {count: errors.length});
}
