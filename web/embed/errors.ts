// Shows what is wrong at the fields, so that a screen reader says it with the field (WCAG 2.2, 3.3.1 and 1.3.1).
import {controlsOf, type InputError} from './fields';

let shown = 0; // makes ids that are unique on the page

/**
 * Says each error at its field and focuses the first; answers those that no visible field has. A text goes into the form's
 * element with `data-outreach-error` and the field's name, else into a new `<span class="outreach-error">` behind it.
 */
export function showErrors(
  form: HTMLFormElement,
  errors: readonly InputError[],
  textOf: (error: InputError) => string,
): InputError[] {
  clearErrors(form);
  const first: HTMLInputElement[] = [];
  const others = errors.filter(error => {
    const controls = controlsOf(form, error.pointer);
    const [control] = controls;
    if (!control) return true;
    first.push(control);
    showError(form, controls, textOf(error));
    return false;
  });
  const inOrder = ([...form.elements] as HTMLInputElement[]).find(control => first.includes(control));
  inOrder?.focus();
  return others;
}

/** Takes away what showErrors has shown. */
export function clearErrors(form: HTMLFormElement): void {
  for (const place of form.querySelectorAll<HTMLElement>('.outreach-error, [data-outreach-error]')) {
    for (const control of form.querySelectorAll(`[aria-describedby~="${place.id}"]`)) {
      const ids = idsOf(control).filter(id => id !== place.id);
      if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
      else control.removeAttribute('aria-describedby');
      control.removeAttribute('aria-invalid');
    }
    if (place.dataset.outreachError === undefined) place.remove();
    else place.textContent = '';
  }
}

function showError(form: HTMLFormElement, controls: readonly HTMLInputElement[], text: string): void {
  const [first] = controls;
  const last = controls.at(-1);
  if (!first || !last) return;
  const own = form.querySelector(`[data-outreach-error="${CSS.escape(first.name)}"]`);
  const earlier = form.querySelector(`.outreach-error#${idsOf(first).at(-1) ?? 'none'}`); // of the same field
  const place = own ?? earlier ?? Object.assign(document.createElement('span'), {className: 'outreach-error'});
  place.id ||= `outreach-error-${(shown += 1)}`;
  place.textContent = `${place.textContent} ${text}`.trim();
  // Not inside of the label, whose text is the field's name.
  if (!place.isConnected) (last.closest('label') ?? last).after(place);
  for (const control of controls) {
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', [...new Set([...idsOf(control), place.id])].join(' '));
  }
}

function idsOf(control: Element): string[] {
  return (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
}
