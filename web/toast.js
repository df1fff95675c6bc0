// Toasts about new inquiries: at most once per event id, and one toast for a burst.

const BURST_MS = 1000;
const SHOWN_MS = 8000;
const REMEMBERED_IDS = 1000;

/** Returns `announce(event)` for INQUIRY_SUBMITTED events; toasts become children of `region`. */
export function createToasts(region) {
  const seen = new Set();
  let burst;

  return event => {
    if (seen.has(event.id)) return;
    remember(seen, event.id);
    if (burst) {
      burst.count += 1;
      return;
    }
    // The first event shows at once. The others of its burst change the text once, at the end: a screen reader
    // would read out every change.
    const toast = addToast(region, `New inquiry: ${event.data.topic}`);
    const current = (burst = {count: 1});
    setTimeout(() => {
      burst = undefined;
      if (current.count > 1) toast.say(`${current.count} new inquiries`);
    }, BURST_MS);
  };
}

// A Set keeps the order of insertion, so the first one is the oldest; without a bound it would grow for days.
function remember(seen, id) {
  seen.add(id);
  if (seen.size > REMEMBERED_IDS) seen.delete(seen.values().next().value);
}

function addToast(region, text) {
  const toast = document.createElement('div');
  toast.className = 'toast';
  const message = document.createElement('span');
  message.textContent = text;
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.className = 'toast-dismiss';
  dismiss.setAttribute('aria-label', 'Dismiss');
  dismiss.addEventListener('click', () => toast.remove());
  toast.append(message, dismiss);
  region.append(toast);
  removeWhenRead(toast);
  return {
    say: newText => {
      message.textContent = newText;
      if (!toast.isConnected) region.append(toast); // dismissed before the rest of the burst came
    },
  };
}

// It stays as long as the pointer or the focus is on it.
function removeWhenRead(toast) {
  setTimeout(() => {
    if (toast.matches(':hover, :focus-within')) removeWhenRead(toast);
    else toast.remove();
  }, SHOWN_MS);
}
