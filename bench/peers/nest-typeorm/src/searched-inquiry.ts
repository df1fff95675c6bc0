// What the search reads is made by outreach's own function, since the schema leaves that to whoever stores a row.
import {createRequire} from 'node:module';
import type {Submission} from './submission.dto.js';

const outreach = createRequire(import.meta.url)('../../../../dist/repositories/inquiry/inquiry-search.js') as {
  searchedInquiry(inquiry: Submission): {words: string; text: string};
};

export const {searchedInquiry} = outreach;
