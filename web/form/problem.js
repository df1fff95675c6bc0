// Shows the `errors` of a problem (RFC 9457) in a form: next to each field, and in a summary with links to them.

/** Shows the errors and moves the focus to the summary, which is how a screen reader learns of them. */
export function showFieldErrors(form, errors) {
  clearFieldErrors(form);
  const summary = form.querySelector('.error-summary');
  const items = errors.map(error => {
    const field = fieldOf(form, error.pointer);
    const text = sentence(field, error);
    if (field) markInvalid(field, text);
    return summaryItem(field, text);
  });
  summary.querySelector('ul').replaceChildren(...items);
  summary.hidden = false;
  summary.focus();
}

/** Takes away what showFieldErrors showed. */
export function clearFieldErrors(form) {
  form.querySelector('.error-summary').hidden = true;
  for (const message of form.querySelectorAll('.field-error')) message.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    describe(field, ids => ids.filter(id => id !== errorIdOf(field)));
  }
}

/** What is wrong with the form itself, for the site's owner: no visitor sees such a field, or can do anything about it. */
export function mistakesOfForm(form, errors) {
  const ofForm = errors.filter(
    ({code, pointer}) => ['unknown', 'unknown_topic', 'repeated'].includes(code) || !fieldOf(form, pointer),
  );
  return ofForm.map(({pointer = '', detail}) =>
    pointer === '' ? `The form ${detail}.` : `The field “${pointer.slice(1)}” ${detail}.`,
  );
}

// `/email` is the field "email", and `/metadata/budget` is "metadata[budget]". The form's own properties are no way to
// find it: `form.name` may be an input.
function fieldOf(form, pointer = '') {
  const [, name, key] = pointer.split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = name ? form.elements.namedItem(key === undefined ? name : `${name}[${key}]`) : null;
  return field?.labels?.length > 0 ? field : undefined;
}

// The service's `detail` continues a sentence that starts with the field: "must be at most 120 characters".
function sentence(field, {code, detail, pointer}) {
  const start = field ? labelOf(field) : (pointer ?? 'The form');
  return code === 'required' || code === 'too_small' ? `${start} is required.` : `${start} ${detail}.`;
}

function labelOf(field) {
  return field.labels[0].firstChild.textContent.trim(); // without "(optional)"
}

function markInvalid(field, text) {
  field.setAttribute('aria-invalid', 'true');
  const existing = document.getElementById(errorIdOf(field));
  if (existing) {
    existing.textContent += ` ${text}`; // a second error of the same field
    return;
  }
  const message = document.createElement('p');
  message.id = errorIdOf(field);
  message.className = 'field-error';
  message.textContent = text;
  field.before(message);
  describe(field, ids => [message.id, ...ids]);
}

function summaryItem(field, text) {
  const item = document.createElement('li');
  if (!field) {
    item.textContent = text;
    return item;
  }
  const link = document.createElement('a');
  link.href = `#${field.id}`;
  link.textContent = text;
  link.addEventListener('click', event => {
    event.preventDefault(); // the fragment alone would scroll without moving the focus in every browser
    field.focus();
  });
  item.append(link);
  return item;
}

function errorIdOf(field) {
  return `${field.id}-error`;
}

function describe(field, change) {
  const ids = change((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  if (ids.length > 0) field.setAttribute('aria-describedby', ids.join(' '));
  else field.removeAttribute('aria-describedby');
}
