// Never miss an inquiry: the back office stands open in Chromium while visitors submit and a part of the system breaks.
// Whatever breaks, each acknowledged inquiry stands in the list exactly once, within the timer. The table of what was
// measured is docs/guarantees.md; `npm run guarantees` writes it.
import type {Browser} from 'playwright-core';
import {givenBrowser} from '../helpers/browser';
import {eventually} from '../helpers/eventually';
import {FAULTS, type Fault} from '../helpers/faults';
import {type Measured, printGuarantees, summarize} from '../helpers/guarantees';
import {givenFullSystem, type FullSystem} from '../helpers/full-system';

const INQUIRIES = 200;
const PER_SECOND = 25;
/** At most 66 s after a read has ended the next begins; each took up to 7 s on a busy machine when nothing broke. */
const TIMER_MS = 90_000;
const AT_ONCE = 2;

const results = new Map<string, Measured>();
let browser: Browser;

beforeAll(async () => {
  browser = await givenBrowser();
  const waiting = [...FAULTS];
  const worker = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) results.set(fault.title, await measure(fault));
  };
  await Promise.all(Array.from({length: AT_ONCE}, worker));
  await printGuarantees(FAULTS.flatMap(({title}) => results.get(title) ?? []));
}, 600_000);

async function measure(fault: Fault): Promise<Measured> {
  process.stderr.write(`never-miss: while … ${fault.title}\n`);
  const system = await givenFullSystem(browser, fault.given ?? {});
  const acknowledged = await submitAround(system, fault);
  const ids = [...acknowledged.keys()];
  await eventually(async () => {
    const shown = new Set(await system.page.rows());
    expect(ids.filter(id => !shown.has(id))).toEqual([]);
  }, TIMER_MS).catch(() => undefined); // what is missing then is counted
  const rows = await system.page.rows();
  const [firstSeen, toasts] = [await system.page.firstSeen(), await system.page.toasts()];
  await system.close();
  return summarize({title: fault.title, acknowledged, rows, firstSeen, toasts});
}

/** When each inquiry was acknowledged, by its id. The fault begins after a quarter and ends after three quarters. */
async function submitAround(system: FullSystem, fault: Fault): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>();
  const pending: Promise<void>[] = [];
  const steps = new Map([
    [INQUIRIES / 4, fault.begin],
    [(3 * INQUIRIES) / 4, fault.end],
  ]);
  const changes: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let count = 0; count < INQUIRIES; count += 1) {
    const step = steps.get(count);
    if (step) changes.push(step(system)); // visitors do not wait for it
    pending.push(system.submit().then(({id, at}) => void acknowledged.set(id, at)));
    await untilNext(startedAt, count + 1);
  }
  await Promise.all([...pending, ...changes]);
  return acknowledged;
}

// Visitors come evenly, whatever an answer takes.
async function untilNext(startedAt: number, count: number): Promise<void> {
  const waitMs = startedAt + (count * 1000) / PER_SECOND - performance.now();
  await new Promise(resolve => setTimeout(resolve, Math.max(0, waitMs)));
}

describe.each(FAULTS.map(({title}) => title))('%s', title => {
  const measured = () => {
    const result = results.get(title);
    if (!result) throw new Error('it was not measured');
    return result;
  };

  test('every acknowledged inquiry is in the list exactly once', () => {
    const {inquiries, lost, doubled} = measured();
    expect({inquiries, lost, doubled}).toEqual({inquiries: INQUIRIES, lost: 0, doubled: 0});
  });

  test('within the timer', () => {
    expect(measured().maxMs).toBeLessThan(TIMER_MS);
  });

  test('with no more toasts than inquiries, and at least one', () => {
    expect(measured().toasts).toBeGreaterThan(0);
    expect(measured().toasts).toBeLessThanOrEqual(INQUIRIES);
  });
});
