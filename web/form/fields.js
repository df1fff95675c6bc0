// Reads what a form holds into the body that the service takes.

/**
 * `fields` is text by the fields' names; `metadata[name]` is `name` in `metadata`, where the values of a repeated name,
 * such as the ticked boxes of a group, are a list. Empty fields are left out, and so is `_next`, which only a post
 * without JavaScript needs. `errors` is what cannot be sent, in the service's own form: nothing that a
 * visitor has chosen is left out in silence.
 */
export function readFields(form) {
  const fields = new Map();
  const metadata = new Map();
  const errors = [];
  const refuse = (name, code, detail) => errors.push({pointer: pointerTo(name), code, detail});
  for (const [name, value] of new FormData(form)) {
    const [, key] = /^metadata\[([^[\]]+)\]$/.exec(name) ?? [];
    if (name === '_next') continue;
    if (typeof value !== 'string') {
      if (value.name !== '') refuse(name, 'file', 'cannot be sent: please take the file out');
    } else if (value.trim() === '') {
      continue;
    } else if (key !== undefined) {
      metadata.set(key, metadata.has(key) ? [metadata.get(key), value].flat() : value);
    } else if (fields.has(name)) {
      refuse(name, 'repeated', 'must be there once');
    } else {
      fields.set(name, value);
    }
  }
  const own = metadata.size > 0 ? {metadata: Object.fromEntries(metadata)} : {};
  return {fields: {...Object.fromEntries(fields), ...own}, errors};
}

// RFC 6901
function pointerTo(name) {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
