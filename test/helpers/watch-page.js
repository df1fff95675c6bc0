// Runs in the page, before any script of it (see watched-page.ts): remembers when each inquiry first stood in the
// list, and how many toasts were shown.
const found = {seen: {}, toasts: 0};
const toasts = new WeakSet();

function look() {
  const now = performance.timeOrigin + performance.now();
  for (const row of document.querySelectorAll('#inquiries li[data-id]')) found.seen[row.dataset.id] ??= now;
  for (const toast of document.querySelectorAll('#toasts .toast')) {
    if (!toasts.has(toast)) found.toasts += 1;
    toasts.add(toast);
  }
}

window.watch = found;
new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true});
