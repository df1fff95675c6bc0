// The package's entry `outreach/client`: what applications import, and nothing else.
export {createInquiryFeed} from './live-list/inquiry-feed';
export {createRestClient, eachRecipient, mailLinks} from './rest/rest-client';
export {MAX_BULK_IDS, MAX_OFFSET, MAX_PAGE_ROWS} from '../contract/limits';
export {INQUIRY_STATUSES, NEXT_STATUSES, NEXT_SUBSCRIPTION_STATUSES, SUBSCRIPTION_STATUSES} from '../contract/status';
export type {InquiryStatus, SubscriptionStatus} from '../contract/status';
export type {SpamReason} from '../contract/spam-reasons';
export type {
  FeedFailure,
  FeedSnapshot,
  FeedStatus,
  Inquiry,
  InquiryFeed,
  InquiryFeedOptions,
  InquiryHint,
  TokenRequest,
  Unsubscribe,
} from './feed-types';
export type {
  components,
  MailLinks,
  operations,
  paths,
  Problem,
  Recipient,
  RecipientQuery,
  RestClient,
  RestClientOptions,
} from './rest/rest-client';
