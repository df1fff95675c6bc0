// Which texts of an inquiry are searched, and how.
import {canonicalAddress} from '../../contract/email-address';
import type {Inquiry} from '../../models/inquiry.model';
import {type Searched, searchedOf} from '../query/search-words';

/** An inquiry, or what there is of it already; a time may be text. */
export type SearchedInquiry = Pick<Inquiry, 'name' | 'email' | 'message'> & {
  [Field in keyof Inquiry]?: Inquiry[Field] | string | undefined;
};

// The search and the candidates of an erasure look for an assignee by itself.
const SEARCHED = new Set(['name', 'email', 'company', 'subject', 'message', 'phone', 'assignee']);

/**
 * The words and the text that are stored with an inquiry: of the searched fields for the search, and the keys of the e-mail addresses
 * in any field for erasures and subject exports.
 */
export function searchedInquiry(inquiry: SearchedInquiry): Searched {
  const {name, email, company, subject, message, phone, metadata} = inquiry;
  const canonical = canonicalAddress(email);
  // The address in the spelling in which it is looked for as well as the one in which it was typed; case makes no other key.
  const others = canonical === email.toLowerCase() ? [] : [canonical];
  let field: keyof SearchedInquiry;
  for (field in inquiry) {
    if (SEARCHED.has(field)) continue;
    const value: unknown = inquiry[field];
    if (typeof value === 'string') others.push(value);
    // JSON as the pattern of an address reads it, whatever a program has put there.
    else if (typeof value === 'object' && value !== null && !(value instanceof Date))
      others.push(JSON.stringify(value));
  }
  return searchedOf({
    short: [name, email, company, subject],
    long: [message],
    phone,
    values: valuesOf(metadata),
    others,
  });
}

// An erasure looks at what there is in a row, which a program may have written.
function valuesOf(metadata: SearchedInquiry['metadata']): Readonly<Record<string, unknown>> | undefined {
  return typeof metadata === 'object' && metadata !== null ? {...metadata} : undefined;
}
