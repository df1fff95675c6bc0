// An error in words: the service's own, with the reference by which its log can be searched.
import type {Problem} from 'outreach/client';
import {HttpError} from 'react-admin';
import {SignInError} from '../authentication/sign-in-error';

type Translate = (key: string, options?: Record<string, unknown>) => string;

export function explain(error: unknown, translate: Translate): string {
  if (error instanceof SignInError) return translate(`outreach.signIn.${error.failure}`);
  if (!(error instanceof HttpError)) return translate('outreach.errors.unreachable');
  const {detail, title, errors, instance} = (error.body ?? {}) as Partial<Problem>; // toError put it there
  const fields = (errors ?? []).map(
    ({pointer, parameter, detail}) => `${pointer?.slice(1) ?? parameter ?? ''} ${detail}`,
  );
  const text = [...(fields.length > 0 ? fields : [detail ?? title ?? `HTTP ${error.status}`])].join('; ');
  return instance === undefined ? text : `${text} (${translate('outreach.errors.reference', {id: instance})})`;
}
