// Reads what a form holds into the JSON body that the service takes.
import {INQUIRY_FIELDS} from './field-names';

// What captcha widgets add to a form; it is none of the visitor's words.
const CAPTCHA = /^((g-recaptcha|h-captcha|cf-turnstile|frc-captcha)-|altcha$)/;
// Of these the service asks the provider.
const RESPONSE = /^(h-captcha|cf-turnstile|frc-captcha)-response$/;

/** One thing that is wrong, as problems have it in `errors[]`. */
export interface InputError {
  /** RFC 6901: `/email`, `/metadata/budget`. */
  pointer?: string;
  code: string;
  /** English; continues a sentence that begins with the field. */
  detail: string;
}

/**
 * `body` has the fields by their names and, of an inquiry, those that the service does not know in `metadata`, by the name
 * in the brackets of `metadata[name]`, else by their own; several values of one name, as ticked boxes have, are a list.
 * Left out: blank fields, buttons, captchas, and names that begin with `_`, but for the honeypot. `captcha` has the responses
 * of those captchas that the service knows. `errors` is what cannot be sent, so that nothing that a visitor chose is dropped
 * in silence.
 */
export function readFields(
  form: HTMLFormElement,
  isInquiry: boolean,
): {body: Record<string, unknown>; captcha: Record<string, unknown>; errors: InputError[]} {
  const body: Record<string, unknown> = {};
  const metadata: Record<string, string | string[]> = {};
  const captcha: Record<string, unknown> = {};
  const errors: InputError[] = [];
  for (const [name, value] of new FormData(form)) {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1] ?? name.replace(/\[\]$/, '');
    const isHoneypot = name === (form.dataset.outreachHoneypot ?? '_remarks');
    if (isInquiry && value !== '' && RESPONSE.test(name)) captcha[name] = value;
    if ((name.startsWith('_') && !isHoneypot) || CAPTCHA.test(name)) continue;
    if (typeof value !== 'string') {
      if (value.name)
        errors.push({pointer: toPointer(name), code: 'file', detail: 'cannot be sent: please take it out'});
    } else if (value.trim() === '') {
      continue;
    } else if (isInquiry && !isHoneypot && !INQUIRY_FIELDS.includes(name)) {
      metadata[key] = Object.hasOwn(metadata, key) ? [metadata[key] ?? [], value].flat() : value;
    } else if (Object.hasOwn(body, name)) {
      errors.push({pointer: toPointer(name), code: 'repeated', detail: 'must be there once'});
    } else {
      body[name] = value;
    }
  }
  if (Object.keys(metadata).length > 0) body.metadata = metadata;
  return {body, captcha, errors};
}

/** The form's controls that a pointer means, which a visitor can see; more than one in a group, none of what is not there. */
export function controlsOf(form: HTMLFormElement, pointer = ''): HTMLInputElement[] {
  const [, name = '', key = ''] = pointer.split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const names = name === 'metadata' ? [`metadata[${key}]`, key, `${key}[]`] : [name];
  const controls = [...form.elements] as HTMLInputElement[]; // or other controls, which have these members too
  return controls.filter(control => names.includes(control.name) && control.name !== '' && control.type !== 'hidden');
}

function toPointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
