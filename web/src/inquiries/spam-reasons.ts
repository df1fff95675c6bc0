// Why a guard takes an inquiry for spam, in the words of the chosen language.
import type {Translate} from '../rest/explain';
import type {Inquiry} from './inquiry-requests';

/** A reason; that of a guard that the service has of its own is its code. */
export function reasonText(reason: string, translate: Translate): string {
  return translate(`outreach.spamReasons.${reason}`, {_: reason});
}

/** The reasons in a sentence. */
export function spamReasonsOf({spamReasons}: Inquiry, translate: Translate): string {
  return spamReasons.map(reason => reasonText(reason, translate)).join(', ');
}
