// A sound and the browser's notification: best effort, since browsers decide whether a page may do either.

const TONES_HZ = [660, 880];
const TONE_SECONDS = 0.12;

/** Two short tones. Silent until the page has been clicked once: browsers want that. */
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

/** Tells of a new inquiry by its topic only: a notification is seen on locked screens too. */
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
