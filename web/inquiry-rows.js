// Shows inquiries as table rows. All text goes in as textContent: it was typed by strangers.

const HIGHLIGHT_MS = 6000;
const EXCERPT_LENGTH = 200;
const STATUS_LABELS = {new: 'New', in_progress: 'In progress', resolved: 'Resolved', spam: 'Spam'};
const received = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});

/** Returns `show(inquiries)`, which makes the rows of `body` those inquiries, in their order, and marks new ones. */
export function createRows(body) {
  const rows = new Map(); // id -> {row, version}
  const seen = new Set();
  let first = true;

  return inquiries => {
    const wanted = new Set(inquiries.map(({id}) => id));
    for (const [id, {row}] of rows) {
      if (wanted.has(id)) continue;
      row.remove();
      rows.delete(id);
    }
    inquiries.forEach((inquiry, index) => {
      const row = rowOf(rows, inquiry);
      // Rows stay where they are unless the order says otherwise, which keeps selections and transitions.
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
      if (!first && !seen.has(inquiry.id)) highlight(row);
      seen.add(inquiry.id);
    });
    first = false;
  };
}

function rowOf(rows, inquiry) {
  const known = rows.get(inquiry.id);
  if (known?.version === inquiry.version) return known.row;
  const row = known?.row ?? document.createElement('tr');
  row.dataset.id = inquiry.id;
  row.setAttribute('role', 'row');
  row.replaceChildren(...cellsOf(inquiry));
  rows.set(inquiry.id, {row, version: inquiry.version});
  return row;
}

function cellsOf({createdAt, topic, name, email, subject, message, status}) {
  const time = document.createElement('time');
  time.dateTime = createdAt;
  time.textContent = received.format(new Date(createdAt));
  const badge = element('span', 'badge', STATUS_LABELS[status] ?? status);
  badge.dataset.status = status;
  const excerpt = element('div', 'excerpt', excerptOf(message));
  return [
    cell('Received', time),
    cell('Topic', element('span', '', topic)),
    cell('Name', typed('span', '', name)),
    cell('E-mail', typed('span', '', email)),
    cell('Message', ...(subject ? [typed('div', 'subject', subject)] : []), isolate(excerpt)),
    cell('Status', badge),
  ];
}

function cell(label, ...content) {
  const td = document.createElement('td');
  td.setAttribute('role', 'cell');
  td.dataset.label = label; // shown beside the value where the table is a list of cards
  td.append(...content);
  return td;
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}

function typed(tag, className, text) {
  return isolate(element(tag, className, text));
}

// What a visitor typed may be written from right to left; it must not turn its surroundings round.
function isolate(node) {
  node.dir = 'auto';
  return node;
}

// Cut by code points, so that no character is torn in two.
function excerptOf(message) {
  const characters = [...message.replace(/\s+/g, ' ')];
  return characters.length > EXCERPT_LENGTH ? `${characters.slice(0, EXCERPT_LENGTH).join('')}…` : characters.join('');
}

function highlight(row) {
  row.classList.add('is-new');
  setTimeout(() => row.classList.remove('is-new'), HIGHLIGHT_MS);
}
