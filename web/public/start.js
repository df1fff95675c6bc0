// What must be so before the modules run: the colours that were chosen in the settings, for start.css (after the first
// paint the page would flash in the system's colours), and a browser that keeps nothing.
try {
  const theme = localStorage.getItem('RaStoreoutreach.theme'); // as react-admin's store keeps it
  if (theme === '"light"' || theme === '"dark"') document.documentElement.dataset.theme = JSON.parse(theme);
} catch {
  // Site data is blocked, and reading the property throws: react-admin, which reads it at once, would end the start.
  // Where there is none it keeps its store in memory.
  Object.defineProperty(window, 'localStorage', {value: undefined, configurable: true});
}
