// What a token's topic claim leaves of the inquiries: a condition that every read and change of them starts with, so
// that a topic outside the claim does not exist for its bearer.
import type {Claims} from '../contract/access';
import {ALL_TOPICS} from '../contract/rooms';
import type {Condition} from '../repositories/conditions';
import type {InquiryField} from '../repositories/inquiry-list';

/** The conditions of what the bearer may see; none when the claim does not narrow, and nothing for an empty one. */
export function visibleTo({topics}: Claims): Condition<InquiryField>[] {
  return topics === ALL_TOPICS ? [] : [{field: 'topic', operator: 'inq', value: topics}];
}
