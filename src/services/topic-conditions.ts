// The topic scope of a token as conditions, with which every read and change of inquiries starts.
import type {Claims} from '../access/claims';
import {topicScope} from '../access/topic-scope';
import type {Condition} from '../repositories/query/conditions';

/** The conditions of what the bearer may see; none when the claim does not narrow it. */
export function topicConditions(claims: Claims): Condition<'topic'>[] {
  const topics = topicScope(claims);
  return topics ? [{field: 'topic', operator: 'inq', value: topics}] : [];
}
