// Internationalized domains in a text that somebody looks for: rows hold an address as it was typed, in Unicode or in ASCII.
import {domainToASCII, domainToUnicode} from 'node:url';

const DOMAIN = /[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/gu;
const INTERNATIONALIZED = /[^\x00-\x7F]|xn--/i;

/**
 * The text, and with all of its internationalized domains in ASCII and in Unicode where that is another text whatever the
 * case: one to three of them. What is no domain stays as it is. Of a short text; takes the square of its length.
 */
export function domainSpellings(text: string): string[] {
  const spellings = [text];
  for (const spell of [domainToASCII, domainToUnicode]) {
    const spelled = text.replace(DOMAIN, domain => (INTERNATIONALIZED.test(domain) && spell(domain)) || domain);
    if (spellings.every(other => other.toLowerCase() !== spelled.toLowerCase())) spellings.push(spelled);
  }
  return spellings;
}
