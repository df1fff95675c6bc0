// Bounded load on a REST process under test, and the facts to compare afterwards: what was acknowledged, what the
// list shows, and what became of each publish.
import {NOTIFY_RESULTS, type NotifyResult} from '../../src/components/websocket/notify-metrics';
import {eventually} from './eventually';
import type {TestObserver} from './gateway';
import {givenSubmission} from './inquiries';

/** A REST application under test, in this process or in its own. */
export interface Target {
  post(path: string, body: unknown): Promise<Response>;
  get(path: string, token?: string): Promise<Response>;
}

/** What a POST was answered with; `id` only with 201. */
export interface Answer {
  status: number;
  contentType: string | null;
  retryAfter: string | null;
  id: string | undefined;
}

export async function submit(rest: Target): Promise<Answer> {
  const response = await rest.post('/inquiries', givenSubmission());
  const body = (await response.json()) as {id?: string};
  const {status, headers} = response;
  return {status, contentType: headers.get('Content-Type'), retryAfter: headers.get('Retry-After'), id: body.id};
}

/** Posts `count` inquiries, 20 at a time; `onAnswer` sees how many are answered, and may break things. */
export async function submitMany(
  rest: Target,
  count: number,
  onAnswer: (answered: number) => unknown = () => undefined,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let started = 0;
  const visitor = async () => {
    while (started < count) {
      started += 1;
      answers.push(await submit(rest));
      await onAnswer(answers.length);
    }
  };
  await Promise.all(Array.from({length: 20}, visitor));
  return answers;
}

/** The ids of these answers; fails unless each is a 201. */
export function acknowledged(answers: readonly Answer[]): string[] {
  const refused = answers.filter(({status}) => status !== 201);
  if (refused.length > 0) throw new Error(`not 201: ${refused.map(({status}) => status).join(', ')}`);
  return answers.flatMap(({id}) => id ?? []);
}

/** Every id that GET /inquiries shows, page by page. */
export async function listIds(rest: Target, token: string): Promise<Set<string>> {
  const ids = new Set<string>();
  let page: string | undefined = '/inquiries?limit=100';
  while (page !== undefined) {
    const response = await rest.get(page, token);
    if (response.status !== 200) throw new Error(`GET ${page} was answered ${response.status}`);
    for (const {id} of (await response.json()) as {id: string}[]) ids.add(id);
    page = /<([^>]+)>; rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
  }
  return ids;
}

/** Submits until the observer is shown one of these inquiries: an event may be lost, the flow may not. */
export async function eventsFlow(rest: Target, observer: TestObserver): Promise<void> {
  const submitted = new Set<string | undefined>();
  await eventually(async () => {
    submitted.add((await submit(rest)).id);
    if (!observer.events.some(({data}) => submitted.has(data.inquiryId))) throw new Error('no event has arrived');
  }, 20_000);
}

/** `outreach_notify_total` by result. */
export async function notifyTotals(metricsPort: number): Promise<Record<NotifyResult, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const entries = NOTIFY_RESULTS.map(result => {
    const value = new RegExp(`^outreach_notify_total\\{result="${result}"\\} (\\d+)$`, 'm').exec(text)?.[1];
    return [result, Number(value)];
  });
  return Object.fromEntries(entries) as Record<NotifyResult, number>; // Object.fromEntries forgets the key's type
}

/** How many notifications these totals account for: one that was not ready counts once, others once per room. */
export function notified(totals: Record<NotifyResult, number>): number {
  const {not_ready: skipped, ...published} = totals;
  return skipped + Object.values(published).reduce((sum, value) => sum + value, 0) / 2;
}
