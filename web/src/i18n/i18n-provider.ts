// The languages of the back office. Texts of react-admin's own that can be seen here are few: they are below.
import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishOfReactAdmin from 'ra-language-english';
import type {I18nProvider} from 'react-admin';
import {prefetch} from '../layout/prefetch';

const germanOfReactAdmin = {
  ...englishOfReactAdmin.ra,
  notification: {
    ...englishOfReactAdmin.ra.notification,
    http_error: 'Der Dienst hat nicht geantwortet',
    logged_out: 'Die Sitzung ist zu Ende, bitte neu anmelden.',
    not_authorized: 'Dafür fehlt die Berechtigung.',
  },
  page: {
    ...englishOfReactAdmin.ra.page,
    not_found: 'Nicht gefunden',
    error: 'Etwas ist schiefgegangen',
    loading: 'Wird geladen',
  },
  message: {
    ...englishOfReactAdmin.ra.message,
    not_found: 'Diese Seite gibt es nicht.',
    error: 'Ein Fehler ist aufgetreten.',
  },
  action: {...englishOfReactAdmin.ra.action, back: 'Zurück', close: 'Schließen', refresh: 'Neu laden'},
};

// Each visitor loads the texts of one language; the others are fetched ahead.
const loadEnglish = prefetch(async () => ({...englishOfReactAdmin, ...(await import('./english')).english}));
/** Each language that there is, in the order of the menu. */
export const LOCALES = [
  {locale: 'en', name: 'English', load: loadEnglish},
  {
    locale: 'de',
    name: 'Deutsch',
    load: prefetch(async () => ({ra: germanOfReactAdmin, ...(await import('./german')).german})),
  },
];

/** The tag of an unknown language (BCP 47): the provider's until `changeLocale` has loaded the texts of one. */
export const UNDETERMINED = 'und';

/** The browser's language if there is a translation, else English. */
export function preferredLocale(languages: readonly string[] = navigator.languages): string {
  const known = LOCALES.map(({locale}) => locale);
  return languages.map(language => language.slice(0, 2)).find(language => known.includes(language)) ?? 'en';
}

/** Has no texts of ours until `changeLocale` is called. */
export const i18nProvider: I18nProvider = polyglotI18nProvider(
  locale => {
    if (locale === UNDETERMINED) return englishOfReactAdmin;
    return (LOCALES.find(language => language.locale === locale)?.load ?? loadEnglish)();
  },
  UNDETERMINED,
  LOCALES.map(({locale, name}) => ({locale, name})),
);
