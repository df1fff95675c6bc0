// The entry point: reads the configuration, sees to it that somebody is signed in, then shows the application.
import {CssBaseline, ThemeProvider, createTheme, useMediaQuery} from '@mui/material';
import {createInquiryFeed} from 'outreach/client';
import type {ReactNode} from 'react';
import {createRoot} from 'react-dom/client';
import {createDevelopmentSession} from './authentication/development-session';
import {permissionsOf} from './authentication/permissions';
import type {Session} from './authentication/session';
import {SignInError} from './authentication/sign-in-error';
import {Sentence} from './authentication/signed-out-page';
import {BackOffice} from './back-office';
import {type Configuration, loadConfiguration} from './configuration';
import {i18nProvider, preferredLocale, UNDETERMINED} from './i18n/i18n-provider';
import {createDataProvider} from './rest/data-provider';
import {darkTheme, lightTheme} from './theme/themes';

const root = createRoot(document.getElementById('root') ?? document.body);

async function main(): Promise<void> {
  const configured = loadConfiguration();
  configured.catch(() => undefined); // it is said below, in the person's language
  await i18nProvider.changeLocale(preferredLocale());
  const configuration = await configured;
  const session = await createSession(configuration);
  const signIn = () => session.signIn().catch((error: unknown) => showSignInFailure(error, signIn));
  try {
    if ((await session.start()) === 'signed-out') {
      showSentence({text: 'outreach.account.signedOut', action: 'outreach.account.signIn', onAction: signIn});
      return;
    }
  } catch (error) {
    showSignInFailure(error, signIn);
    return;
  }
  const token = await session.getToken();
  const dataProvider = createDataProvider(configuration.restUrl, session);
  const feed = createInquiryFeed({
    restUrl: configuration.restUrl,
    gatewayUrl: configuration.gatewayUrl,
    getToken: async ({refused}) => {
      if (refused) await session.renew();
      return session.getToken();
    },
  });
  root.render(
    <BackOffice
      {...{configuration, session: {...session, signIn}, permissions: permissionsOf(token), dataProvider, feed}}
    />,
  );
}

// Who signs in with a development token does not load what signing in for real takes.
async function createSession({oidc, developmentToken}: Configuration): Promise<Session> {
  if (oidc) return (await import('./authentication/oidc-session')).createOidcSession(oidc);
  return createDevelopmentSession(developmentToken ?? '');
}

/** Keys of texts. */
interface Texts {
  text: string;
  advice?: string;
  detail?: string;
  action: string;
  onAction: () => unknown;
}

// In English, for when the texts are what could not be loaded.
const WITHOUT_TEXTS: Readonly<Record<string, string>> = {
  'outreach.account.startFailed': 'The back office cannot start.',
  'outreach.retry': 'Try again',
};

function showSentence({text, advice, detail, action, onAction}: Texts): void {
  const locale = i18nProvider.getLocale();
  document.documentElement.lang = locale === UNDETERMINED ? 'en' : locale;
  const translate = (key: string) => i18nProvider.translate(key, {detail, _: WITHOUT_TEXTS[key]});
  root.render(
    <BareTheme>
      <Sentence
        text={translate(text)}
        advice={advice && translate(advice)}
        action={translate(action)}
        onAction={() => void onAction()}
      />
    </BareTheme>,
  );
}

/** Shows what is wrong with signing in. Throws any other error. */
function showSignInFailure(error: unknown, signIn: () => unknown): void {
  if (!(error instanceof SignInError)) throw error;
  reportError(String(error.cause)); // to the console, for whoever runs it; the object itself may hold a code or a token
  const text = `outreach.signIn.${error.failure}`;
  showSentence({text, advice: `${text}Advice`, action: 'outreach.account.signInAgain', onAction: signIn});
}

function BareTheme({children}: {children: ReactNode}) {
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)', {noSsr: true});
  const chosen = document.documentElement.dataset.theme; // by public/start.js
  const isDark = chosen === undefined ? isSystemDark : chosen === 'dark';
  return (
    <ThemeProvider theme={createTheme(isDark ? darkTheme : lightTheme)}>
      <CssBaseline enableColorScheme />
      {children}
    </ThemeProvider>
  );
}

main().catch((error: unknown) => {
  const onAction = () => location.replace(location.pathname);
  if (error instanceof SignInError) {
    showSignInFailure(error, onAction);
    return;
  }
  const detail = error instanceof Error ? error.message : String(error);
  showSentence({text: 'outreach.account.startFailed', detail, action: 'outreach.retry', onAction});
});
