// The script for pages without a build step: takes over each `<form data-outreach="https://api.example.org">`, also one
// that is added later, and the form inside of each `<outreach-form rest-url="https://api.example.org">`. The same file is
// its own worker, so that a policy that allows the script allows that.
import {attachForm} from './attach-form';
import {serveAsWorker} from './proof-of-work';

if (typeof document === 'undefined') serveAsWorker();
else takeFormsOver();

function takeFormsOver(): void {
  const {src: workerUrl = ''} = (document.currentScript ?? {}) as {src?: string}; // a script of HTML, not of SVG

  // The first sign of a visitor in a form is early enough, and a form that is never used costs nothing.
  for (const type of ['focusin', 'input', 'submit']) {
    document.addEventListener(
      type,
      ({target}) => {
        const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-outreach]') : null;
        if (form) attachForm(form, {restUrl: form.dataset.outreach ?? '', workerUrl});
      },
      {capture: true},
    );
  }

  /** `<outreach-form rest-url="…">` around a form, which may come, go and be replaced, as frameworks do. */
  class OutreachForm extends HTMLElement {
    private form: HTMLFormElement | null = null;
    private detach?: () => void;
    private readonly observer = new MutationObserver(() => this.attach());

    connectedCallback(): void {
      this.observer.observe(this, {childList: true, subtree: true});
      this.attach();
    }

    disconnectedCallback(): void {
      this.observer.disconnect();
      this.detach?.();
      this.form = null;
    }

    private attach(): void {
      const form = this.querySelector('form');
      if (form === this.form) return;
      this.detach?.();
      this.form = form;
      const restUrl = this.getAttribute('rest-url') ?? '';
      this.detach = form ? attachForm(form, {restUrl, workerUrl}) : undefined;
    }
  }

  if (!customElements.get('outreach-form')) customElements.define('outreach-form', OutreachForm);
}
