// The connection indicator: what state the live connection is in, and how old the list is.

const TICK_MS = 1000;
const TEXTS = {
  live: 'Live',
  reconnecting: 'Reconnecting…',
  unauthorized: 'Signed out: reload the page for a new token',
};
const FORBIDDEN_TEXT = 'Not allowed: the token lacks a scope';
const UNITS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];
const relative = new Intl.RelativeTimeFormat('en');

/** Shows a connection in `container`: `setState(state, reason)`, and `setLoaded(ok)` after each read of the list. */
export function createConnectionView(container) {
  const stateText = container.querySelector('.connection-state');
  const ageText = container.querySelector('.connection-age');
  let loadedAt;
  let failed = false;

  const showAge = () => {
    const age = loadedAt === undefined ? 'no list loaded' : `list as of ${toAge(Date.now() - loadedAt)}`;
    const signedOut = container.dataset.state === 'unauthorized'; // that is the reason, and it is said already
    setText(ageText, failed && !signedOut ? `${age}; the last refresh failed` : age);
  };
  setInterval(showAge, TICK_MS);

  return {
    setState(state, reason) {
      container.dataset.state = state;
      setText(stateText, reason === 'forbidden' ? FORBIDDEN_TEXT : TEXTS[state]);
      showAge();
    },
    setLoaded(ok) {
      failed = !ok;
      if (ok) loadedAt = Date.now(); // not performance.now(), which may stand still while the machine sleeps
      showAge();
    },
  };
}

function toAge(ms) {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? [];
  return unit === undefined ? 'just now' : relative.format(-Math.floor(ms / size), unit);
}

// Writing the same text again would make some screen readers say it again.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
