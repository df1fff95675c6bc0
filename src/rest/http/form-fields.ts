// Which of a form's fields are the body's, which are for the form alone, and which are of the site's own: these go into
// `metadata`, since a site may ask more than outreach knows. What a page adds without its visitor is dropped.
import type {z} from 'zod';
import {isMetadataKey} from '../../contract/metadata';
import {hasNothingToSee} from '../../contract/safe-text';
import {MAX_ERRORS} from '../../contract/problem';
import {toPointer} from '../problems/input-errors';
import {inputProblem} from '../problems/problem-error';
import type {FormValue} from './body';
import {isAnalytics} from './query';

/** A button's name or value is no answer of the visitor's; an image button sends where it was clicked. */
const BUTTON = /^(submit|send|button|btn|commit|op|reset|[xy]|.+\.[xy])$/i;
/** Answers to captchas, which are tokens; other names end in a number where a page has several. */
const CAPTCHA =
  /^(g-recaptcha-response|h-captcha-response|cf-turnstile-response|frc-captcha-(solution|response)|altcha|mtcaptcha-verifiedtoken|smart-token|captcha)\b/i;
/** Against forged requests: of Rails, Django, Laravel, ASP.NET and others. */
const FRAMEWORK = /^(authenticity_token|csrf\w*|xsrf\w*|utf8|form_build_id|form_token|honeypot)$/i;

/** Is the field nothing that a visitor has said? Campaigns (`utm_source`) are kept, the ids of clicks and visitors are not. */
function isOfThePage(name: string): boolean {
  const isTracker = isAnalytics(name) && !/^utm_/i.test(name);
  return name.startsWith('_') || isTracker || BUTTON.test(name) || CAPTCHA.test(name) || FRAMEWORK.test(name);
}

export interface FormSchemas {
  body: z.ZodObject;
  /** Of what only a form may have. */
  form: z.ZodObject;
  /** The field of the body that keeps the fields of the site's own; without one they stay in the body, to be refused. */
  ownFields?: string;
}

/**
 * Sorts the fields. Throws ProblemError `invalid-body` for a field of the body that is there more than once, and for names
 * that the site's own fields must not have.
 */
export function sortFields(
  fields: Readonly<Record<string, FormValue>>,
  {body: bodySchema, form: formSchema, ownFields}: FormSchemas,
): {body: Record<string, unknown>; form: Record<string, unknown>} {
  const body: Record<string, unknown> = {};
  const form: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(formSchema.shape, name)) form[name] = single(name, value);
    else if (Object.hasOwn(bodySchema.shape, name)) body[name] = single(name, value);
    else if (isOfThePage(name)) continue;
    else if (ownFields === undefined) body[name] = value;
    else if (!isMetadataKey(name) || isObject(value)) refused.push(name);
    else if (typeof value !== 'string' || !hasNothingToSee(value)) own[name] = value;
  }
  if (refused.length > 0) throw badNames(refused);
  if (ownFields !== undefined && Object.keys(own).length > 0) {
    const named = body[ownFields] ?? {}; // `metadata[budget]`
    if (isObject(named)) body[ownFields] = join(own, named);
  }
  return {body, form};
}

function single(name: string, value: FormValue): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length === 1) return value[0];
  throw inputProblem('field', [{pointer: toPointer([name]), code: 'repeated', detail: 'must be there once'}]);
}

// `budget` and `metadata[budget]` are one field.
function join(own: Record<string, unknown>, named: object): Record<string, unknown> {
  const joined = {...own};
  for (const [name, value] of Object.entries(named) as [string, unknown][]) {
    joined[name] = Object.hasOwn(own, name) ? [own[name], value].flat() : value;
  }
  return joined;
}

function badNames(names: readonly string[]) {
  const detail = 'has a name that is not allowed: use at most 64 letters, digits, "_", "." and "-"';
  const errors = names.slice(0, MAX_ERRORS).map(name => ({pointer: toPointer([name]), code: 'key' as const, detail}));
  return inputProblem('field', errors, {count: names.length});
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
