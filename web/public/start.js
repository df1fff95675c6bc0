// The colours that were chosen in the settings, for start.css. A classic script in the head: a module runs after the
// first paint, and then the page would flash in the system's colours.
try {
  const theme = localStorage.getItem('RaStoreoutreach.theme'); // as react-admin's store keeps it
  if (theme === '"light"' || theme === '"dark"') document.documentElement.dataset.theme = JSON.parse(theme);
} catch {
  // The browser keeps nothing for this page: it has the system's colours.
}
