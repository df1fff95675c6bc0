// Attackers: connections from one address that flood, or hold what they have, for a while. One that is cut off comes back.
import {openConnections} from '../machine/connections.mjs';
import {ATTACKER, targetOf} from './addresses.mjs';
import {DIFFERENT, dearRequest} from './hostile-requests.mjs';
import {flood} from './http-flood.mjs';
import {drip, idle, unread} from './held-connections.mjs';
import {askOnce} from './open-loop.mjs';
import {inTurn} from './requests.mjs';
import {connects, forgedTokens, pings, silent} from './websocket-flood.mjs';

// How each opens a connection: `(target, job, {answer, cut, again})` gives what closes it.
const MANNERS = {flood, drip, idle, unread, connects, forgedTokens, pings, silent};
const MOST_CONNECTS = 20_000; // in one attack: ports are not for ever
const BACK_AFTER_MS = 250; // when nothing was answered; an answer with "close" is no reason to wait

/**
 * Runs a job `{manner, url, connections, seconds, …}`; each manner says what else it takes. Resolves with answers by
 * status, how often it connected and was cut off, and how many connections the server held at the end.
 */
export async function attack({manner, url, connections, seconds, ...job}) {
  const target = targetOf(url, ATTACKER);
  const tally = {statuses: {}, connects: 0, cut: 0};
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const prepared = MANNERS[manner](target, job);
  const stops = Array.from({length: connections}, () => stayConnected(prepared, tally));
  await new Promise(resolve => setTimeout(resolve, seconds * 1000));
  const {accepted: held, waiting} = openConnections(target);
  for (const stop of stops) stop();
  const elapsed = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  // Who never reads does not see that it was cut off.
  const cut = manner === 'unread' ? tally.connects - held - waiting : tally.cut;
  return {...tally, cut, held, seconds: elapsed, loadShare: (cpu.user + cpu.system) / 1e6 / elapsed};
}

/** Runs a job `{url, name, seconds}`: one dear request after the other, over a connection each. */
export async function oneByOne({url, name, seconds}) {
  const target = targetOf(url, ATTACKER);
  const nextRequest = inTurn(Array.from({length: DIFFERENT}, () => dearRequest(target.authority, name)));
  const result = {count: 0, bytes: 0};
  for (const startedAt = performance.now(); performance.now() - startedAt < seconds * 1000;) {
    const {status, content} = await askOnce(target, nextRequest(), performance.now());
    result.count += 1;
    result.bytes += content?.length ?? 0;
    result.status = status;
  }
  return result;
}

function stayConnected(open, tally) {
  let isOver = false;
  let close = () => undefined;
  let timer;
  const connect = () => {
    if (isOver || tally.connects >= MOST_CONNECTS) return;
    tally.connects += 1;
    let isOpen = true;
    let isAnswered = false;
    const leave = waitMs => {
      isOpen = false;
      close();
      if (!isOver) timer = setTimeout(connect, waitMs);
    };
    close = open({
      answer: status => {
        isAnswered = true;
        tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
      },
      cut: () => {
        if (!isOpen || isOver) return;
        tally.cut += 1;
        leave(isAnswered ? 0 : BACK_AFTER_MS);
      },
      again: () => isOpen && leave(0),
    });
  };
  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    close();
  };
}
