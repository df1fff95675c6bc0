// Sends a form as JSON without leaving the page: one request at a time, errors at their fields, and nothing that was
// typed is lost unless it was accepted.
import {readFields} from './fields.js';
import {postJson} from './post.js';
import {clearFieldErrors, mistakesOfForm, showFieldErrors} from './problem.js';

/**
 * Takes over the form's submission. `texts.accepted(answer)` is the success message, `texts.broken` introduces mistakes of
 * the form itself; `idempotent` sends an Idempotency-Key.
 */
export function enhanceForm(form, {status, texts, idempotent = false}) {
  const button = form.querySelector('button[type=submit]');
  const buttonText = button.textContent;
  const keyFor = idempotent ? createKeys() : () => undefined;
  let sending = false;

  const send = async () => {
    const {fields, errors} = readFields(form);
    if (errors.length > 0) {
      showErrors(errors);
      return;
    }
    const body = JSON.stringify(fields);
    const key = keyFor(body);
    const {outcome, answer} = await postJson(form.action, body, key ? {'Idempotency-Key': key} : {});
    if (outcome === 'accepted') {
      keyFor.forget?.();
      form.reset();
      showStatus(status, 'success', texts.accepted(answer));
    } else if (outcome === 'invalid') {
      showErrors(answer.errors, answer);
    } else if (outcome === 'unavailable') {
      showStatus(status, 'error', withReference(texts.unavailable, answer));
    } else {
      keyFor.forget?.();
      showStatus(status, 'error', withReference(`${texts.refused} ${answer?.detail ?? ''}`.trim(), answer));
    }
  };

  // A mistake of the form is none of the visitor's, who would look for it in vain.
  const showErrors = (errors, answer) => {
    const mistakes = mistakesOfForm(form, errors);
    if (mistakes.length === 0) showFieldErrors(form, errors);
    else showStatus(status, 'error', withReference(`${texts.broken} ${mistakes.join(' ')}`, answer));
  };

  form.noValidate = true; // the service validates; its errors are shown in one way for all fields
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearFieldErrors(form);
    showStatus(status, 'none', '');
    // aria-disabled rather than disabled: a disabled button would drop the keyboard focus.
    button.setAttribute('aria-disabled', 'true');
    button.textContent = 'Sending…';
    send()
      .catch(() => showStatus(status, 'error', texts.unavailable))
      .finally(() => {
        sending = false;
        button.removeAttribute('aria-disabled');
        button.textContent = buttonText;
      });
  });
}

/**
 * One key per filled-in form: the same text keeps its key, so a retry whose first answer was lost is stored once;
 * changed text is another inquiry and gets a new key. `forget()` ends the current one.
 */
function createKeys() {
  let current;
  const keyFor = body => {
    // randomUUID exists on https and localhost only; without it the inquiry is sent all the same.
    if (current?.body !== body) current = {body, key: crypto.randomUUID?.()};
    return current.key;
  };
  keyFor.forget = () => {
    current = undefined;
  };
  return keyFor;
}

function withReference(text, answer) {
  return answer?.instance ? `${text} (Reference: ${answer.instance})` : text;
}

function showStatus(element, state, text) {
  element.dataset.state = state;
  element.textContent = text;
}
