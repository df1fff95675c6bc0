// Sends the messages of a case to a service, and looks at what became of each in the database and in the back office.
import {setTimeout} from 'node:timers/promises';
import {FormTokens} from '../../../src/services/guards/form-tokens';
import {ProofOfWork} from '../../../src/services/guards/proof-of-work';
import {prove} from '../../helpers/proof-of-work';
import {FORM_TOKEN_KEY} from '../../helpers/rest';
import type {Case, Fields, Message} from './case';
import type {System} from './system';

/** What became of a case with some guards. */
export interface Outcome {
  who: Case['who'];
  kind: string;
  title: string;
  /** Different messages. */
  sent: number;
  accepted: number;
  quarantined: number;
  /** Answered with 429, and not stored. */
  refused: number;
  /** Why, each once. */
  reasons: string[];
  /** What must not be: each says which message of a human was lost, changed, doubled or not released. */
  faults: string[];
}

interface Row {
  id: string;
  status: string;
  version: number;
  reasons: string[];
  fields: Record<string, unknown>;
}

const tokens = new FormTokens([FORM_TOKEN_KEY]);
const proofs = new ProofOfWork({keys: [FORM_TOKEN_KEY]});
/** So many at a time, as the queue of one client takes. */
const AT_ONCE = 100;
/** So often a message is sent whose answer is 503. */
const MOST_ATTEMPTS = 5;

/** The address of a message's sender: as typed, or made of the title, so that each case has its own. */
export function emailOf({title, kind}: {title: string; kind: string}, {fields}: Message, index: number): string {
  if (fields.email !== undefined) return String(fields.email);
  const slug = `${kind} ${title}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .slice(0, 50);
  return `${slug}.${index}@example.org`.replaceAll('..', '.');
}

/** Replays a case, whose place among all makes its sender's address. */
export async function replay(system: System, each: Case, place: number): Promise<Outcome> {
  system.pass(10); // a window of the rate limit, so that no case is held back for the one before
  let refused = 0;
  const address = `198.18.${place >> 8}.${place & 255}`;
  const shared = new Map<string, Promise<Fields>>();
  const batches: (() => Promise<number>)[][] = [[]];
  each.messages.forEach((message, index) => {
    const send = async () => {
      if (system.provider) system.provider.mode = message.provider ?? 'answer'; // one for all of a case
      const body = await bodyOf(message, {email: emailOf(each, message, index), shared});
      const times = Array.from({length: message.times ?? 1}, () =>
        sendOnce(system, message, {body, from: message.from ?? address}),
      );
      const statuses = await Promise.all(times);
      return statuses.filter(status => status === 429).length === statuses.length ? 1 : 0;
    };
    const last = batches.at(-1);
    if (message.after !== undefined && message.after > 0)
      batches.push([() => (system.pass(message.after ?? 0), send())]);
    else if (!last || last.length >= AT_ONCE) batches.push([send]);
    else last.push(send);
  });
  for (const batch of batches)
    refused += (await Promise.all(batch.map(send => send()))).reduce((sum, one) => sum + one, 0);
  return judge(system, each, refused);
}

/** Looks at what is stored of a case, and releases what was set aside of a human. */
export async function judge(system: System, each: Case, refused = 0): Promise<Outcome> {
  const emails = each.messages.map((message, index) => storedEmail(each, message, index));
  const rows = await rowsOf(system, [...new Set(emails)]);
  const faults = each.who === 'human' ? await faultsOf(system, each, {rows, emails}) : [];
  const quarantined = rows.filter(({status}) => status === 'spam');
  return {
    who: each.who,
    kind: each.kind,
    title: each.title,
    sent: each.messages.length,
    accepted: rows.length - quarantined.length,
    quarantined: quarantined.length,
    refused,
    reasons: [...new Set(quarantined.flatMap(({reasons}) => reasons))].sort(),
    faults,
  };
}

function storedEmail(each: Case, message: Message, index: number): string {
  return String(message.stored?.email ?? emailOf(each, message, index).trim());
}

async function faultsOf(
  system: System,
  each: Case,
  {rows, emails}: {rows: Row[]; emails: string[]},
): Promise<string[]> {
  const faults: string[] = [];
  each.messages.forEach((message, index) => {
    const expected = {topic: 'general', ...message.fields, email: emails[index] ?? '', ...message.stored};
    const found = rows.filter(({fields}) => isAsTyped(fields, expected));
    if (found.length !== 1) faults.push(`stored ${found.length} times as typed: ${JSON.stringify(expected)}`);
  });
  if (rows.length !== each.messages.length) faults.push(`${rows.length} rows of ${each.messages.length} messages`);
  for (const {id, version, status} of rows) {
    if (status !== 'spam') continue;
    const answer = await system.staff.change(id, {status: 'new'}, version);
    if (answer.status !== 200) faults.push(`released with ${answer.status}`);
  }
  await system.observer.receives(...rows.map(({id}) => id)).catch((error: unknown) => faults.push(String(error)));
  return faults;
}

// What a person cannot see is repaired: no blanks at the ends, one kind of newline, NFC.
function isAsTyped(stored: Record<string, unknown>, expected: Fields): boolean {
  return Object.entries(expected).every(([name, value]) => {
    const texts = [value].flat().map(text => text.trim().replaceAll('\r\n', '\n').normalize('NFC'));
    return JSON.stringify(stored[name.replace('[]', '')]) === JSON.stringify(Array.isArray(value) ? texts : texts[0]);
  });
}

async function rowsOf({database}: System, emails: string[]): Promise<Row[]> {
  return database.query<Row & Record<string, unknown>>(
    `SELECT id, status, version, spam_reasons AS reasons,
            COALESCE(metadata, '{}') || jsonb_strip_nulls(jsonb_build_object(
              'topic', topic, 'name', name, 'email', email, 'phone', phone, 'company', company, 'subject', subject,
              'message', message, 'locale', locale, 'sourceUrl', source_url,
              'privacyNoticeVersion', privacy_notice_version)) AS fields
     FROM inquiry WHERE email = ANY($1)`,
    [emails],
  );
}

async function bodyOf(
  message: Message,
  {email, shared}: {email: string; shared: Map<string, Promise<Fields>>},
): Promise<Fields> {
  const tokenFields = async (): Promise<Fields> => {
    if (message.shown === undefined) return {};
    const now = Date.now() - message.shown;
    const token = tokens.issue(now) ?? '';
    if (!message.isProved) return {_token: token};
    return {_token: token, altcha: await prove(proofs.challenge(token, {client: '', now}))};
  };
  let fields = message.token === undefined ? tokenFields() : shared.get(message.token);
  if (!fields) {
    fields = tokenFields();
    shared.set(message.token ?? '', fields);
  }
  return {topic: 'general', ...message.fields, email, ...(await fields), ...message.added};
}

const KNOWN =
  /^(topic|name|email|phone|company|subject|message|locale|sourceUrl|privacyNoticeVersion|_token|_remarks|altcha|cf-turnstile-response)$/;

function encode(as: Message['as'], body: Fields): {type?: string; body: string | URLSearchParams | FormData} {
  const entries = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((text): [string, string] => [name, text]),
  );
  if (as === 'json') {
    const own = Object.entries(body).filter(
      ([name]) => !KNOWN.test(name) && !name.startsWith('_') && name !== 'honeypot',
    );
    const known = Object.fromEntries(Object.entries(body).filter(([name]) => KNOWN.test(name)));
    return {
      type: 'application/json',
      body: JSON.stringify(own.length > 0 ? {...known, metadata: Object.fromEntries(own)} : known),
    };
  }
  const typed = entries.map(([name, text]): [string, string] => [name, text.replace(/\r?\n/g, '\r\n')]); // as browsers send lines
  if (as === 'urlencoded') return {body: new URLSearchParams(typed)};
  const form = new FormData();
  for (const [name, text] of typed) form.append(name, text);
  return {body: form};
}

async function sendOnce(
  system: System,
  message: Message,
  {body, from, attempts = MOST_ATTEMPTS}: {body: Fields; from: string; attempts?: number},
): Promise<number> {
  const {as, headers} = message;
  const encoded = encode(as, body);
  const answer = await fetch(`${system.rest.url}/inquiries`, {
    method: 'POST',
    headers: {
      ...(encoded.type !== undefined && {'Content-Type': encoded.type}),
      ...(from !== '' && {'X-Forwarded-For': from}),
      ...headers,
    },
    body: encoded.body,
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  if (answer.status !== 503 || attempts === 1) return answer.status;
  // A busy machine: nothing is stored, and the sender is asked to send it again.
  await setTimeout(1000 * Number(answer.headers.get('Retry-After') ?? 1));
  return sendOnce(system, message, {body, from, attempts: attempts - 1});
}
