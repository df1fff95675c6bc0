// Problem details (RFC 9457): the shape of every error answer, and the table of the kinds there are.
// No problem ever echoes a submitted value, a stack or an SQL text.
import {z} from 'zod';

/** Every code of an input error, with what it means: for clients that say it in words of their own. */
export const INPUT_ERROR_CODES = {
  required: 'is missing',
  type: 'has another JSON type',
  too_small: 'is shorter, fewer or less than `min`',
  too_big: 'is longer, more or greater than `max`',
  not_allowed: 'is none of the values that are allowed',
  format: 'has another format',
  unknown: 'is not known here',
  repeated: 'is there more than once',
  file: 'is a file, which cannot be sent',
  empty: 'names nothing to change',
  key: 'has a key that is not allowed',
  control_character: 'has a control character',
  malformed_unicode: 'is not well-formed Unicode',
  combining_marks: 'has too many combining marks in a row',
  unknown_topic: 'is none of INQUIRY_TOPICS, or none that the token opens',
  illegal_transition: 'cannot follow the present status',
  other_filter: 'belongs to another filter',
} as const satisfies Record<string, string>;
export type InputErrorCode = keyof typeof INPUT_ERROR_CODES;

/** Is this one of INPUT_ERROR_CODES? */
export function isInputErrorCode(code: unknown): code is InputErrorCode {
  return typeof code === 'string' && Object.hasOwn(INPUT_ERROR_CODES, code);
}

/** One thing that is wrong with the input: where (JSON pointer, RFC 6901, or a parameter's name), and what. */
const inputErrorSchema = z.strictObject({
  pointer: z.string().optional(),
  parameter: z.string().optional(),
  code: z.enum(Object.keys(INPUT_ERROR_CODES) as InputErrorCode[]).meta({
    description: Object.entries(INPUT_ERROR_CODES)
      .map(([code, meaning]) => `\`${code}\`: ${meaning}.`)
      .join(' '),
  }),
  min: z.number().optional().meta({description: 'With `too_small`: the least characters, items or value.'}),
  max: z.number().optional().meta({description: 'With `too_big`: the most characters, items or value.'}),
  detail: z
    .string()
    .meta({description: 'What is wrong, in English: it continues a sentence that begins with the field.'}),
});
export type InputError = z.infer<typeof inputErrorSchema>;

/** Most errors in an answer, which must not grow with what was wrong; `detail` has the number of all. */
export const MAX_ERRORS = 20;

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string().meta({description: 'The request id; it is in the log too.'}),
  errors: z.array(inputErrorSchema).max(MAX_ERRORS).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Every kind of problem: its key is the last part of `type`. */
export const PROBLEMS = {
  'malformed-request': {status: 400, title: 'The request is not HTTP'},
  'malformed-body': {status: 400, title: 'The body cannot be read'},
  'invalid-parameter': {status: 400, title: 'A parameter is not valid'},
  unauthorized: {status: 401, title: 'A valid bearer token is needed'},
  forbidden: {status: 403, title: 'The token does not allow this'},
  'not-found': {status: 404, title: 'There is nothing here'},
  'method-not-allowed': {status: 405, title: 'The method is not allowed here'},
  conflict: {status: 409, title: 'The change conflicts with the present state'},
  'feed-expired': {status: 410, title: 'The feed cannot be followed from there'},
  'precondition-failed': {status: 412, title: 'The resource has changed since it was read'},
  'request-timeout': {status: 408, title: 'The request took too long to arrive'},
  'body-too-large': {status: 413, title: 'The body is too large'},
  'uri-too-long': {status: 414, title: 'The request target is too long'},
  'unsupported-media-type': {status: 415, title: 'The media type is not supported'},
  'invalid-body': {status: 422, title: 'The body is not valid'},
  'precondition-required': {status: 428, title: 'A precondition is needed'},
  'too-many-requests': {status: 429, title: 'Too many requests'},
  'headers-too-large': {status: 431, title: 'The header fields are too large or too many'},
  'internal-error': {status: 500, title: 'Something went wrong on our side'},
  unavailable: {status: 503, title: 'The service is not available for the moment'},
} as const satisfies Record<string, {status: number; title: string}>;
export type ProblemKind = keyof typeof PROBLEMS;
