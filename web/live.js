// The live list's entry point. The order that misses nothing: connect, observe, wait for the acknowledgement, then
// read the list; an event that comes meanwhile asks for one more read. Events carry no personal data and are only
// hints: the rows always come from the REST service.
import {createCatchUp} from './catch-up.js';
import {createConnectionView} from './connection-view.js';
import {createRows} from './inquiry-rows.js';
import {observeInquiries} from './observation.js';
import {createToasts} from './toast.js';

const TIMEOUT_MS = 10_000;
const FIRST_LIST_MS = 2000;

const {restUrl, gatewayUrl, token} = document.body.dataset;
const view = createConnectionView(document.getElementById('connection'));
const announce = createToasts(document.getElementById('toasts'));
const table = document.querySelector('table.inquiries');
const empty = document.getElementById('empty');
const showRows = createRows(document.getElementById('inquiries'));
let live = false;
let loaded = false;

const catchUp = createCatchUp({load, isLive: () => live});

const observation = observeInquiries({
  gatewayUrl,
  token,
  onEvent: event => {
    announce(event);
    catchUp.request();
  },
  onState: (state, reason) => {
    const changed = live !== (state === 'live');
    live = state === 'live';
    view.setState(state, reason);
    // The list is shown even when the gateway cannot be reached from the start.
    if (live || !loaded) catchUp.request();
    else if (changed) catchUp.rearm();
  },
});

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') catchUp.request();
});
addEventListener('online', () => catchUp.request());
// A gateway that accepts but never answers gives no error for a long time; the list must not wait for it.
setTimeout(() => {
  if (!loaded) catchUp.request();
}, FIRST_LIST_MS);

// Resolves to whether the list is up to date now; what was shown before stays when it is not.
async function load() {
  const ok = await readList().then(
    () => true,
    () => false,
  );
  loaded ||= ok;
  view.setLoaded(ok);
  return ok;
}

async function readList() {
  const response = await fetch(`${restUrl}/inquiries?limit=25`, {
    headers: {Authorization: `Bearer ${token}`},
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 401 || response.status === 403) {
    catchUp.stop(); // the same token would be refused again
    observation.stop(response.status === 401 ? 'unauthorized' : 'forbidden');
  }
  if (!response.ok) throw new Error(`the list was answered with ${response.status}`);
  const inquiries = await response.json();
  showRows(inquiries);
  table.hidden = inquiries.length === 0;
  empty.hidden = inquiries.length > 0;
}
