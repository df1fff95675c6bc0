// REST and gateway as the client's unit tests script them: rows with a history of changes, failures on demand, and a
// record of what was asked. The real ones are in test/integration/client/.
import {randomUUID} from 'node:crypto';
import type {Inquiry, InquiryFeed, InquiryFeedOptions, InquiryHint} from '../../src/client/feed-types';
import {startInquiryFeed} from '../../src/client/live-list/inquiry-feed';
import type {ConnectionOptions} from '../../src/client/observation/observation-connection';
import type {PageEvents} from '../../src/client/runtime/page-visibility';
import type {Sharing} from '../../src/client/observation/tab-leader';
import {type FakeClock, givenClock, settle} from './fake-clock';

export interface ScriptedRest {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** `list`, `changes <after>` or `ids <id,id>`, in order. */
  requests: string[];
  /** The tokens that came with them. */
  tokens: string[];
  /** Adds or changes a row, and returns it; a hidden one is in lists only: the feed's horizon is held back. */
  commit: (fields?: Partial<Inquiry>, hidden?: boolean) => Inquiry;
  remove: (id: string) => void;
  /** What was hidden comes with the feed now. */
  release: () => void;
  /** Answers instead of the rows, for as long as it returns something. */
  failing: (request: string, token: string) => Response | Promise<Response> | undefined;
  /** Feed cursors from before now are unknown. */
  forgetFeeds: () => void;
  pageSize: number;
}

export function givenScriptedRest(): ScriptedRest {
  const rows = new Map<string, Inquiry>();
  let log: {id: string; isNew: boolean}[] = [];
  let held: typeof log = [];
  let epoch = 1;
  let count = 0;

  const answer = (request: string, url: URL): Response => {
    const list = [...rows.values()].sort((a, b) => (b.createdAt + b.id < a.createdAt + a.id ? -1 : 1));
    if (request.startsWith('changes')) return answerChanges(String(url.searchParams.get('after')));
    if (request.startsWith('ids')) return json(list.filter(({id}) => request.includes(id)));
    const limit = Number(url.searchParams.get('limit'));
    const link = list.length > limit ? {Link: '</inquiries?cursor=x>; rel="next"'} : undefined;
    return json(list.slice(0, limit), {'Feed-Cursor': `${epoch}-${log.length}`, ...link});
  };
  const answerChanges = (after: string): Response => {
    const [ofEpoch, position] = after.split('-').map(Number);
    if (ofEpoch !== epoch) return new Response('{}', {status: 410});
    const page = log.slice(position, Number(position) + rest.pageSize);
    const end = Number(position) + page.length;
    const data = page.map(({id, isNew}) =>
      rows.has(id) ? {kind: 'inquiry', isNew, inquiry: rows.get(id)} : {kind: 'gone', id},
    );
    return json({data, feed: `${epoch}-${end}`, hasMore: end < log.length});
  };

  const rest: ScriptedRest = {
    requests: [],
    tokens: [],
    pageSize: 100,
    failing: () => undefined,
    fetch: async (target, {headers, signal}) => {
      const url = new URL(target);
      const request = nameOf(url);
      const token = new Headers(headers).get('Authorization')?.slice('Bearer '.length) ?? '';
      rest.requests.push(request);
      rest.tokens.push(token);
      const failed = await rest.failing(request, token);
      signal?.throwIfAborted();
      return failed ?? answer(request, url);
    },
    commit: (fields = {}, hidden = false) => {
      const row = {...givenInquiry(++count), ...rows.get(fields.id ?? ''), ...fields};
      const isNew = !rows.has(row.id);
      rows.set(row.id, row);
      (hidden ? held : log).push({id: row.id, isNew});
      return row;
    },
    remove: id => {
      rows.delete(id);
      log.push({id, isNew: false});
    },
    release: () => {
      log = [...log, ...held];
      held = [];
    },
    forgetFeeds: () => {
      epoch += 1;
      log = [];
    },
  };
  return rest;
}

function nameOf({pathname, searchParams}: URL): string {
  if (pathname.endsWith('/changes')) return `changes ${searchParams.get('after')}`;
  const filter = JSON.parse(searchParams.get('filter') ?? '{}') as {where?: {id?: {inq: string[]}}};
  return filter.where?.id ? `ids ${filter.where.id.inq.join(',')}` : 'list';
}

function json(body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {headers});
}

/** The `number`th inquiry: a second later than the one before. */
export function givenInquiry(number: number): Inquiry {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString();
  return {
    id: randomUUID(),
    topic: 'sales',
    name: `Visitor ${number}`,
    email: 'visitor@example.org',
    phone: null,
    company: null,
    subject: null,
    message: 'Hello',
    locale: null,
    sourceUrl: null,
    metadata: null,
    privacyNoticeVersion: null,
    status: 'new',
    assignee: null,
    spamReasons: [],
    version: 1,
    createdAt,
    updatedAt: createdAt,
  };
}

export function hintOf({id, topic, createdAt}: Inquiry): InquiryHint {
  return {inquiryId: id, topic, receivedAt: createdAt};
}

export interface ScriptedConnection extends ConnectionOptions {
  isClosed: boolean;
}

export interface ScriptedFeed {
  feed: InquiryFeed;
  rest: ScriptedRest;
  clock: FakeClock;
  /** Every connection that was tried, oldest first. */
  connections: ScriptedConnection[];
  /** The latest one. */
  gateway: () => ScriptedConnection;
  /** The latest one acknowledges, and the list is read. */
  goLive: () => Promise<void>;
  page: PageEvents;
  toasts: InquiryHint[];
  names: () => string[];
}

/** A feed in scripted surroundings; nothing has happened yet but the first attempt to connect. */
export async function givenScriptedFeed(
  options: Partial<InquiryFeedOptions> = {},
  surroundings: {rest?: ScriptedRest; clock?: FakeClock; sharing?: Sharing} = {},
): Promise<ScriptedFeed> {
  const {rest = givenScriptedRest(), clock = givenClock(), sharing} = surroundings;
  const connections: ScriptedConnection[] = [];
  const page: PageEvents = {onVisible: () => undefined, onOnline: () => undefined};
  const toasts: InquiryHint[] = [];
  const feed = startInquiryFeed(
    {
      restUrl: 'http://rest.test',
      gatewayUrl: 'http://gateway.test',
      getToken: () => 'token',
      fetch: rest.fetch,
      ...options,
    },
    {
      clock,
      sharing,
      openConnection: connection => {
        const opened = {...connection, isClosed: false};
        connections.push(opened);
        return () => void (opened.isClosed = true);
      },
      watchPageVisibility: events => {
        Object.assign(page, events);
        return () => void Object.assign(page, {onVisible: () => undefined, onOnline: () => undefined});
      },
    },
  );
  feed.onToast(toast => toasts.push(toast));
  await settle();
  const gateway = () => {
    const latest = connections.at(-1);
    if (!latest) throw new Error('it has not tried to connect');
    return latest;
  };
  return {
    feed,
    rest,
    clock,
    connections,
    gateway,
    goLive: async () => {
      gateway().onObserving();
      await clock.advance(0);
    },
    page,
    toasts,
    names: () => feed.snapshot().inquiries.map(({name}) => name),
  };
}
