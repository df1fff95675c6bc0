// Subscriptions in PostgreSQL: one row per address and list.
import {BindingScope, inject, injectable} from '@loopback/core';
import type {DataObject} from '@loopback/repository';
import {canonicalAddress} from '../../contract/email-address';
import {SUBSCRIPTION_STATUSES} from '../../contract/status';
import {PostgresDataSource} from '../../datasources/postgres/postgres.datasource';
import type {Row} from '../../models/column';
import {Subscription} from '../../models/subscription.model';
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

// Known and active: nothing changes, so that nobody can replace somebody's consent. Left earlier: joins again.
const upsert = (row: string) => `
INSERT INTO subscription (id, email, email_normalized, list, locale, consent_version, consent_text_sha256,
                          consented_at, source_url, created_at, updated_at, addresses)
${row}
ON CONFLICT ON CONSTRAINT subscription_email_list_key DO UPDATE
  SET status = 'active', email = excluded.email, locale = excluded.locale, source_url = excluded.source_url,
      consent_version = excluded.consent_version, consent_text_sha256 = excluded.consent_text_sha256,
      consented_at = excluded.consented_at, unsubscribed_at = NULL, updated_at = excluded.updated_at,
      addresses = excluded.addresses,
      version = subscription.version + 1
  WHERE subscription.status = 'unsubscribed'`;

const ENSURE = upsert('VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $8, $10)');
// With a digest, once for each.
const ENSURE_ONCE = `
WITH claimed AS (
  INSERT INTO idempotency_record (digest, id) VALUES ($11, $1) ON CONFLICT (digest) DO NOTHING RETURNING id
)${upsert(`SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::timestamptz, $9::text, $8, $8,
  $10::tsvector FROM claimed`)}`;

// One statement, so that of two changes of the same version one finds no row.
const CHANGE_STATUS = `
UPDATE subscription
SET status = $2::subscription_status, unsubscribed_at = CASE WHEN $2 = 'unsubscribed' THEN $3::timestamptz END, updated_at = $3,
    version = version + 1
WHERE id = $1 AND status = ANY ($4::subscription_status[]) AND ($5::int[] IS NULL OR version = ANY ($5))
RETURNING ${SUBSCRIPTION_LIST.select}`;

/** A change of status; it happens only from one of `from` and, unless that is left out, at one of these versions. */
export interface StatusChange {
  id: string;
  status: Subscription['status'];
  from: readonly Subscription['status'][];
  versions: readonly number[] | undefined;
  at: Date;
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
   * Makes sure that the address is on the list, in one statement, committed when this resolves. It does not say
   * whether it was there before. With a digest that is known it does nothing. Throws UnavailableError when PostgreSQL
   * cannot answer.
   */
  async ensure(subscription: NewSubscription, digest?: Buffer): Promise<void> {
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
        ...(digest ? [digest] : []),
      ],
    });
  }

  /** A page of the list, in the filter's order. */
  async page(filter: SubscriptionFilter, page: PageRequest): Promise<Page<Row<Subscription>>> {
    const statement = pageStatement(SUBSCRIPTION_LIST, filter, {...page, limit: page.limit + 1});
    const {rows} = await this.postgres.query<Row<Subscription>>(statement);
    return toPage(rows, page.limit);
  }

  /** The changed subscription, committed; undefined when there is none in such a state. */
  async changeStatus({id, status, from, versions, at}: StatusChange): Promise<Row<Subscription> | undefined> {
    const {rows} = await this.postgres.query<Row<Subscription>>({
      name: 'change_subscription_status',
      text: CHANGE_STATUS,
      values: [id, status, at, from, versions],
    });
    return rows[0];
  }
}
