// Why a guard takes an inquiry for spam, in the words of the chosen language.
import type {Translate} from '../rest/explain';
import type {Inquiry} from './inquiry-requests';

/** The reasons in a sentence; a guard that the service has of its own is named by its code. */
export function spamReasonsOf({spamReasons}: Inquiry, translate: Translate): string {
  return spamReasons.map(reason => translate(`outreach.spamReasons.${reason}`, {_: reason})).join(', ');
}
