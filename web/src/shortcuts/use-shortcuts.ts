// Single-key shortcuts. They are for where nobody is typing, and can be turned off (WCAG 2.1.4).
import {useEffect, useRef} from 'react';
import {useShortcutsPreference} from '../preferences/preferences';

/** Keys as `KeyboardEvent.key` names them, with what they do. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Listens while the component is shown; a dialog that is open keeps the keys to itself. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const [isOn] = useShortcutsPreference();
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    if (!isOn) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const action = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (!action || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTaken(event)) return;
      event.preventDefault(); // or the key would be typed into the field that it leads to
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [isOn]);
}

function isTaken({target, key}: KeyboardEvent): boolean {
  if (document.querySelector('[role=dialog], [role=alertdialog]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter' && target.closest('a, button, summary, label')) return true;
  const isToggle = target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type);
  return !isToggle && target.closest('input, textarea, select, [contenteditable]') !== null;
}
