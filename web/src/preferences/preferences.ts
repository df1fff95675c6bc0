// What a person can set for this browser, besides language and colours (which react-admin keeps under its own names).
import {useStore} from 'react-admin';

/** Single-key shortcuts can be turned off (WCAG 2.1.4). */
export const useShortcutsPreference = () => useStore<boolean>('preferences.shortcuts', true);
export const useSoundPreference = () => useStore<boolean>('preferences.sound', false);
/** Whether to use the browser's own notifications while the page is hidden; the browser asks for permission. */
export const useNotificationsPreference = () => useStore<boolean>('preferences.notifications', false);
