// Which texts of an inquiry are searched, and how.
import {canonicalAddress} from '../../contract/email-address';
import type {Inquiry} from '../../models/inquiry.model';
import {type Searched, searchedOf} from '../query/search-words';

/** The fields that are searched; those that may be left out hold an address at most. */
export type SearchedInquiry = Pick<Inquiry, 'name' | 'email' | 'message'> &
  Partial<
    Pick<
      Inquiry,
      'phone' | 'company' | 'subject' | 'locale' | 'sourceUrl' | 'metadata' | 'privacyNoticeVersion' | 'spamReasons'
    >
  >;

/** What is stored with an inquiry for the search, and for whoever looks for an address. An assignee is looked for by itself. */
export function searchedInquiry(inquiry: SearchedInquiry): Searched {
  const {name, email, company, subject, message, phone} = inquiry;
  const {locale, sourceUrl, metadata, privacyNoticeVersion, spamReasons} = inquiry;
  return searchedOf({
    short: [name, email, company, subject],
    long: [message],
    phone,
    // The address in the spelling in which it is looked for as well as the one in which it was typed; JSON as the pattern of an
    // address reads it, whatever a program has put there.
    others: [
      canonicalAddress(email),
      locale,
      sourceUrl,
      privacyNoticeVersion,
      metadata && JSON.stringify(metadata),
      spamReasons && JSON.stringify(spamReasons),
    ],
  });
}
