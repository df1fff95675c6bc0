// Takes over a form's submission: the page stays, errors show at their fields, and nothing that was typed is lost unless
// it was stored. Works under a strict Content-Security-Policy, and keeps nothing in the browser: no cookie, no storage.
import {deliver, type Outcome, type Problem, type Receipt, type Waiting} from './delivery';
import {clearErrors, showErrors} from './errors';
import {type InputError, readFields} from './fields';
import {FormToken} from './form-token';

export type {InputError, Problem, Receipt};

/** What the form says. `data-outreach-success="…"` and the like on the form replace one, and so does `texts`. */
const TEXTS = {
  sending: 'Sending …',
  offline: 'You are offline. Your message is sent as soon as you are online again: please keep this page open.',
  retrying: 'This takes longer than usual. Still trying …',
  success: 'Thank you, your message has arrived.',
  invalid: 'Please check what you typed.',
  required: 'Please fill this in.',
  refused: 'Your message was not accepted.',
  unavailable: 'We cannot be reached at the moment. Nothing is lost: your text is still here. Please try again later.',
  reference: 'Reference:',
};
export type FormTexts = typeof TEXTS;

export interface FormOptions {
  /** Where REST is, such as `https://api.example.org`. A form whose `action` is below it posts there, else to `/inquiries`. */
  restUrl: string;
  /** Where embed.js is on the page's own origin: the proof of work is then solved in a worker, else on the page in slices. */
  workerUrl?: string;
  texts?: Partial<FormTexts>;
}

/** The events of a form, which bubble; `detail` of each. `outreach:submit` and `outreach:error` can be prevented. */
export interface FormEvents {
  /** Before sending: `body` may still be changed. Prevented: nothing is sent. */
  'outreach:submit': {body: Record<string, unknown>};
  /** It is not sent yet, and will be without another click. */
  'outreach:waiting': {reason: Waiting};
  'outreach:success': Receipt;
  /** Not stored. Prevented: the form shows nothing of it. There is a `problem` where there was an answer. */
  'outreach:error': {errors: readonly InputError[]; problem?: Problem};
}

declare global {
  interface HTMLElementEventMap {
    'outreach:submit': CustomEvent<FormEvents['outreach:submit']>;
    'outreach:waiting': CustomEvent<FormEvents['outreach:waiting']>;
    'outreach:success': CustomEvent<FormEvents['outreach:success']>;
    'outreach:error': CustomEvent<FormEvents['outreach:error']>;
  }
}

/** Takes the form over until the function that it returns is called. A form that is attached twice is so once. */
export function attachForm(form: HTMLFormElement, options: FormOptions): () => void {
  const known = attached.get(form);
  if (known) return known;
  const submission = new FormSubmission(form, options);
  const listener = (event: SubmitEvent) => {
    event.preventDefault();
    submission.start(event.submitter);
  };
  const begin = () => submission.begin();
  form.addEventListener('focusin', begin);
  form.addEventListener('submit', listener);
  const detach = () => {
    attached.delete(form);
    form.removeEventListener('focusin', begin);
    form.removeEventListener('submit', listener);
  };
  attached.set(form, detach);
  return detach;
}
const attached = new WeakMap<HTMLFormElement, () => void>();

class FormSubmission {
  private isSending = false;
  /** The same text keeps its key, so that it is stored once however often it is sent. */
  private current?: {body: string; key: string};
  private readonly url: string;
  private readonly token: FormToken;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly options: FormOptions,
  ) {
    const base = new URL(options.restUrl.replace(/\/*$/, '/'), document.baseURI).href;
    const action = new URL(form.getAttribute('action') ?? '', document.baseURI).href; // form.action may be a field
    this.url = action.startsWith(base) ? action : `${base}inquiries`;
    this.token = new FormToken(`${base}form-token`, options.workerUrl);
  }

  /** The visitor is at the form. */
  begin(): void {
    if (this.isInquiry) this.token.prepare();
  }

  private get isInquiry(): boolean {
    return !this.url.endsWith('/subscriptions');
  }

  /** Sends the form, unless it is being sent: a second click does nothing. */
  start(submitter: HTMLElement | null): void {
    if (this.isSending) return;
    this.isSending = true;
    // Not disabled, which would drop the keyboard's focus.
    submitter?.setAttribute('aria-disabled', 'true');
    clearErrors(this.form);
    void this.send()
      .catch(() => this.fail({kind: 'unavailable'}))
      .finally(() => {
        this.isSending = false;
        submitter?.removeAttribute('aria-disabled');
      });
  }

  private async send(): Promise<void> {
    const read = () => readFields(this.form, this.isInquiry);
    const {body, captcha, errors} = read();
    if (errors.length > 0) {
      this.fail({kind: 'refused', answer: {errors}});
      return;
    }
    if (!this.emit('outreach:submit', {body})) return;
    const text = JSON.stringify(body);
    if (this.current?.body !== text) {
      if (this.current) this.token.forget(); // the text before may be stored, with this token
      this.current = {body: text, key: newKey()};
    }
    this.say('sending');
    const typed = () => JSON.stringify({...read(), captcha: undefined}); // widgets renew theirs
    const before = typed();
    const fields = this.isInquiry ? await this.token.take() : {};
    const outcome = await deliver({
      url: this.url,
      key: this.current.key,
      body: JSON.stringify({...body, ...captcha, ...fields}),
      onWaiting: reason => {
        this.say(reason);
        this.emit('outreach:waiting', {reason});
      },
    });
    if (outcome.kind !== 'accepted') {
      if ((outcome.answer?.status ?? 500) < 500) this.current = undefined; // it is not stored
      this.fail(outcome);
      return;
    }
    this.current = undefined;
    this.token.forget();
    const receipt: Receipt = outcome.answer ?? {};
    // What was typed meanwhile was not sent: it stays.
    if (typed() === before) this.form.reset();
    this.say('success', receipt.id && `${this.text('reference')} ${receipt.id}`);
    this.emit('outreach:success', receipt);
  }

  private fail({kind, answer}: Outcome): void {
    const problem: Problem | undefined = answer ?? undefined; // some server between may answer null
    const errors = problem?.errors ?? [];
    this.say('none');
    if (!this.emit('outreach:error', {errors, ...(problem && {problem})})) return;
    const others = showErrors(this.form, errors, error => this.sentence(error));
    if (kind === 'refused' && errors.length > others.length && others.length === 0) this.say('invalid');
    else if (kind === 'refused')
      this.say('refused', ...others.map(error => this.unplaced(error)), errors[0] ? '' : problem?.detail);
    else this.say('unavailable', problem?.instance && `${this.text('reference')} ${problem.instance}`);
  }

  private sentence({code, detail}: InputError): string {
    if (code === 'required' || code === 'too_small') return this.text('required');
    return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
  }

  // A mistake of the form: its developer reads it, and a visitor can pass it on.
  private unplaced({pointer = '', detail}: InputError): string {
    return `${pointer.slice(1)} ${detail}.`;
  }

  private say(state: keyof FormTexts | 'none', ...more: (string | undefined)[]): void {
    const place = this.status();
    place.dataset.state = state;
    place.textContent = state === 'none' ? '' : [this.text(state), ...more].filter(Boolean).join(' ');
  }

  private text(name: keyof FormTexts): string {
    const attribute = `outreach${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return this.options.texts?.[name] ?? this.form.dataset[attribute] ?? TEXTS[name];
  }

  private status(): HTMLElement {
    const own = this.form.querySelector<HTMLElement>('[role=status]');
    if (own) return own;
    const place = Object.assign(document.createElement('p'), {className: 'outreach-status'});
    place.setAttribute('role', 'status');
    this.form.append(place);
    return place;
  }

  private emit<Name extends keyof FormEvents>(type: Name, detail: FormEvents[Name]): boolean {
    const cancelable = type === 'outreach:submit' || type === 'outreach:error';
    return this.form.dispatchEvent(new CustomEvent(type, {bubbles: true, cancelable, detail}));
  }
}

// crypto.randomUUID is missing on plain http.
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
