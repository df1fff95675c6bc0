// The entry point: reads the configuration, sees to it that somebody is signed in, then shows the application.
import {CssBaseline, ThemeProvider, createTheme, useMediaQuery} from '@mui/material';
import {createInquiryFeed} from 'outreach/client';
import type {ReactNode} from 'react';
import {createRoot} from 'react-dom/client';
import {createDevelopmentSession} from './authentication/development-session';
import type {Session} from './authentication/session';
import {Sentence} from './authentication/signed-out-page';
import {BackOffice} from './back-office';
import {type Configuration, loadConfiguration} from './configuration';
import {i18nProvider} from './i18n/i18n-provider';
import {createService} from './rest/service';
import {darkTheme, lightTheme} from './theme/themes';

const root = createRoot(document.getElementById('root') ?? document.body);

async function main(): Promise<void> {
  const configuration = await loadConfiguration();
  const session = await createSession(configuration);
  if ((await session.start()) === 'signed-out') {
    showSentence('outreach.account.signedOut', 'outreach.account.signIn', () => void session.signIn());
    return;
  }
  const service = createService(configuration.restUrl, session);
  const feed = createInquiryFeed({
    restUrl: configuration.restUrl,
    gatewayUrl: configuration.gatewayUrl,
    getToken: async ({refused}) => {
      if (refused) await session.renew();
      return session.getToken();
    },
  });
  root.render(<BackOffice {...{configuration, session, service, feed}} />);
}

// Who signs in with a development token does not load what signing in for real takes.
async function createSession({oidc, developmentToken}: Configuration): Promise<Session> {
  if (oidc) return (await import('./authentication/oidc-session')).createOidcSession(oidc);
  return createDevelopmentSession(developmentToken ?? '');
}

function showSentence(text: string, action: string, onAction: () => void, detail?: string): void {
  root.render(
    <BareTheme>
      <Sentence
        text={i18nProvider.translate(text, {detail})}
        action={i18nProvider.translate(action)}
        onAction={onAction}
      />
    </BareTheme>,
  );
}

function BareTheme({children}: {children: ReactNode}) {
  const isDark = useMediaQuery('(prefers-color-scheme: dark)', {noSsr: true});
  return (
    <ThemeProvider theme={createTheme(isDark ? darkTheme : lightTheme)}>
      <CssBaseline enableColorScheme />
      {children}
    </ThemeProvider>
  );
}

main().catch((error: unknown) => {
  const detail = error instanceof Error ? error.message : String(error);
  showSentence('outreach.account.startFailed', 'outreach.retry', () => location.replace(location.pathname), detail);
});
