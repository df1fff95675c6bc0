// What the search reads is made by outreach's own function, since the schema leaves that to whoever stores a row.
import type {Inquiry} from './models/inquiry.model';

type Submission = Pick<Inquiry, 'name' | 'email' | 'message'> & Partial<Inquiry>;

const outreach = require('../../../../dist/repositories/inquiry/inquiry-search.js') as {
  searchedInquiry(inquiry: Submission): {words: string; text: string};
};

export const {searchedInquiry} = outreach;
