// A sound and the browser's notification: best effort, since browsers decide whether a page may do either.

const TONES_HZ = [660, 880];
const TONE_SECONDS = 0.12;
/** Longer than a tab in the background may be late: browsers let one run once a minute. */
const CLAIMED_FOR_MS = 120_000;

/** How long a browser takes to start audio that it allows, with room to spare. */
const STARTS_WITHIN_MS = 1000;

/** Two short tones. Silent until the page has been clicked once, where the browser wants that. */
export function playSound(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.value = 0.08;
  volume.connect(audio.destination);
  TONES_HZ.forEach((frequency, index) => {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(audio.currentTime + index * TONE_SECONDS);
    tone.stop(audio.currentTime + (index + 1) * TONE_SECONDS);
  });
  setTimeout(() => void audio.close(), 1000);
}

/**
 * Resolves to whether the sound for this inquiry is this tab's to play: of the tabs of a browser, the first that asks, and
 * that may play. Where the browser has no locks, as on a page without HTTPS, each tab plays.
 */
export async function claimSound(inquiryId: string): Promise<boolean> {
  if (!(await mayPlay())) return false;
  if (!('locks' in navigator)) return true;
  return new Promise(resolve => {
    const hold = async (lock: Lock | null) => {
      resolve(lock !== null);
      if (lock) await new Promise(release => setTimeout(release, CLAIMED_FOR_MS));
    };
    navigator.locks.request(`outreach.sound.${inquiryId}`, {ifAvailable: true}, hold).catch(() => resolve(true));
  });
}

/** Of a page that nobody has clicked; it stays so until somebody does. */
let autoplays: Promise<boolean> | undefined;

/** Resolves to whether the browser lets this page play: after a click, or anyway, as by a policy of its administrator. */
async function mayPlay(): Promise<boolean> {
  if (!('userActivation' in navigator) || navigator.userActivation.hasBeenActive) return true;
  autoplays ??= new Promise(resolve => {
    const audio = new AudioContext();
    audio.onstatechange = () => resolve(audio.state === 'running');
    setTimeout(() => {
      resolve(false);
      void audio.close();
    }, STARTS_WITHIN_MS);
  });
  return autoplays;
}

/** Shows only the topic of a new inquiry: a notification is visible on locked screens too. */
export function notifyWhileHidden(text: string): void {
  if (document.visibilityState === 'visible' || !('Notification' in window)) return;
  if (Notification.permission !== 'granted') return;
  try {
    const notification = new Notification('outreach', {body: text, tag: 'inquiry-submitted'});
    notification.onclick = () => window.focus();
  } catch {
    // Android's browsers have the constructor and throw from it: they show what a service worker notifies of alone.
  }
}

/** Asks the browser for permission; resolves to whether there is one. */
export async function askForNotifications(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted';
}

/** Whether a page can notify here at all. */
export function canNotify(): boolean {
  if (!('Notification' in window)) return false;
  if (Notification.permission === 'granted') return true; // a try would be seen
  try {
    new Notification('outreach').close(); // shows nothing without the permission
    return true;
  } catch {
    return false;
  }
}
