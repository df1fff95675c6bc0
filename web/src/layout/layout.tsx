// The frame of every page: skip link, header, the page, toasts. What belongs to the whole application hangs here.
import {Box, Link} from '@mui/material';
import {type ReactNode, Suspense, useEffect} from 'react';
import {useLocaleState, useStore, useTranslate} from 'react-admin';
import {useLocation} from 'react-router-dom';
import {RefusedNotice} from '../authentication/refused-notice';
import {StepNotice} from '../inquiries/step-notice';
import {Toasts} from '../live/toasts';
import {useUnreadUpdates} from '../live/unread';
import {useLiveQueries} from '../live/feed';
import {useShortcuts} from '../shortcuts/use-shortcuts';
import {LazyDialog} from './error-dialog';
import {PageBoundary} from './error-page';
import {Header} from './header';
import {lazyPart, LoadingPage, usePrefetchedParts} from './lazy-part';

const SettingsDialog = lazyPart(() => import('../preferences/settings-dialog'));
const HelpDialog = lazyPart(() => import('../shortcuts/help-dialog'));

export function Layout({children}: {children: ReactNode}) {
  const translate = useTranslate();
  // In the store, since choosing a language builds the whole application again.
  const [dialog, setDialog] = useStore<'settings' | 'help' | undefined>('dialog', undefined);
  const [locale] = useLocaleState();
  const {pathname} = useLocation();
  useLiveQueries();
  useUnreadUpdates();
  usePrefetchedParts();
  useShortcuts({'?': () => setDialog('help')});
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const close = () => setDialog(undefined);
  return (
    <>
      <Link href="#main" onClick={focusMain} sx={skipLink}>
        {translate('outreach.skip')}
      </Link>
      <Header onSettings={() => setDialog('settings')} onHelp={() => setDialog('help')} />
      <Box
        component="main"
        id="main"
        tabIndex={-1}
        sx={{maxWidth: 1280, mx: 'auto', p: {xs: 1.5, sm: 3}, outline: 'none'}}
      >
        <RefusedNotice />
        <PageBoundary>
          {/* Another boundary for each page: the router would else keep the one before until the next has come. */}
          <Suspense key={pathname} fallback={<LoadingPage />}>
            {children}
          </Suspense>
        </PageBoundary>
      </Box>
      <Toasts>
        <StepNotice />
      </Toasts>
      <LazyDialog onClose={close}>
        {dialog === 'settings' && <SettingsDialog onClose={close} />}
        {dialog === 'help' && <HelpDialog onClose={close} />}
      </LazyDialog>
    </>
  );
}

// The fragment is the router's, so the link must not change it.
function focusMain(event: {preventDefault(): void}): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

const skipLink = {
  position: 'absolute',
  left: -9999,
  '&:focus': {left: 8, top: 8, zIndex: 'tooltip', p: 1, bgcolor: 'background.paper'},
};
