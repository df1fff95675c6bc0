// Subscriptions in PostgreSQL: one row per address and list.
import {BindingScope, inject, injectable} from '@loopback/core';
import {DefaultCrudRepository} from '@loopback/repository';
import {PostgresDataSource} from '../datasources/postgres.datasource';
import {Subscription} from '../models/subscription.model';

/** What a visitor asked for, with the id and time that the application gives it. */
export type NewSubscription = Pick<
  Subscription,
  'id' | 'email' | 'list' | 'consentVersion' | 'consentTextSha256' | 'consentedAt'
> &
  Partial<Pick<Subscription, 'locale' | 'sourceUrl'>>;

// Known and active: nothing changes, so that nobody can replace somebody's consent. Left earlier: joins again.
const UPSERT = `
INSERT INTO subscription (id, email, email_normalized, list, locale, consent_version, consent_text_sha256,
                          consented_at, source_url, created_at, updated_at)
VALUES ($1, $2, lower($2), $3, $4, $5, $6, $7, $8, $7, $7)
ON CONFLICT ON CONSTRAINT subscription_email_list_key DO UPDATE
  SET status = 'active', email = excluded.email, locale = excluded.locale, source_url = excluded.source_url,
      consent_version = excluded.consent_version, consent_text_sha256 = excluded.consent_text_sha256,
      consented_at = excluded.consented_at, unsubscribed_at = NULL, updated_at = excluded.updated_at
  WHERE subscription.status = 'unsubscribed'`;

@injectable({scope: BindingScope.SINGLETON})
export class SubscriptionRepository extends DefaultCrudRepository<Subscription, typeof Subscription.prototype.id> {
  constructor(@inject('datasources.postgres') private readonly postgres: PostgresDataSource) {
    super(Subscription, postgres);
  }

  /**
   * Makes sure that the address is on the list, in one statement, committed when this resolves. It does not say
   * whether it was there before. Throws UnavailableError when PostgreSQL cannot answer.
   */
  async ensure(subscription: NewSubscription): Promise<void> {
    await this.postgres.query({
      name: 'ensure_subscription',
      text: UPSERT,
      values: [
        subscription.id,
        subscription.email,
        subscription.list,
        subscription.locale,
        subscription.consentVersion,
        subscription.consentTextSha256,
        subscription.consentedAt,
        subscription.sourceUrl,
      ],
    });
  }
}
