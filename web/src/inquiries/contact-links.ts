// What a visitor left to be reached by, as links for telephones and mail programs.

/** `tel:` and where the number leads (RFC 3966); undefined for what is no number, such as a name. */
export function phoneLink(phone: string): string | undefined {
  const [, number = '', extension] =
    /^(.*?)(?:\s*(?:;ext=|,|#|x|ext\.?|extension)\s*(\d{1,8}))?$/i.exec(phone.trim()) ?? [];
  if (!/\d/.test(number) || /\p{L}/u.test(number)) return undefined;
  const isGlobal = number.startsWith('+');
  // "+43 (0)1": the zero is dialled within the country only.
  const digits = (isGlobal ? number.replace(/\(\s*0\s*\)/, '') : number).replace(/\D/g, '');
  return `tel:${isGlobal ? '+' : ''}${digits}${extension === undefined ? '' : `;ext=${extension}`}`;
}

/** `mailto:` and the address (RFC 6068), escaped but for the at sign and the plus. */
export function mailLink(email: string): string {
  const at = email.lastIndexOf('@');
  const escape = (text: string) => encodeURIComponent(text).replaceAll('%2B', '+');
  return `mailto:${escape(email.slice(0, at))}@${escape(email.slice(at + 1))}`;
}
