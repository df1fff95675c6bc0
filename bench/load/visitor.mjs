// Whoever is beside an attack: visitors who submit, a balancer that asks both processes how they are, and one observer
// of the back office.
import {BACK_OFFICE, BALANCER, targetOf, VISITOR} from './addresses.mjs';
import {ObserverSocket} from './observer-socket.mjs';
import {askOnce, atPace} from './open-loop.mjs';
import {submissions} from './requests.mjs';

const PROBES_PER_SECOND = 10;
const UNANSWERED_MS = 10_000; // what a probe counts that is not answered 200
const EVENT_TIMEOUT_MS = 2000;

export class Visitor {
  #observer;
  #receivedAt = new Map(); // by the inquiry's id

  /** Runs a job `{gateway, token}`: an observer that stays until the next such job, and sees what visits submit. */
  async observe({gateway, token}) {
    await this.leave();
    await new Promise((resolve, reject) => {
      this.#observer = new ObserverSocket(
        {url: gateway, token, localAddress: BACK_OFFICE},
        {ready: resolve, event: (...text) => this.#received(...text), failure: reject},
      );
    });
  }

  async leave() {
    this.#observer?.close();
    this.#observer = undefined;
    this.#receivedAt.clear();
  }

  /**
   * Runs a job `{rest, restInternal, gateway, seconds, perSecond}`. Resolves with milliseconds: of submissions that were answered 201, of
   * probes by name, and of events if somebody observes; and with how many submissions were sent and events awaited.
   */
  async visit({rest, restInternal, gateway, seconds, perSecond}) {
    const probes = {seconds, perSecond: PROBES_PER_SECOND};
    const [posts, live, ready, internalLive, gatewayLive] = await Promise.all([
      this.#submit(rest, {seconds, perSecond}),
      probe(`${rest}/live`, probes),
      probe(`${rest}/ready`, probes),
      probe(`${restInternal}/live`, probes),
      probe(`${gateway}/live`, probes),
    ]);
    const stored = posts.filter(({status}) => status === 201);
    const awaited = this.#observer ? stored : [];
    const times = {posts: stored.map(({ms}) => ms), live, ready, internalLive, gatewayLive};
    return {sent: posts.length, awaited: awaited.length, ...times, events: await this.#eventsOf(awaited)};
  }

  #submit(rest, pace) {
    const target = targetOf(rest, VISITOR);
    const nextRequest = submissions(target.authority);
    return atPace(pace, dueAt => askOnce(target, nextRequest(), dueAt));
  }

  #received(bytes, start, end) {
    const [, id] = /"inquiryId":"([^"]+)"/.exec(bytes.latin1Slice(start, end)) ?? [];
    this.#receivedAt.set(id, performance.now());
  }

  // From when the submission was due to its event, for each that came; the others are lost.
  async #eventsOf(stored) {
    const ids = stored.map(({content}) => JSON.parse(content.subarray(content.indexOf('\r\n\r\n') + 4)).id);
    const isMissing = id => !this.#receivedAt.has(id);
    for (const startedAt = performance.now(); performance.now() - startedAt < EVENT_TIMEOUT_MS;) {
      if (!ids.some(isMissing)) break;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    const came = stored.map(({ms, answeredAt}, index) => this.#receivedAt.get(ids[index]) - (answeredAt - ms));
    return came.filter(Number.isFinite);
  }
}

async function probe(url, pace) {
  const target = targetOf(url, BALANCER);
  const request = `GET ${new URL(url).pathname} HTTP/1.1\r\nHost: ${target.authority}\r\n\r\n`;
  const answers = await atPace(pace, dueAt => askOnce(target, request, dueAt));
  return answers.map(({status, ms}) => (status === 200 ? ms : UNANSWERED_MS));
}
