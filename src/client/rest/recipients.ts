// For the program that sends the mails of a list, with the scope `subscriptions:mail`: to whom, and with which links. It
// sends nothing itself.
import type {Client} from 'openapi-fetch';
import {MAX_PAGE_ROWS} from '../../contract/limits';
import type {components, paths} from './rest-api';

/** Somebody to whom a mail is sent, as `GET /subscriptions/recipients` shows them. */
export type Recipient = components['schemas']['Recipient'];

/** Which of them. */
export interface RecipientQuery {
  /** Those of this list; of all lists when left out. */
  list?: string;
  /** `active`, when left out: those the list is sent to. `pending`: those who get a mail with the link to confirm. */
  status?: Recipient['status'];
}

/**
 * All of them, the oldest first, so that who joins meanwhile comes at the end. A page of 100 is read when it is needed: who
 * has left before that is not in it. Throws an Error whose `cause` is the problem when a page is refused or cannot be read,
 * and as fetch does when there is no answer. It asks nothing again: the `fetch` of `createRestClient` can.
 */
export async function* eachRecipient(
  rest: Pick<Client<paths>, 'GET'>,
  {list, status}: RecipientQuery = {},
): AsyncGenerator<Recipient, void, undefined> {
  let cursor: string | undefined;
  do {
    const query = {list, status, order: 'oldest', limit: MAX_PAGE_ROWS, cursor} as const;
    const {data, error, response} = await rest.GET('/subscriptions/recipients', {params: {query}});
    if (!data) throw new Error(`The recipients cannot be read: HTTP ${response.status}`, {cause: error});
    yield* data;
    cursor = nextCursor(response.headers.get('Link'));
  } while (cursor !== undefined);
}

function nextCursor(link: string | null): string | undefined {
  const target = /<([^>]*)>; rel="next"/.exec(link ?? '')?.[1];
  return target === undefined ? undefined : (new URL(target, 'http://link').searchParams.get('cursor') ?? undefined);
}

/** What a mail to a recipient contains. */
export interface MailLinks {
  /** Of the page that confirms with a button; undefined unless the recipient is to confirm, and within 7 days. */
  confirmUrl: string | undefined;
  /** Of the page that ends the subscription with a button; for the text of the mail. */
  unsubscribeUrl: string;
  /** For the head of the mail, where mail programs find them (RFC 2369, RFC 8058). DKIM signs both. */
  headers: {'List-Unsubscribe': string; 'List-Unsubscribe-Post': string};
}

/**
 * The links of one recipient's mail; they work for nobody else's subscription. `publicUrl` is where REST answers to readers
 * of mails, by https (RFC 8058, 3.1). Throws when the service has no SUBSCRIPTION_TOKEN_KEYS: a mail that nobody can
 * unsubscribe from should not be sent.
 */
export function mailLinks(
  {confirmToken, unsubscribeToken}: Pick<Recipient, 'confirmToken' | 'unsubscribeToken'>,
  {publicUrl}: {publicUrl: string},
): MailLinks {
  if (unsubscribeToken === null) throw new Error('outreach has no SUBSCRIPTION_TOKEN_KEYS, so there are no links');
  const base = publicUrl.replace(/\/+$/, '');
  const unsubscribe = `${base}/subscriptions/unsubscribe`;
  return {
    confirmUrl: confirmToken === null ? undefined : `${base}/subscriptions/confirm#${confirmToken}`,
    unsubscribeUrl: `${unsubscribe}#${unsubscribeToken}`,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}?token=${unsubscribeToken}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}
