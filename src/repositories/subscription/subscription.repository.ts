// Subscriptions in PostgreSQL: one row per address and list.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {DataObject} from '@loopback/repository';
import type {QueryResultRow} from 'pg';
import {canonicalAddress} from '../../contract/email-address';
import {SUBSCRIPTION_STATUSES} from '../../contract/status';
import type {Consent} from '../../contract/subscription';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import type {Row} from '../../models/column';
import {Subscription} from '../../models/subscription.model';
import {newId} from '../../platform/time-ordered-id';
import {merged} from '../crud/derived-crud.repository';
import {type Page, pageStatement, type PageRequest, toPage} from '../query/keyset-list';
import {addressVector} from '../privacy/mention-keys';
import {
  SUBSCRIPTION_COLUMNS,
  SUBSCRIPTION_LIST,
  type SubscriptionField,
  type SubscriptionFilter,
} from './subscription-list';
import {RepositoryBindings} from '../keys';
import {ListedCrudRepository, type ListedCrudTable} from '../crud/listed-crud.repository';

/** What a visitor asked for, with the id and time that the application gives it. */
export type NewSubscription = Pick<
  Subscription,
  'id' | 'email' | 'list' | 'consentVersion' | 'consentTextSha256' | 'consentedAt'
> &
  Partial<Pick<Subscription, 'locale' | 'sourceUrl'>>;

/** How an address joins a list. */
export interface Joining {
  /** What a new subscription is. */
  status: 'active' | 'pending';
  /** Requests that wait since then or longer can not be confirmed any more: another one takes their place. */
  lapsedUntil: Date;
  digest?: Buffer;
}

// What a request replaces where it asks anew for an address that has left, or has let its time to confirm pass.
const ASKED = [
  'email',
  'locale',
  'consent_version',
  'consent_text_sha256',
  'consented_at',
  'source_url',
  'updated_at',
  'addresses',
];
const HAD_LEFT = `(subscription.status = 'unsubscribed' OR (subscription.status = 'pending' AND subscription.consented_at <= $12))`;
const asked = (column: string) =>
  `${column} = CASE WHEN ${HAD_LEFT} THEN excluded.${column} ELSE subscription.${column} END`;

// Whether the address is new, known or has left, one row of each table is written: nobody learns it from the time that this
// takes. Known: nothing changes, so that nobody can replace somebody's consent. Left earlier: waits, with the new request.
const ensure = (row: string, claimed = '') => `
WITH ${claimed}ensured AS (
  INSERT INTO subscription (id, email, email_normalized, list, locale, consent_version, consent_text_sha256,
                            consented_at, source_url, created_at, updated_at, addresses, status)
  ${row}
  ON CONFLICT ON CONSTRAINT subscription_email_list_key DO UPDATE
  SET status = CASE WHEN ${HAD_LEFT} THEN 'pending' ELSE subscription.status END,
      version = subscription.version + CASE WHEN ${HAD_LEFT} THEN 1 ELSE 0 END,
      ${ASKED.map(asked).join(',\n      ')}
  RETURNING id
)
INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at, addresses)
SELECT $1::uuid, ensured.id, 'given', 'request', $6::text, $7::text, $8::timestamptz, $11::tsvector FROM ensured`;

const ROW = `$1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::timestamptz, $9::text, $8, $8, $10::tsvector,
  $13::subscription_status`;
const ENSURE = ensure(`SELECT ${ROW}`);
// With a digest, once for each.
const ENSURE_ONCE = ensure(
  `SELECT ${ROW} FROM claimed`,
  `claimed AS (
  INSERT INTO idempotency_record (digest, id) VALUES ($14, $1) ON CONFLICT (digest) DO NOTHING RETURNING id
), `,
);

// One statement, so that of two changes of the same version one finds no row.
const CHANGE_STATUS = `
WITH changed AS (
  UPDATE subscription
  SET status = $2::subscription_status, unsubscribed_at = CASE WHEN $2 = 'unsubscribed' THEN $3::timestamptz END, updated_at = $3,
      version = version + 1
  WHERE id = $1 AND status = ANY ($4::subscription_status[]) AND ($5::int[] IS NULL OR version = ANY ($5))
  RETURNING *
), noted AS (
  INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, actor, reason,
                                    created_at, addresses)
  SELECT $6, id, (CASE WHEN $2 = 'active' THEN 'confirmed' ELSE 'withdrawn' END)::consent_kind, 'back_office',
         consent_version, consent_text_sha256, $7, $8, $3, nullif(coalesce(addresses, '') || coalesce($9::tsvector, ''), '')
  FROM changed
)
SELECT ${SUBSCRIPTION_LIST.select} FROM changed`;

const FIND = `
SELECT ${SUBSCRIPTION_LIST.select}
FROM subscription WHERE email_normalized = $1 ORDER BY id DESC LIMIT $2`;

// In one transaction with its entry of the history, as each change of the status is.
const noteOwn = (kind: 'confirmed' | 'withdrawn', method: string) => `
  INSERT INTO subscription_consent (id, subscription_id, kind, method, consent_version, consent_text_sha256, created_at, addresses)
  SELECT $3, id, '${kind}', ${method}, consent_version, consent_text_sha256, $2, addresses FROM changed`;
const CONFIRM = `
WITH changed AS (
  UPDATE subscription SET status = 'active', unsubscribed_at = NULL, updated_at = $2, version = version + 1
  WHERE id = $1 AND status = 'pending' AND consented_at = $4
  RETURNING *
), noted AS (${noteOwn('confirmed', `'link'`)})
SELECT id FROM changed`;
const IS_CONFIRMED = `SELECT id FROM subscription WHERE id = $1 AND status = 'active' AND consented_at = $2`;
const UNSUBSCRIBE = `
WITH changed AS (
  UPDATE subscription SET status = 'unsubscribed', unsubscribed_at = $2, updated_at = $2, version = version + 1
  WHERE id = $1 AND status <> 'unsubscribed'
  RETURNING *
), noted AS (${noteOwn('withdrawn', '$4::consent_method')})
SELECT id FROM changed`;

// The newest of them: the beginning of an index, read backwards.
const HISTORY = `
SELECT id, subscription_id AS "subscriptionId", kind, method, consent_version AS "consentVersion",
  consent_text_sha256 AS "consentTextSha256", actor, reason, created_at AS "createdAt"
FROM subscription_consent WHERE subscription_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`;

/**
 * A change of status by the back office; it happens only from one of `from` and, unless that is left out, at one of these
 * versions.
 */
export interface StatusChange {
  id: string;
  status: 'active' | 'unsubscribed';
  from: readonly Subscription['status'][];
  versions: readonly number[] | undefined;
  at: Date;
  /** Who did it, and why, for the history of consent. */
  actor: string;
  reason: string | undefined;
}

/** An entry of the history of consent (contract/subscription.ts). */
export interface ConsentRow extends Omit<Consent, 'createdAt'> {
  createdAt: Date;
}

const BY_STATUS = 'changes with the rest of the status: use changeStatus, or ensure for one who joins again';
const SUBSCRIPTIONS: ListedCrudTable<Subscription, SubscriptionField> = {
  table: 'subscription',
  list: SUBSCRIPTION_LIST,
  statuses: SUBSCRIPTION_STATUSES,
  exported: SUBSCRIPTION_COLUMNS,
  derived: {
    columns: {addresses: 'tsvector'},
    make: ({email = '', locale, consentVersion, sourceUrl}) => ({
      emailNormalized: canonicalAddress(email),
      addresses: addressVector([locale, consentVersion, sourceUrl]),
    }),
  },
  elsewhere: {status: BY_STATUS, unsubscribedAt: BY_STATUS},
};

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionRepository extends ListedCrudRepository<Subscription, SubscriptionField> {
  constructor(
    @inject('datasources.postgres') postgres: PostgresDataSource,
    @inject(RepositoryBindings.COUNT_BOUND) countBound: number,
  ) {
    super(Subscription, postgres, SUBSCRIPTIONS, countBound);
  }

  protected override toNewRow(given: DataObject<Subscription>): DataObject<Subscription> {
    return super.toNewRow(merged<DataObject<Subscription>>({status: 'active'}, given));
  }

  /**
   * Makes sure that the address is on the list, or waits for a confirmation where it has left, and adds the request to the
   * history of consent: in one statement, committed when this resolves. It does not say whether the address was there
   * before. With a digest that is known it does nothing. Throws UnavailableError when PostgreSQL cannot answer.
   */
  async ensure(subscription: NewSubscription, {status, lapsedUntil, digest}: Joining): Promise<void> {
    await this.postgres.query({
      ...(digest ? {name: 'ensure_subscription_once', text: ENSURE_ONCE} : {name: 'ensure_subscription', text: ENSURE}),
      values: [
        subscription.id,
        subscription.email,
        canonicalAddress(subscription.email),
        subscription.list,
        subscription.locale,
        subscription.consentVersion,
        subscription.consentTextSha256,
        subscription.consentedAt,
        subscription.sourceUrl,
        addressVector([subscription.locale, subscription.consentVersion, subscription.sourceUrl]),
        addressVector([subscription.consentVersion]),
        lapsedUntil,
        status,
        ...(digest ? [digest] : []),
      ],
    });
  }

  /** Confirms the request of this time, committed; true too where that was done before, false where it cannot be. */
  async confirm({id, consentedAt}: {id: string; consentedAt: Date}, at: Date): Promise<boolean> {
    const confirmed = await this.postgres.query({
      name: 'confirm_subscription',
      text: CONFIRM,
      values: [id, at, newId(), consentedAt],
    });
    if (confirmed.rows.length > 0) return true;
    const before = await this.postgres.query({
      name: 'is_subscription_confirmed',
      text: IS_CONFIRMED,
      values: [id, consentedAt],
    });
    return before.rows.length > 0;
  }

  /** Ends the subscription, committed, unless it has ended or is not there any more. */
  async unsubscribe(id: string, method: 'link' | 'one_click', at: Date): Promise<void> {
    const values = [id, at, newId(), method];
    await this.postgres.query({name: 'unsubscribe', text: UNSUBSCRIBE, values});
  }

  /** A page of the list, in the filter's order. */
  async page(filter: SubscriptionFilter, page: PageRequest): Promise<Page<Row<Subscription>>> {
    const statement = pageStatement(SUBSCRIPTION_LIST, filter, {...page, limit: page.limit + 1});
    const {rows} = await this.postgres.query<Row<Subscription>>(statement);
    return toPage(rows, page.limit);
  }

  /** The changed subscription, committed with an entry of its history; undefined when there is none in such a state. */
  async changeStatus(change: StatusChange): Promise<Row<Subscription> | undefined> {
    const {id, status, from, versions, at, actor, reason} = change;
    const {rows} = await this.postgres.query<Row<Subscription>>({
      name: 'change_subscription_status',
      text: CHANGE_STATUS,
      values: [id, status, at, from, versions, newId(), actor, reason, addressVector([actor, reason])],
    });
    return rows[0];
  }

  /** The newest `limit` subscriptions of an address, newest first. */
  async findByAddress(email: string, limit: number): Promise<Row<Subscription>[]> {
    const {rows} = await this.postgres.query<Row<Subscription>>({
      name: 'find_subscriptions_of_address',
      text: FIND,
      values: [canonicalAddress(email), limit],
    });
    return rows;
  }

  /** The newest `limit` entries of a subscription's history of consent, newest first. */
  async history(id: string, limit: number): Promise<ConsentRow[]> {
    const {rows} = await this.postgres.query<ConsentRow & QueryResultRow>({
      name: 'read_subscription_consents',
      text: HISTORY,
      values: [id, limit],
    });
    return rows;
  }
}
