// One good request for every route of the access table, and the ways to provoke what only that route can answer. The
// access matrix, the contract test and the audit test walk this table; a route without a row does not compile.
import {randomUUID} from 'node:crypto';
import {uuidv7} from 'uuidv7';
import {PUBLIC, ROUTE_ACCESS, type RouteKey} from '../../src/access/policy';
import type {ProblemKind} from '../../src/contract/problem';
import type {InquiryStatus, SubscriptionStatus} from '../../src/contract/status';
import {ALL_TOPICS} from '../../src/contract/rooms';
import {END_OF_FEED, type FeedPosition} from '../../src/repositories/change-feed/feed-position';
import {searchedInquiry} from '../../src/repositories/inquiry/inquiry-search';
import {filterOf} from '../../src/services/feed.service';
import {SubscriptionTokens} from '../../src/services/subscription-tokens';
import type {TestDatabase} from './database';
import {givenCursorCipher, settled} from './feed';
import {type OpenApiDocument, operationOf} from './openapi';
import {TOKEN_KEY} from './rest';

/** Rows that a sample may name: an inquiry of the topic `sales` and a subscription, of one person. */
export interface Seed {
  inquiryId: string;
  subscriptionId: string;
  email: string;
  confirmToken: string;
  unsubscribeToken: string;
  name: string;
  message: string;
  /** The feed from before these rows, for a token narrowed like that; or of another epoch of the database. */
  feed: (narrowedTo?: readonly string[], epoch?: string) => string;
}

/** In which state the seed's rows are; `new` and `active` by default. */
export interface SeedStates {
  inquiry?: InquiryStatus;
  subscription?: SubscriptionStatus;
}

/** What of the sample differs. */
export interface RequestChange {
  given?: SeedStates;
  /** The topics that the token is narrowed to. */
  narrowedTo?: string[];
  query?: (seed: Seed, narrowedTo?: readonly string[]) => string;
  headers?: Record<string, string>;
  contentType?: string;
  /** Instead of the example of the OpenAPI document. A text is sent as it is, anything else as JSON. */
  body?: (seed: Seed, example: Record<string, unknown>) => unknown;
  /** Where it is sent: PostgreSQL and the key set are away, or the process runs as in production. */
  on?: 'dead' | 'production';
}

export interface RouteSample extends RequestChange {
  /**
   * What a topic claim does: the one inquiry is 404, the seed's rows are absent, the count is 0, the outcome for the
   * inquiry is `not-found`, any narrowed token is refused, or nothing (`none`).
   */
  topics: 'one' | 'many' | 'count' | 'outcome' | 'refused' | 'none';
  /** Problems of this route that no generic way provokes. */
  provoke?: Partial<Record<ProblemKind, RequestChange>>;
  /** Documented problems that cannot be provoked, such as a failure of PostgreSQL on a route that does not ask it. */
  unprovoked?: readonly ProblemKind[];
  /** What the access log counts of the answer. */
  counts?: readonly string[];
  /** Further answers, or the same one for another reason. */
  also?: readonly (RequestChange & {status: number})[];
}

export const ALLOWED_ORIGIN = 'https://www.example.org';
const FORM = 'application/x-www-form-urlencoded';
const MERGE_PATCH = 'application/merge-patch+json';
const FIRST_VERSION = {'If-Match': '"1"'};

const VERSIONED_PATCH = {
  headers: FIRST_VERSION,
  also: [{status: 200, contentType: MERGE_PATCH}],
};
const VERSION_PROBLEMS = {
  'precondition-failed': {headers: {'If-Match': '"7"'}},
  'precondition-required': {headers: {}},
};
const PRIVACY_SAMPLE = {
  topics: 'refused',
  body: ({email}: Seed) => ({email}),
  also: [{status: 403, narrowedTo: ['sales']}],
} satisfies RouteSample;
// The second page is never asked for: that there is one shows in the Link.
const FIRST_OF_MANY = {status: 200, query: () => '?limit=1'};
const UNCHANGED = {status: 304, headers: {'If-None-Match': '*'}};

const CONSENT = `consentVersion=2026-11&consentTextSha256=${'a'.repeat(64)}`;

// A link may have parameters that mail programs add.
const TOKEN_TWICE = {'invalid-parameter': {query: () => '?token=1&token=2'}};

export const ROUTE_SAMPLES: Record<RouteKey, RouteSample> = {
  'POST /inquiries': {
    topics: 'none',
    headers: {'Idempotency-Key': 'a-sample-key'},
    body: seed => ({topic: 'sales', name: seed.name, email: seed.email, message: seed.message}),
    also: [
      {
        status: 303,
        headers: {},
        contentType: FORM,
        body: ({email}) => `topic=sales&name=A&message=Hello&email=${email}&_next=${ALLOWED_ORIGIN}/thanks`,
      },
      {
        status: 201,
        headers: {Accept: 'text/html'},
        contentType: FORM,
        body: ({email}) => `topic=sales&name=A&message=Hello&email=${email}&metadata[budget]=1000`,
      },
    ],
  },
  'GET /inquiries': {topics: 'many', query: () => '?limit=100&total=true', also: [FIRST_OF_MANY, UNCHANGED]},
  'GET /inquiries/changes': {
    topics: 'many',
    query: ({feed}, narrowedTo) => `?after=${feed(narrowedTo)}`,
    provoke: {'feed-expired': {query: ({feed}) => `?after=${feed(undefined, 'f'.repeat(16))}`}},
  },
  'GET /inquiries/count': {topics: 'count'},
  'GET /inquiries/quarantine': {topics: 'count'},
  'GET /inquiries/export.csv': {topics: 'many', counts: ['rows']},
  'GET /inquiries/{id}': {topics: 'one'},
  'PATCH /inquiries': {
    topics: 'outcome',
    query: ({inquiryId}) => `?ids=${inquiryId}`,
    counts: ['updated', 'unchanged', 'not-found', 'conflict'],
    also: [
      {status: 200, contentType: MERGE_PATCH},
      {status: 200, given: {inquiry: 'resolved'}, body: () => ({status: 'spam'})}, // a conflict
    ],
  },
  'PATCH /inquiries/{id}': {
    topics: 'one',
    ...VERSIONED_PATCH,
    counts: ['updated'],
    provoke: {...VERSION_PROBLEMS, conflict: {given: {inquiry: 'resolved'}, body: () => ({status: 'spam'})}},
  },
  'POST /inquiries/{id}/notes': {topics: 'one', counts: ['notes']},
  'GET /inquiries/{id}/activity': {topics: 'one', also: [FIRST_OF_MANY]},
  'POST /subscriptions': {
    topics: 'none',
    also: [
      {
        status: 303,
        contentType: FORM,
        body: ({email}) => `email=${email}&${CONSENT}&_next=${ALLOWED_ORIGIN}/thanks`,
      },
      {
        status: 202,
        headers: {Accept: 'text/html'},
        contentType: FORM,
        body: ({email}) => `email=${email}&${CONSENT}`,
      },
    ],
  },
  'GET /subscriptions': {topics: 'none', query: () => '?limit=100&total=true', also: [FIRST_OF_MANY, UNCHANGED]},
  'GET /subscriptions/confirm': {topics: 'none', unprovoked: ['internal-error'], provoke: TOKEN_TWICE},
  'POST /subscriptions/confirm': {
    topics: 'none',
    given: {subscription: 'pending'},
    body: ({confirmToken}) => ({token: confirmToken}),
    also: [
      {
        status: 200,
        contentType: FORM,
        headers: {Accept: 'text/html'},
        body: ({confirmToken}) => `token=${confirmToken}`,
      },
    ],
  },
  'GET /subscriptions/unsubscribe': {topics: 'none', unprovoked: ['internal-error'], provoke: TOKEN_TWICE},
  'POST /subscriptions/unsubscribe': {
    topics: 'none',
    body: ({unsubscribeToken}) => ({token: unsubscribeToken}),
    also: [
      {
        status: 200,
        contentType: FORM,
        query: ({unsubscribeToken}) => `?token=${unsubscribeToken}`,
        body: () => 'List-Unsubscribe=One-Click',
      },
    ],
  },
  'GET /subscriptions/recipients': {topics: 'none', counts: ['rows'], also: [FIRST_OF_MANY]},
  'POST /subscriptions/search': {topics: 'none', body: ({email}) => ({email})},
  'GET /subscriptions/count': {topics: 'none'},
  'GET /subscriptions/export.csv': {topics: 'none', counts: ['rows']},
  'GET /subscriptions/{id}': {topics: 'none'},
  'GET /subscriptions/{id}/consents': {topics: 'none'},
  'PATCH /subscriptions/{id}': {
    topics: 'none',
    ...VERSIONED_PATCH,
    counts: ['updated'],
    provoke: {
      ...VERSION_PROBLEMS,
      conflict: {given: {subscription: 'unsubscribed'}, body: () => ({status: 'active'})},
    },
  },
  'POST /erasures': {...PRIVACY_SAMPLE, counts: ['inquiries', 'activities', 'notesRedacted', 'subscriptions']},
  'POST /subject-exports': {
    ...PRIVACY_SAMPLE,
    counts: ['inquiries', 'activity', 'subscriptions', 'consents', 'quotes'],
  },
  'GET /topics': {topics: 'none', unprovoked: ['internal-error'], also: [UNCHANGED]},
  'GET /form-token': {
    topics: 'none',
    unprovoked: ['internal-error', 'unavailable'],
    provoke: {'not-found': {on: 'production'}},
  },
  'GET /messages/{locale}': {topics: 'none', unprovoked: ['internal-error'], also: [UNCHANGED]},
  'GET /live': {topics: 'none', unprovoked: ['internal-error']},
  'GET /ready': {topics: 'none', unprovoked: ['internal-error'], also: [{status: 503, on: 'dead'}]},
  'GET /openapi.json': {
    topics: 'none',
    unprovoked: ['internal-error'],
    provoke: {'not-found': {on: 'production'}},
  },
};

/** Every route with its sample. */
export const ALL_ROUTES = (Object.keys(ROUTE_ACCESS) as RouteKey[]).map(key => ({key, sample: ROUTE_SAMPLES[key]})); // its own keys
export const PROTECTED_ROUTES = ALL_ROUTES.flatMap(({key, sample}) => {
  const scope = ROUTE_ACCESS[key];
  return scope === PUBLIC ? [] : [{key, sample, scope}];
});

/** A request as fetch takes it. */
export interface SampleRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** The good request of the route, with what `change` says. `{id}` is the seed's row of that resource. */
export function sampleRequest(
  key: RouteKey,
  {document, seed, change = {}}: {document: OpenApiDocument; seed: Seed; change?: RequestChange},
): SampleRequest {
  const {query, headers = {}, body, contentType, narrowedTo} = {...ROUTE_SAMPLES[key], ...change};
  const [method = '', template = ''] = key.split(' ');
  const id = template.startsWith('/subscriptions') ? seed.subscriptionId : seed.inquiryId;
  const path = template.replace('{locale}', 'de').replaceAll(/\{\w+\}/g, id) + (query?.(seed, narrowedTo) ?? '');
  const [[type, media] = []] = Object.entries(operationOf(document, key).requestBody?.content ?? {});
  if (type === undefined) return {method, path, headers};
  const example = {...(media?.example as Record<string, unknown> | undefined)}; // of a body, which is an object
  const value = body ? body(seed, example) : example;
  return {
    method,
    path,
    headers: {'Content-Type': contentType ?? type, ...headers},
    body: typeof value === 'string' ? value : JSON.stringify(value),
  };
}

/** Inserts a person's inquiry, with two notes, and subscription by SQL; each call makes another person. */
export async function givenSeed(
  database: TestDatabase,
  {inquiry = 'new', subscription = 'active'}: SeedStates = {},
): Promise<Seed> {
  const mark = randomUUID();
  const {encrypt} = await givenCursorCipher(database);
  const [end] = await database.query<FeedPosition & Record<string, unknown>>(END_OF_FEED);
  if (!end) throw new Error('the feed has an end');
  const consentedAt = new Date();
  const subscriptionId = uuidv7();
  const tokens = new SubscriptionTokens([TOKEN_KEY]);
  const seed = {
    inquiryId: uuidv7(),
    subscriptionId,
    confirmToken: tokens.make('confirm', {id: subscriptionId, consentedAt}) ?? '',
    unsubscribeToken: tokens.make('unsubscribe', {id: subscriptionId, consentedAt}) ?? '',
    email: `seed-${mark}@example.org`,
    name: `Name ${mark}`,
    message: `Message ${mark}`,
    feed: (narrowedTo?: readonly string[], epoch = end.epoch) =>
      encrypt({
        ...end,
        epoch,
        filter: filterOf({topics: narrowedTo?.includes(ALL_TOPICS) ? ALL_TOPICS : (narrowedTo ?? ALL_TOPICS)}),
      }),
  };
  const searched = searchedInquiry(seed);
  await database.query(
    `INSERT INTO inquiry (id, topic, name, email, message, status, spam_reasons, created_at, updated_at, search_words,
                          search_text)
     VALUES ($1, 'sales', $2, $3, $4, $5, '["honeypot"]', now(), now(), $6, $7)`,
    [seed.inquiryId, seed.name, seed.email, seed.message, inquiry, searched.words, searched.text],
  );
  await database.query(
    `INSERT INTO inquiry_activity (id, inquiry_id, kind, actor, note, created_at)
     SELECT unnest($1::uuid[]), $2, 'note', 'seed', 'A note', now()`,
    [[uuidv7(), uuidv7()], seed.inquiryId],
  );
  await database.query(
    `INSERT INTO subscription (id, email, email_normalized, consent_version, consent_text_sha256, consented_at,
                               status, created_at, updated_at)
     VALUES ($1, $2::text, $2::text, '1', repeat('a', 64), $4, $3, now(), now())`,
    [seed.subscriptionId, seed.email, subscription, consentedAt],
  );
  await settled(database);
  return seed;
}
