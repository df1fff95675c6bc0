// What an error says: its status, and why in the words of the chosen language. The service says in codes what is wrong,
// and its own English is for whatever the back office does not know yet.
import type {Problem} from 'outreach/client';
import {HttpError} from 'react-admin';
import {SignInError} from '../authentication/sign-in-error';
import {formatNumber} from '../i18n/counts';
import type {english} from '../i18n/english';

/** react-admin's; its option `_` is the text where there is none of the key. */
export type Translate = (key: string, options?: Record<string, unknown>) => string;
type InputError = NonNullable<Problem['errors']>[number] & {min?: number; max?: number};

const OURS = 500;
/** Of answers that are no problems, as proxies give them. */
const KINDS: Readonly<Record<number, keyof typeof english.outreach.problems>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'request-timeout',
  413: 'body-too-large',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** An error's status; 503 for one without, since no answer came at all. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? Number(error.status) : 503;
}

/** Why it failed, as a sentence. */
export function explain(error: unknown, translate: Translate): string {
  if (error instanceof SignInError) return translate(`outreach.signIn.${error.failure}`);
  if (!(error instanceof HttpError)) {
    return translate(navigator.onLine ? 'outreach.errors.unreachable' : 'outreach.errors.offline');
  }
  const status = Number(error.status);
  const {type = '', title, errors = [], instance} = (error.body ?? {}) as Partial<Problem>; // the data provider put it there
  const text =
    errors.length > 0
      ? errors.map(each => explainInput(each, translate)).join('; ')
      : translate(`outreach.problems.${type.slice(type.lastIndexOf('/') + 1) || (KINDS[status] ?? '')}`, {
          _: title ?? translate('outreach.errors.unexpected', {status}),
        });
  // By which whoever runs the service finds it in the log; what is the caller's to mend needs none.
  if (status < OURS || instance === undefined) return text;
  return `${text} (${translate('outreach.errors.reference', {id: instance})})`;
}

/** "Phone: too long (at most 32)". */
function explainInput({pointer, parameter, code, detail, min, max}: InputError, translate: Translate): string {
  const name = (pointer ?? '').slice(1) || (parameter ?? '');
  const text = translate(`outreach.inputErrors.${code}`, {_: detail});
  const bound = max === undefined ? min : max;
  const limit =
    bound === undefined
      ? ''
      : ` (${translate(max === undefined ? 'outreach.limits.least' : 'outreach.limits.most', {limit: formatNumber(bound, translate('outreach.locale'))})})`;
  return name === '' ? text + limit : `${translate(`outreach.fields.${name}`, {_: name})}: ${text}${limit}`;
}
